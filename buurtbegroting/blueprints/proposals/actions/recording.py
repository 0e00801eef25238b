"""Plans that come in, and what the vote made of them."""

from __future__ import annotations

from collections.abc import Collection

from buurtbegroting.blueprints.conversations.actions.albums import open_album
from buurtbegroting.blueprints.conversations.actions.talking import open_thread
from buurtbegroting.blueprints.conversations.models import Visibility
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Proposal
from ..policy import may_record_proposal
from ..states import MACHINE, PUBLIC, ProposalState
from .history import keep_version


@deed("proposals:proposal:recorded")
def record_proposal(actor: Actor, proposal: Proposal, year: int) -> Proposal:
    """Enter a plan on behalf of residents; without a number it gets the next one of a year (2026-001, …).

    The plan may already stand in any state, because it may come from paper or from another system.
    """
    insist(may_record_proposal(actor, proposal, clock.now(db.session())))
    return enter(proposal, year)


def enter(proposal: Proposal, year: int) -> Proposal:
    """Give a plan its number, its talk and its first version, inside the running deed."""
    proposal.number = proposal.number or queries.next_number(year)
    proposal.ballot_key = proposal.ballot_key or proposal.number
    is_public = proposal.state in PUBLIC and proposal.round.state == "published"
    visibility = Visibility.PUBLIC if is_public else Visibility.HIDDEN
    proposal.thread = open_thread("plan", proposal.number, visibility)
    proposal.album = open_album("plan", proposal.number, visibility)
    db.session.add(proposal)
    db.session.flush()
    keep_version(proposal)
    return proposal


@deed("proposals:proposal:settled")
def settle(actor: Actor, proposal: Proposal, *, is_chosen: bool) -> Proposal:
    """Record that a plan was chosen or not, by who decides in its round; it has nobody's turn any more."""
    insist(may_record_proposal(actor, proposal, clock.now(db.session())))
    proposal.state_name = MACHINE.move(proposal.state, "elect" if is_chosen else "not elect").value
    proposal.turn_party, proposal.turn_since, proposal.turn_due = "", None, None
    return proposal


@deed("proposals:pot:awarded")
def award(actor: Actor, pot: Pot, elected_keys: Collection[str]) -> Pot:
    """Tell the plans of a pot whether they were elected; only a plan that was on the ballot moves."""
    insist(may_record_proposal(actor, pot, clock.now(db.session())))
    on_ballot = {ProposalState.FEASIBLE, ProposalState.ELECTED, ProposalState.NOT_ELECTED}
    for proposal in queries.proposals_of_pot(pot):
        if proposal.state in on_ballot:
            move = "elect" if proposal.ballot_key in elected_keys else "not elect"
            target = ProposalState.ELECTED if move == "elect" else ProposalState.NOT_ELECTED
            if proposal.state is not target:
                proposal.state_name = MACHINE.move(proposal.state, move).value
    db.session.flush()
    return pot
