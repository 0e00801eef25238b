"""Who may do what to a proposal."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import RoundFacts, may_manage_rounds, may_see_round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.civic.verdicts import No, Verdict

from .states import ProposalState


class ProposalFacts(Protocol):
    """What a policy reads of a proposal."""

    @property
    def state(self) -> ProposalState: ...
    @property
    def round(self) -> RoundFacts: ...


def may_see_proposal(actor: Actor, proposal: ProposalFacts, now: datetime) -> Verdict:
    """Everybody may see a plan of a published round, unless it is a draft or hidden; officials see hidden ones."""
    seen = may_see_round(actor, proposal.round, now)
    is_hidden_from_actor = proposal.state is ProposalState.HIDDEN and not may_manage_rounds(actor, proposal, now)
    if not seen or (proposal.state is not ProposalState.DRAFT and not is_hidden_from_actor):
        return seen
    return No(_r("This page does not exist, or no longer does."), NotFound)


def may_record_proposal(actor: Actor, proposal: object, now: datetime) -> Verdict:
    """An official, or the operator's command line, may enter plans on behalf of residents."""
    return may_manage_rounds(actor, proposal, now)
