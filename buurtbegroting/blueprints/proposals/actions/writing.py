"""What its authors do with a plan that was handed in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.blueprints.conversations.actions.albums import Upload, attach
from buurtbegroting.blueprints.municipalities.queries import this_municipality
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, NotFound
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..limits import refuse_person
from ..models import WRITTEN, Authorship, Proposal
from ..notices import CHANGED, JOINED, WITHDRAWN, to_author
from ..policy import (
    may_change_proposal,
    may_illustrate,
    may_invite_author,
    may_join,
    may_leave_proposal,
    may_withdraw_proposal,
)
from ..queries.merging import open_merges_of
from ..states import MACHINE, ProposalState
from .answering import give_turn
from .history import keep_version
from .merging import lapse_merge, settle_merges
from .settling import proposer, settled, wijk_of


@deed("proposals:proposal:changed")
def change_proposal(actor: Actor, proposal: Proposal, answers: Mapping[str, Any], note: str, version: int) -> Proposal:
    """Keep other words and another amount; the old ones stay to be read as an earlier version.

    Raises Changed when another author was first, Invalid for what the rules do not allow. A plan that the municipality
    asked to change goes back to it.
    """
    insist(may_change_proposal(actor, proposal, clock.now(db.session())))
    return rewrite(proposal, answers, note, version)


def rewrite(proposal: Proposal, answers: Mapping[str, Any], note: str, version: int) -> Proposal:
    """Keep other answers as the next version of a plan, inside the running deed."""
    now = clock.now(db.session())
    if proposal.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    before, kept = proposal.written, settled(proposal.round, answers, proposal.written)
    if all(before[name] == kept[name] for name in WRITTEN if name in kept):
        return proposal
    for name in WRITTEN:
        if name in kept:
            setattr(proposal, name, kept[name])
    if proposal.buurt_code != before["buurt_code"]:
        proposal.wijk_code = wijk_of(proposal.buurt_code, proposal.pot)
    if proposal.state is ProposalState.CHANGEABLE:
        proposal.state_name = MACHINE.move(proposal.state, "ask again").value
        today = clock.local_day(now)
        give_turn(proposal, f"Gemeente {this_municipality().name}", today, queries.answer_due(today))
    # Two authors who change it at once are told apart here: the second finds another version.
    db.session.flush()
    keep_version(proposal, note)
    outbox.announce(db.session(), CHANGED, number=proposal.number)
    return proposal


@deed("proposals:proposal:illustrated")
def illustrate(actor: Actor, proposal: Proposal, upload: Upload) -> Proposal:
    """Add a photo or PDF to a plan."""
    insist(may_illustrate(actor, proposal, clock.now(db.session())))
    attach(actor, proposal.album, upload)
    return proposal


@deed("proposals:proposal:withdrawn")
def withdraw_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Take a plan back; it stays to be read and is not voted on."""
    insist(may_withdraw_proposal(actor, proposal, clock.now(db.session())))
    return take_back(proposal)


def take_back(proposal: Proposal) -> Proposal:
    """Withdraw a plan, inside the running deed: nobody is to do anything with it any more."""
    proposal.state_name = MACHINE.move(proposal.state, "withdraw").value
    proposal.turn_party, proposal.turn_since, proposal.turn_due, proposal.invitation_hash = "", None, None, ""
    db.session.flush()
    for each in open_merges_of(proposal.id):
        lapse_merge(SYSTEM, each)
    outbox.announce(db.session(), WITHDRAWN, number=proposal.number)
    return proposal


@deed("proposals:proposal:opened to an author")
def invite_author(actor: Actor, proposal: Proposal, token: str) -> Proposal:
    """Let whoever has the link with this token write along; a link that was made before is worth nothing any more."""
    insist(may_invite_author(actor, proposal, clock.now(db.session())))
    proposal.invitation_hash = crypto.token_hash(token)
    return proposal


@deed("proposals:proposal:joined")
def join_proposal(actor: Actor, proposal: Proposal, token: str, *, says_old_enough: bool = False) -> Proposal:
    """Become an author of a plan, by a link from one of its authors that works once.

    Raises NotFound for a link that is worth nothing any more, Invalid for who may not propose a plan here. The others
    hear of it.
    """
    now = clock.now(db.session())
    insist(may_join(actor, proposal, now))
    if not proposal.invitation_hash or not crypto.is_same(proposal.invitation_hash, crypto.token_hash(token)):
        raise NotFound(_r("This link does not work any more. Ask for a new one."))
    person = person_by_id(uuid.UUID(str(actor.person_id)))
    if person is None:
        raise AlreadyDone(_r("This account is not there any more."))
    who = proposer(proposal.round, person, says_old_enough=says_old_enough)
    refuse_person(proposal.round, queries.area_of(proposal.pot), who, clock.local_day(now))
    others = [each.person for each in proposal.authorships]
    proposal.authorships.append(Authorship(person_id=person.id, since=now, says_old_enough=says_old_enough))
    proposal.invitation_hash = ""
    proposal.author = ", ".join(filter(None, (proposal.author, person.public_name)))
    for other in others:
        for to, facts in to_author(other, proposal):
            outbox.send(db.session(), JOINED, to, who=person.public_name, **facts)
    return proposal


@deed("proposals:proposal:left")
def leave_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Stop being an author of a plan that has others."""
    insist(may_leave_proposal(actor, proposal, clock.now(db.session())))
    proposal.authorships = [each for each in proposal.authorships if str(each.person_id) != actor.person_id]
    db.session.flush()
    _name_authors(proposal)
    settle_merges(proposal)
    return proposal


def _name_authors(proposal: Proposal) -> None:
    proposal.author = ", ".join(each.person.public_name for each in proposal.authorships if each.person.public_name)


def forget_authorships(person_id: uuid.UUID) -> None:
    """Take the name of somebody who leaves off their plans; the plans stay, by "a resident" when nobody else wrote."""
    for proposal in queries.plans_of(person_id):
        proposal.authorships = [each for each in proposal.authorships if each.person_id != person_id]
        db.session.flush()
        _name_authors(proposal)
        settle_merges(proposal)
