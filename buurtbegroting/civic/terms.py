"""Terms: how long something may take, by which law, rule or promise, and on which day it ends."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from .reasons import Reason, _r

SATURDAY = 5


class Unit(enum.StrEnum):
    """In what a term counts."""

    WORKING_DAYS = "working-days"
    WEEKS = "weeks"


class Source(enum.StrEnum):
    """What a term comes from."""

    LAW = "law"
    REGULATION = "regulation"
    PROMISE = "promise"


UNITS = {Unit.WORKING_DAYS: _r("working days"), Unit.WEEKS: _r("weeks")}
SOURCES = {
    Source.LAW: _r("the law"),
    Source.REGULATION: _r("a rule of the municipality"),
    Source.PROMISE: _r("our own promise"),
}


@dataclass(frozen=True)
class Term:
    """How long somebody has for something; ``named_source`` is the article or decision it comes from.

    Only a term of the law cannot be changed by a municipality.
    """

    key: str
    title: Reason
    length: int
    unit: Unit
    source: Source
    named_source: str = ""

    def last_day(self, start: date) -> date:
        """Return the last day of the term when it begins the day after ``start``."""
        if self.unit is Unit.WEEKS:
            return next_working_day(start + timedelta(weeks=self.length))
        return add_working_days(start, self.length)


def next_working_day(day: date) -> date:
    """Return a day, or the first after it that is no Saturday, Sunday or public holiday (Algemene termijnenwet 1)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, count: int) -> date:
    """Return the day that lies so many working days after a day."""
    day = start
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def is_working_day(day: date) -> bool:
    """Tell whether a day is no Saturday, Sunday or public holiday."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    """Return the days that Algemene termijnenwet 3 calls public holidays or treats as one (Good Friday)."""
    easter = _easter(year)
    # The king's birthday is the 27th of April, kept a day earlier when that is a Sunday (Besluit Koningsdag).
    kings_day = date(year, 4, 27)
    if kings_day.weekday() > SATURDAY:
        kings_day -= timedelta(days=1)
    moving = (-2, 1, 39, 50)
    fixed = ((1, 1), (5, 5), (12, 25), (12, 26))
    return frozenset(
        {kings_day, *(easter + timedelta(days=each) for each in moving), *(date(year, *each) for each in fixed)}
    )


def _easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarter, remainder = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - remainder) % 7
    month_shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * month_shift + 114, 31)
    return date(year, month, day + 1)
