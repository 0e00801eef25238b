"""Plans that come in, and what the vote made of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from buurtbegroting.blueprints.conversations.actions.albums import open_album
from buurtbegroting.blueprints.conversations.actions.talking import open_thread
from buurtbegroting.blueprints.conversations.models import Visibility
from buurtbegroting.blueprints.municipalities.queries import local_term, this_municipality
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..limits import Proposer, refuse_person
from ..models import WRITTEN, Proposal
from ..policy import may_record_proposal
from ..promises import ANSWER
from ..states import MACHINE, PUBLIC, ProposalState
from .history import keep_version
from .settling import settled, wijk_of


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


# What a plan cannot do without, and what to do about it.
NEEDED = {
    "title": _r("Say what your plan is called."),
    "what": _r("Say what you want."),
    "why": _r("Say why this is good for the neighbourhood."),
    "pot": _r("Say for which area it is."),
    "cost_cents": _r("Say what it costs, about."),
    "carrier": _r("Say who carries it out."),
}


def lacking(content: Mapping[str, Any]) -> list[str]:
    """Return what still has to be answered before there is a plan."""
    return [name for name in NEEDED if content.get(name) in (None, "")]


def hand_in(round_: Round, content: Mapping[str, Any], who: Proposer, came_in_on: date, **facts: Any) -> Proposal:
    """Make a plan out of its answers, inside the running deed: from now on the municipality is to answer.

    Raises Invalid for what is missing, and for what the rules of the round do not allow.
    """
    today = clock.local_day(clock.now(db.session()))
    if missing := lacking(content):
        raise Invalid(_r("Your plan is not finished yet."), {name: NEEDED[name] for name in missing})
    pot, kept = _pot(round_, content), settled(round_, content, {})
    refuse_person(round_, queries.area_of(pot), who, today)
    plan = Proposal(
        id=uuid.uuid4(),
        round=round_,
        pot=pot,
        theme_id=uuid.UUID(kept["theme"]) if kept.get("theme") else None,
        wijk_code=wijk_of(kept.get("buurt_code"), pot),
        state_name=ProposalState.SUBMITTED.value,
        submitted_on=came_in_on,
        turn_party=f"Gemeente {this_municipality().name}",
        turn_since=came_in_on,
        turn_due=local_term(ANSWER).last_day(came_in_on),
        **{name: kept[name] for name in WRITTEN if name in kept},
        **facts,
    )
    plan.summary = plan.summary or plan.title
    return enter(plan, today.year)


def _pot(round_: Round, content: Mapping[str, Any]) -> Pot:
    for pot in round_.pots:
        if str(pot.id) == content["pot"] and pot.kind != "maatwerk":
            return pot
    raise Invalid(_r("Your plan is not finished yet."), {"pot": NEEDED["pot"]})


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
