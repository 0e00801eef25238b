"""What rounds show on pages that combine slices: home and the wijk page."""

from __future__ import annotations

from collections.abc import Sequence

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from . import queries
from .standing import Standing, standing


def _standings() -> list[Standing]:
    now = clock.now(db.session())
    return sorted((standing(each, now) for each in queries.published_rounds()), key=lambda each: each.order)


def on_now(_: object) -> Sequence[Standing] | None:
    """Return the rounds that are on, the most urgent first; None when nothing is."""
    return [each for each in _standings() if each.is_on] or None


def in_wijk(area: Area) -> Sequence[Standing] | None:
    """Return the rounds with money for this wijk or for the whole municipality; None when there are none."""
    return [each for each in _standings() if any(pot.area_id in (None, area.id) for pot in each.round.pots)] or None


def area_lines(_: object) -> dict[str, Reason]:
    """Return per wijk, by code, in a few words what is most urgent there."""
    lines: dict[str, Reason] = {}
    for each in _standings():
        for pot in each.round.pots:
            if pot.area and pot.area.code not in lines:
                lines[pot.area.code] = _r("%(call)s (%(money)s)", call=each.call, money=each.money(pot))
    return lines
