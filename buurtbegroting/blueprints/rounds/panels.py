"""What rounds show on pages that combine slices: home and the wijk page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.municipalities.queries import Tenant
from buurtbegroting.civic.phases import Act, allows
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from . import queries
from .models import Round
from .standing import Standing, standing


def _standings() -> list[Standing]:
    now = clock.now(db.session())
    return sorted((standing(each, now) for each in queries.published_rounds()), key=lambda each: each.order)


def to_divide(round_: Round) -> Round | None:
    """Return a round when its money can be divided over themes now, or else None."""
    is_on = round_.conditions_frozen_at is None and allows(round_.phases, Act.DIVIDE, clock.now(db.session()))
    return round_ if is_on else None


def on_now(_: object) -> Sequence[Standing] | None:
    """Return the rounds that are on, the most urgent first; None when nothing is."""
    return [each for each in _standings() if each.is_on] or None


def in_wijk(area: Area) -> Sequence[Standing] | None:
    """Return the rounds with money for this wijk or for the whole municipality; None when there are none."""
    return [each for each in _standings() if any(pot.area_id in (None, area.id) for pot in each.round.pots)] or None


@dataclass(frozen=True)
class RegionLine:
    """A round of a member of a region, in a few words."""

    title: str
    words: Reason


def in_region(member: Tenant) -> list[RegionLine] | None:
    """Return what is on in a municipality that was entered, for the page of its region."""
    if "neighbourhood-budget" in member.switched_off:
        return None
    found = [each for each in _standings() if each.is_on]
    return [RegionLine(each.round.title, _with_last_day(each)) for each in found] or None


def _with_last_day(one: Standing) -> Reason:
    if one.last_day is None:
        return one.call
    return _r("%(call)s, until %(day)s", call=one.call, day=one.last_day)


def area_lines(_: object) -> dict[str, Reason]:
    """Return per wijk, by code, in a few words what is most urgent there."""
    lines: dict[str, Reason] = {}
    for each in _standings():
        for pot in each.round.pots:
            if pot.area and pot.area.code not in lines:
                lines[pot.area.code] = _r("%(call)s (%(money)s)", call=each.call, money=each.money(pot))
    return lines
