"""Who enters plans that came in on paper, and changes them when their author asks for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import RoundFacts, may_see_round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.phases import Act, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from ..states import AT_WORK
from .plans import CHANGED_ONLY_WHILE, NOT_THERE, SIGN_IN_FIRST, ProposalFacts, is_open, may_see_proposal

# So long after plans could come in, what came in on paper in time is still typed over.
TYPED_WITHIN = timedelta(days=7)


class EnteredFacts(ProposalFacts, Protocol):
    """What a policy reads of a proposal that may have come in on paper."""

    @property
    def entered_on(self) -> date | None: ...


def may_work_with_paper(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials, neighbourhood workers and paper clerks type over plans that came in on paper or at the counter."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not actor.has_role(RoleName.OFFICIAL, RoleName.NEIGHBOURHOOD_WORKER, RoleName.PAPER_CLERK):
        return No(_r("Only who works for the municipality may do this."))
    if actor.on_behalf_of:
        return No(_r("You are filling in for somebody. Propose a plan for them, or stop filling in first."), NotNow)
    return Yes()


def may_enter_from_paper(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """They do so while plans come in, and for what came in on time a week longer."""
    if not (works := may_work_with_paper(actor, round_, now)):
        return works
    if not (seen := may_see_round(actor, round_, now)):
        return seen
    if takes_paper(round_, now):
        return Yes()
    return No(_r("You cannot enter plans for this round now."), NotNow)


def takes_paper(round_: RoundFacts, now: datetime) -> bool:
    """Tell whether plans on paper can be entered for a round: its conditions are fixed and its list is not."""
    is_between = round_.conditions_frozen_at is not None and round_.list_frozen_at is None
    return is_between and any(allows(round_.phases, Act.PROPOSE, each) for each in (now, now - TYPED_WITHIN))


def may_hand_out_receipt(actor: Actor, proposal: EnteredFacts, now: datetime) -> Verdict:
    """They hand out a receipt of a plan that came in on paper."""
    if not (works := may_work_with_paper(actor, proposal, now)):
        return works
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    return Yes() if proposal.entered_on else NOT_THERE


def may_change_on_request(actor: Actor, proposal: EnteredFacts, now: datetime) -> Verdict:
    """Officials change a plan that came in on paper when its author asks, as long as authors on the site could."""
    if not (asked := _on_request(actor, proposal, now)):
        return asked
    act = CHANGED_ONLY_WHILE.get(proposal.state)
    if act and is_open(proposal.round, act, now):
        return Yes()
    return No(_r("This plan cannot be changed any more."), NotNow)


def may_withdraw_on_request(actor: Actor, proposal: EnteredFacts, now: datetime) -> Verdict:
    """They withdraw it when its author asks, as long as authors on the site could."""
    if not (asked := _on_request(actor, proposal, now)):
        return asked
    if proposal.state in AT_WORK and is_open(proposal.round, Act.WITHDRAW, now):
        return Yes()
    return No(_r("This plan cannot be withdrawn any more."), NotNow)


def _on_request(actor: Actor, proposal: EnteredFacts, now: datetime) -> Verdict:
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not actor.has_role(RoleName.OFFICIAL):
        return No(_r("Only an official of the municipality may do this."))
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    if proposal.entered_on:
        return Yes()
    return No(_r("This plan did not come in on paper. Its authors change it themselves."))
