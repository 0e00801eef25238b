"""On which days an activity is there, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from buurtbegroting.foundation.clock import AMSTERDAM

from .models import Activity

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Occasion:
    """One time that an activity is there; ``reason`` says why not after all."""

    activity: Activity
    day: date
    reason: str

    @property
    def starts_at(self) -> datetime:
        """When it begins, by the clock in the Netherlands."""
        return datetime.combine(self.day, self.activity.starts, AMSTERDAM)

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return datetime.combine(self.day, self.activity.ends, AMSTERDAM)


def days_of(activity: Activity, first: date, last: date) -> Iterator[date]:
    """Yield the days from first to last on which an activity is planned."""
    if not activity.is_weekly:
        if first <= activity.day <= last:
            yield activity.day
        return
    weeks = max(0, -(-(first - activity.day).days // 7))
    day, end = activity.day + weeks * WEEK, min(last, activity.until or last)
    while day <= end:
        yield day
        day += WEEK


def occasions(activities: Iterable[Activity], first: date, last: date) -> list[Occasion]:
    """Return every time that activities are planned in these days, in order; needs their cancelled days loaded."""
    found = [
        Occasion(each, day, {off.day: off.reason for off in each.cancelled}.get(day, ""))
        for each in activities
        for day in days_of(each, first, last)
    ]
    return sorted(found, key=lambda each: (each.day, each.activity.starts, each.activity.title, each.activity.id.hex))
