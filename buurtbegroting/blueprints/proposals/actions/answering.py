"""The answer of the municipality, and whose turn a plan is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Proposal
from ..policy import may_answer_proposal, may_take_over_amount
from ..states import MACHINE, ProposalState
from .history import keep_version

# Who is to move when the authors are; the same word on every page, whatever they are called.
AUTHORS = "Indieners"


@dataclass(frozen=True)
class Answer:
    """What the municipality says: by which move, why, and by which department.

    ``cost_cents`` is another amount only when the authors agreed to it.
    """

    move: str
    text: str
    department: str
    cost_cents: int | None = None


@deed("proposals:proposal:answered")
def answer_proposal(actor: Actor, proposal: Proposal, answer: Answer) -> Proposal:
    """Give the answer of the municipality; from then on everybody reads it."""
    now = clock.now(db.session())
    insist(may_answer_proposal(actor, proposal, now))
    today = clock.local_day(now)
    proposal.state_name = MACHINE.move(proposal.state, answer.move).value
    proposal.answer, proposal.answered_by, proposal.answered_on = answer.text, answer.department, today
    is_theirs = proposal.state is ProposalState.CHANGEABLE
    give_turn(proposal, AUTHORS if is_theirs else "", today if is_theirs else None, None)
    if answer.cost_cents is not None:
        _take_over(proposal, answer.cost_cents)
    db.session.flush()
    return proposal


@deed("proposals:proposal:amount taken over")
def take_over_amount(actor: Actor, proposal: Proposal, cents: int) -> Proposal:
    """Let its authors ask the amount that the municipality found."""
    insist(may_take_over_amount(actor, proposal, clock.now(db.session())))
    _take_over(proposal, cents)
    return proposal


def _take_over(proposal: Proposal, cents: int) -> None:
    if cents != proposal.cost_cents:
        proposal.cost_cents = cents
        db.session.flush()
        keep_version(proposal)


def give_turn(proposal: Proposal, party: str, since: date | None, due: date | None) -> None:
    """Say whose turn a plan is from now on, inside the running deed; nobody's when there is no party."""
    proposal.turn_party, proposal.turn_since, proposal.turn_due = party, since, due
