"""Who supports a plan, and who enters support on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName, Verification
from buurtbegroting.civic.phases import Act
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from ..states import AT_WORK
from .home import PlaceFacts, lives_where_it_counts
from .plans import SIGN_IN_FIRST, ProposalFacts, is_open, may_see_proposal


class SupportedFacts(ProposalFacts, Protocol):
    """What a policy reads of a proposal that asks for support."""

    @property
    def needs_support(self) -> bool: ...
    @property
    def asks_home_in(self) -> tuple[str, PlaceFacts | None]: ...


def may_support(actor: Actor, proposal: SupportedFacts, now: datetime) -> Verdict:
    """Who could propose a plan for its area supports it, or no longer, while plans come in and the rules ask for it."""
    if not (open_ := _asks_for_support(actor, proposal, now)):
        return open_
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.verification >= Verification.EMAIL:
        return lives_where_it_counts(actor.wijk_code, *proposal.asks_home_in)
    return No(_r("Confirm your e-mail address first. Then we know that you support it once."))


def _asks_for_support(actor: Actor, proposal: SupportedFacts, now: datetime) -> Verdict:
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    is_asked = proposal.needs_support and proposal.state in AT_WORK
    if is_asked and is_open(proposal.round, Act.SUPPORT, now):
        return Yes()
    return No(_r("This plan does not ask for support now."), NotNow)


def may_enter_support_list(actor: Actor, proposal: SupportedFacts, now: datetime) -> Verdict:
    """Officials and paper clerks enter lists of signatures."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not actor.has_role(RoleName.OFFICIAL, RoleName.PAPER_CLERK):
        return No(_r("Only an official of the municipality may do this."))
    return _asks_for_support(actor, proposal, now)
