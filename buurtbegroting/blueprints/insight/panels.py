"""What insight shows on pages that combine slices: the short receipt of a wijk, and of the whole municipality."""

from __future__ import annotations

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.municipalities.queries import Tenant
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from . import queries
from .kinds import FIELD_WORDS, KIND_WORDS
from .receipts import Place, Shown, shown, usual

SHOWN = 5


def in_wijk(area: Area) -> dict[str, object] | None:
    """Return the receipt of a wijk or own area in short; None when nothing is known of it."""
    place = queries.place_by_code(area.code)
    return _short(place) if place else None


def at_home(_tenant: Tenant) -> dict[str, object] | None:
    """Return the receipt of the whole municipality in short; None when nothing is known."""
    return _short(queries.whole())


def _short(place: Place) -> dict[str, object] | None:
    figures = usual(queries.years(), clock.local_day(clock.now(db.session())).year)
    made = queries.receipt_of(place, *figures) if figures else None
    if made is None or not made.lines:
        return None
    short: Shown = shown(made, per_inhabitant=True)
    return {
        "shown": short,
        "first": short.lines[:SHOWN],
        "others": len(short.lines) - SHOWN,
        "field_words": FIELD_WORDS,
        "kind_words": KIND_WORDS,
    }
