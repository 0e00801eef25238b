"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now(session: Session) -> datetime:
    """Return this moment in UTC, moved by the clock offset of a demo or a test.

    PostgreSQL is asked for its own clock, so that several app processes agree on when a vote closes.
    """
    bind = session.get_bind()
    offset: timedelta = bind.engine.get_execution_options().get("clock_offset", timedelta())
    if bind.dialect.name == "postgresql":
        moment: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC) + offset
    return datetime.now(UTC) + offset


def local_day(moment: datetime) -> date:
    """Return the day of a moment as people in the Netherlands live it."""
    return moment.astimezone(AMSTERDAM).date()


def hours_of(day: date) -> tuple[datetime, datetime]:
    """Return the moments at which a day in the Netherlands begins and is over."""
    begins, ends = (datetime.combine(each, time(), AMSTERDAM) for each in (day, day + timedelta(days=1)))
    return begins.astimezone(UTC), ends.astimezone(UTC)
