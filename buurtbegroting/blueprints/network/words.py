"""Days and hours as people say them."""

from __future__ import annotations

from datetime import date, time

from babel.dates import format_date, format_time

from buurtbegroting.web.i18n import language


def weekday(day: date) -> str:
    """Return a day with its day of the week: Tuesday 24 November."""
    return format_date(day, "EEEE d MMMM", locale=language())


def hour(moment: time) -> str:
    """Return the clock on the wall: 9.30."""
    return format_time(moment, "H.mm", locale=language())
