"""Residents divide the money of a round over themes before the ideas, and officials make pots of that."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import delete

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..dividing import in_proportion
from ..models import Pot, Round, ThemeShare
from ..policy import may_divide, may_split_pot
from .making import keep_version

WHOLE = 100
PRIVATE = "how somebody divides money is theirs; only the sums are public"


@deed(unaudited=PRIVATE)
def divide(actor: Actor, round_: Round, euros: Mapping[uuid.UUID, int]) -> Round:
    """Keep how somebody divides every 100 euros over themes, in place of what they said before.

    A theme that gets nothing is not chosen. Raises Invalid when it is not 100 together.
    """
    insist(may_divide(actor, round_, clock.now(db.session())))
    total = sum(euros.values())
    if total != WHOLE or min(euros.values()) < 0:
        raise Invalid(_r("Together it has to be 100 euros. Now it is %(total)s.", total=total))
    person_id = uuid.UUID(str(actor.person_id))
    own = (ThemeShare.round_id == round_.id, ThemeShare.person_id == person_id)
    db.session.execute(delete(ThemeShare).where(*own))
    db.session.add_all(
        ThemeShare(round_id=round_.id, person_id=person_id, theme_id=theme, euros=each)
        for theme, each in euros.items()
        if each
    )
    db.session.flush()
    return round_


@deed("rounds:round:pot split by theme")
def split_pot(actor: Actor, round_: Round) -> Round:
    """Make a pot for every theme that residents gave money, in proportion; everybody reads the new rules."""
    insist(may_split_pot(actor, round_, clock.now(db.session())))
    pot, *others = [each for each in round_.pots if each.kind == "plans"]
    shares = queries.shares_of(round_)
    if others or pot.theme_id or not shares:
        raise Invalid(_r("Only one pot without a subject can be split, after residents divided it."))
    amounts = in_proportion(pot.amount_cents, {str(each.theme.id): each.euros for each in shares})
    first, *rest = [each.theme for each in shares if amounts[str(each.theme.id)]]
    last = max(each.position for each in round_.pots)
    same = ("kind", "area_id", "legal_form", "funding_source", "budget_year", "is_kept")
    pot.theme_id, pot.amount_cents = first.id, amounts[str(first.id)]
    round_.pots += [
        Pot(
            **{name: getattr(pot, name) for name in same},
            theme_id=theme.id,
            amount_cents=amounts[str(theme.id)],
            position=last + place,
        )
        for place, theme in enumerate(rest, 1)
    ]
    db.session.flush()
    keep_version(round_, "Bewoners verdeelden het geld over onderwerpen.")
    return round_


def forget_shares(person_id: uuid.UUID) -> None:
    """Throw away how somebody who leaves divided money."""
    db.session.execute(delete(ThemeShare).where(ThemeShare.person_id == person_id))
