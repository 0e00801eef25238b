"""What the authors do with an answer: ask for a second look, or agree with the amount."""

from __future__ import annotations

from buurtbegroting.blueprints.proposals.actions.answering import take_over_amount
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import answer_due
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Assessment
from ..policy import may_agree_with_amount, may_ask_second_look
from ..queries import cards, standing
from .noting import log, turn_to_us
from .opening import new_card


@deed("assessment:assessment:second look asked")
def ask_second_look(actor: Actor, asked: standing.Standing, reason: str) -> Assessment:
    """Ask somebody else to look at a plan again; the first look stays to be read."""
    now = clock.now(db.session())
    insist(may_ask_second_look(actor, standing.standing_of(asked.proposal), now))
    today, first = clock.local_day(now), cards.first_look_at(asked.proposal)
    made = new_card(asked.proposal, today, answer_due(today))
    made.look, made.request = 2, reason
    if first is not None:
        made.department = first.department
        made.involved = list(first.involved)
        made.first_judges = sorted({str(each) for each in (first.judge_id, first.assessor_id) if each})
    turn_to_us(made, today)
    db.session.flush()
    log(actor, made, "second-look")
    return made


@deed("assessment:proposal:amount agreed")
def agree_with_amount(actor: Actor, asked: standing.Standing) -> Proposal:
    """Let a plan ask the amount that the municipality found."""
    now = clock.now(db.session())
    known = standing.standing_of(asked.proposal)
    insist(may_agree_with_amount(actor, known, now))
    if known.open_amount is None:
        raise NotNow(_r("There is no other amount to agree with."))
    return take_over_amount(actor, asked.proposal, known.open_amount)
