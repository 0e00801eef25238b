"""What is on the agenda as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time

import icalendar

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.clock import AMSTERDAM
from buurtbegroting.web.i18n import say

from .days import Occasion
from .models import Activity


def calendar(name: str, activities: Iterable[Activity], address_of: Callable[[Activity], str], now: datetime) -> bytes:
    """Return activities as a calendar that keeps the clock on the wall; a day that is called off is there as such."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Buurtbegroting//NL")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for each in activities:
        reasons = {off.day: off.reason for off in each.cancelled}
        first = Occasion(each, each.day, "" if each.is_weekly else reasons.get(each.day, ""))
        event = _event(first, address_of(each), now)
        if each.is_weekly:
            event.add("rrule", _rule(each))
        made.add_component(event)
        for day, reason in reasons.items() if each.is_weekly else ():
            off = _event(Occasion(each, day, reason), address_of(each), now)
            off.add("recurrence-id", Occasion(each, day, "").starts_at)
            made.add_component(off)
    made.add_missing_timezones()
    content: bytes = made.to_ical()
    return content


def _event(occasion: Occasion, address: str, now: datetime) -> icalendar.Event:
    activity = occasion.activity
    event = icalendar.Event()
    event.add("uid", f"{activity.id}@buurtbegroting")
    event.add("sequence", activity.version)
    event.add("dtstamp", now)
    event.add("dtstart", occasion.starts_at)
    event.add("dtend", occasion.ends_at)
    event.add("location", f"{activity.house.name}, {activity.house.address}" if activity.house else activity.place)
    event.add("url", address)
    if occasion.reason:
        event.add("summary", say(_r("Called off: %(title)s", title=activity.title)))
        event.add("description", occasion.reason)
        event.add("status", "CANCELLED")
    else:
        event.add("summary", activity.title)
        event.add("description", activity.what)
    return event


def _rule(activity: Activity) -> dict[str, object]:
    if activity.until is None:
        return {"freq": "weekly"}
    # With a time zone at its begin, the end of a rule is a moment in UTC.
    last = datetime.combine(activity.until, time.max.replace(microsecond=0), AMSTERDAM)
    return {"freq": "weekly", "until": last.astimezone(UTC)}
