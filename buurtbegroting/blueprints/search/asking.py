"""What somebody asks of the index, read from an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from buurtbegroting.foundation import search
from buurtbegroting.foundation.search import Kind, Query
from buurtbegroting.web.practices import is_used
from buurtbegroting.web.slices import discover

# How long ago something may be, by the word for it in the address.
PERIODS = {"week": timedelta(days=7), "maand": timedelta(days=31), "jaar": timedelta(days=366)}
ORDERS = ("passend", "nieuwste")


def kinds_in_use() -> dict[str, Kind]:
    """Return the kinds of the practices that the municipality of this request uses."""
    return {name: kind for each in discover() if is_used(each) for name, kind in each.search.items()}


def query_from(asked: Mapping[str, str], today: date) -> Query:
    """Return what is asked; a filter that is not known is left out."""
    known = kinds_in_use()
    kind = asked.get("soort", "")
    period = PERIODS.get(asked.get("periode", ""))
    return Query(
        text="".join(sign for sign in asked.get("q", "")[: search.LONGEST_QUERY] if sign.isprintable()),
        kinds=[kind] if kind in known else list(known),
        wijk_code=asked.get("wijk", ""),
        theme=asked.get("onderwerp", ""),
        since=today - period if period else None,
        is_newest_first=asked.get("volgorde") == "nieuwste",
    )
