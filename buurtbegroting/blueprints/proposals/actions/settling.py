"""What authors answered, made right before it is kept: the place follows the point, costs add up, limits hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import area_by_code, buurt_at, this_municipality
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .. import queries
from ..limits import Proposer, refuse_amount


def proposer(round_: Round, person: Person, *, says_old_enough: bool) -> Proposer:
    """Return what the rules of a round read of somebody who proposes a plan, or writes along on one."""
    number = queries.number_in_round(person.id, round_.id)
    return Proposer(person.wijk_code, number, says_old_enough, person.born_in)


def settled(round_: Round, answers: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as they are kept; ``before`` is what stood there until now.

    Raises Invalid for a point outside the municipality, a buurt that is none, and another amount than the rules allow.
    """
    kept = dict(answers)
    if "buurt_code" in kept:
        kept |= _placed(kept, before)
    if kept.get("cost_lines"):
        kept["cost_cents"] = sum(line["cents"] for line in kept["cost_lines"])
    if kept.get("cost_cents") is not None and kept["cost_cents"] != before.get("cost_cents"):
        refuse_amount(round_, kept["cost_cents"])
    return kept


def _placed(answers: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    chosen = answers["buurt_code"] or None
    point = (answers.get("latitude"), answers.get("longitude"))
    if chosen and ((area := area_by_code(chosen)) is None or area.kind != AreaKind.BUURT):
        reason = _r("Choose a buurt from the list.")
        raise Invalid(reason, {"buurt_code": reason})
    if point[0] is None or point[1] is None:
        return {"buurt_code": chosen, "latitude": None, "longitude": None}
    found = buurt_at(point[1], point[0])
    if found is None:
        place = this_municipality().name
        reason = _r("This point does not lie in %(place)s. Choose a point inside the borders.", place=place)
        raise Invalid(reason, {"latitude": reason})
    is_as_before = point == (before.get("latitude"), before.get("longitude"))
    if chosen and chosen != found.code and is_as_before:
        # The buurt was chosen last: the point was about another place.
        return {"buurt_code": chosen, "latitude": None, "longitude": None}
    return {"buurt_code": found.code, "latitude": point[0], "longitude": point[1]}


def wijk_of(buurt_code: str | None, pot: Pot) -> str | None:
    """Return the wijk of a plan: that of its buurt, or else of the money it asks for, if that is for one wijk."""
    buurt = area_by_code(buurt_code) if buurt_code else None
    if buurt:
        return buurt.parent_code
    return pot.area.code if pot.area and pot.area.kind == AreaKind.WIJK else None
