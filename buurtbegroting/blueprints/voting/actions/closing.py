"""Closing a vote by two officials: the board is closed, the box is sealed, and the ballots are counted."""

from __future__ import annotations

import secrets
import uuid
from collections import Counter
from collections.abc import Mapping, Set

from sqlalchemy import delete, insert

from buurtbegroting.blueprints.electorate.queries import electorate_of
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, jobs
from buurtbegroting.foundation.database import db, sweep
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.vault import vault

from .. import queries, secrecy
from ..models import Ballot, Closing, Participation, SealedBallot
from ..policy import may_ask_to_close, may_confirm_closing
from .board import box_key_name, close_board, hold_box
from .results import count_pot

# Of a smaller group nobody is told how many voted.
SMALLEST_GROUP = 10


@deed("voting:closing:asked")
def ask_to_close(actor: Actor, round_: Round) -> Closing:
    """Ask a second official to close a vote whose last moment has passed."""
    now = clock.now(db.session())
    insist(may_ask_to_close(actor, round_, now))
    if queries.closing_of(round_.id):
        raise AlreadyDone(_r("A colleague asked for this already. It waits for a second person."))
    asked = Closing(round=round_, asked_by=str(actor.id), asked_at=now)
    db.session.add(asked)
    db.session.flush()
    return asked


@deed("voting:closing:confirmed")
def confirm_closing(actor: Actor, asked: Closing) -> Closing:
    """Close a vote as the second official; sealing and counting begin at once."""
    now = clock.now(db.session())
    insist(may_confirm_closing(actor, asked, now))
    asked.step, asked.confirmed_by, asked.confirmed_at = "confirmed", str(actor.id), now
    jobs.post(db.session(), "voting:vote closed", closing_id=str(asked.id))
    return asked


@jobs.job("voting:vote closed")
def close(closing_id: str) -> None:
    """Take the steps of a closing that were not taken yet; each is whole or not there, so this may be done again."""
    closing = queries.closing_by_id(uuid.UUID(closing_id))
    if closing is None:
        return
    if closing.step == "confirmed":
        for pot in queries.pots_to_vote(closing.round):
            close_board(SYSTEM, pot)
        seal_boxes(SYSTEM, closing)
        sweep(db.session(), Ballot.__tablename__)
    if closing.step == "sealed":
        count_boxes(SYSTEM, closing)


@deed("voting:closing:sealed")
def seal_boxes(actor: Actor, closing: Closing) -> Closing:
    """Put the ballots of every pot away in an order of chance, without their slots; the box is then empty for good."""
    hold_box()
    for pot in queries.pots_to_vote(closing.round):
        _note_participation(pot)
        same = {"municipality_id": pot.municipality_id, "pot_id": pot.id}
        ballots = [
            {"id": uuid.uuid4(), **same, "payload": each.payload, "track": each.track, "nonce": each.nonce}
            for each in queries.ballots_in_box(pot.id)
        ]
        secrets.SystemRandom().shuffle(ballots)
        if ballots:
            db.session.execute(insert(SealedBallot), ballots)
        db.session.execute(delete(Ballot).where(Ballot.pot_id == pot.id).execution_options(synchronize_session=False))
    closing.step = "sealed"
    return closing


def _note_participation(pot: Pot) -> None:
    """Note how many voted per wijk, as long as the key can still tell; a group smaller than ten is left out."""
    entries = electorate_of(pot)
    if not entries:
        return
    key, filled = vault().read(box_key_name(pot.round_id)), queries.filled_slots(pot.id)
    could = Counter(each.wijk_code for each in entries)
    did = Counter(each.wijk_code for each in entries if secrecy.slot_of(key, str(pot.id), each.id) in filled)
    for wijk_code in _groups_to_tell(did, set(could)):
        db.session.add(
            Participation(pot_id=pot.id, wijk_code=wijk_code, electorate=could[wijk_code], voters=did[wijk_code])
        )


def _groups_to_tell(did: Mapping[str | None, int], groups: Set[str | None]) -> list[str]:
    """Return the wijken of which may be told how many voted: one that is too small is never the only one left out."""
    told = sorted((each for each in groups if each and did.get(each, 0) >= SMALLEST_GROUP), key=lambda each: did[each])
    return told[1:] if len(groups) - len(told) == 1 else told


@deed("voting:closing:counted")
def count_boxes(actor: Actor, closing: Closing) -> Closing:
    """Count every pot by the rulebook, and keep the provisional results."""
    for pot in queries.pots_to_vote(closing.round):
        count_pot(actor, pot, "Telling na de sluiting van de stemming", len(electorate_of(pot)) or None)
    closing.step = "counted"
    return closing
