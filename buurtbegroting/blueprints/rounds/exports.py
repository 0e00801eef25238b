"""The dates of rounds as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import icalendar

from buurtbegroting.civic.phases import TITLES
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.web.i18n import say

from .models import Round


def calendar(name: str, rounds: Sequence[Round], address_of: Callable[[Round], str], now: datetime) -> bytes:
    """Return every phase that has an end as days in a calendar; the same phase keeps its id when its dates move."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Buurtbegroting//NL")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Buurtbegroting {name}")
    for round_ in rounds:
        for phase in round_.phases:
            if phase.ends_at is None:
                continue
            event = icalendar.Event()
            event.add("uid", f"{phase.id}@buurtbegroting")
            event.add("dtstamp", now)
            event.add("summary", f"{say(TITLES[phase.kind])}: {round_.title}")
            event.add("dtstart", local_day(phase.starts_at))
            # The end of a day in a calendar is the day after it; a phase ends where the next begins.
            event.add("dtend", local_day(phase.ends_at - timedelta(seconds=1)) + timedelta(days=1))
            event.add("url", address_of(round_))
            made.add_component(event)
    content: bytes = made.to_ical()
    return content
