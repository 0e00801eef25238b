"""The ballot box is opened with its keys, and its board is added to: only ever at the end, and signed."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import delete, insert, select, text

from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.foundation import clock, jobs, tenancy
from buurtbegroting.foundation.database import db, sweep
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.vault import vault

from .. import queries, secrecy
from ..models import Ballot, BoardEntry, PendingLeaf, Turnout

# Leaves get on the board in company, so that nobody sees from the board when one voter voted.
FEWEST_LEAVES = 20
FEWEST_MORE = 10


def box_key_name(round_id: uuid.UUID) -> str:
    """Return under which name the key of a ballot box stands in the vault."""
    return f"{round_id}.box"


def board_key_name(round_id: uuid.UUID) -> str:
    """Return under which name the key that signs a board stands in the vault."""
    return f"{round_id}.board"


@deed("voting:box:opened")
def open_box(actor: Actor, round_: Round) -> Round:
    """Make the keys of a round and the first entry on the board of every pot, unless that was done before.

    The first entry holds the hash of list, ballot and count, the fingerprint of the box key, and the key with which
    anybody checks the signatures.
    """
    box = vault().make(box_key_name(round_.id))
    signer = _signer(vault().make(board_key_name(round_.id)))
    public = signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    for pot in queries.pots_to_vote(round_):
        if queries.newest_entry(pot.id) is None:
            body = {
                "kind": "open",
                "round": round_.number,
                "pot": str(pot.id),
                "list": round_.list_hash,
                "box": secrecy.fingerprint(box),
                "key": public,
            }
            _add(pot, body, signer)
    return round_


def _signer(key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key)


def _add(pot: Pot, body: dict[str, Any], signer: Ed25519PrivateKey) -> BoardEntry:
    local = clock.now(db.session()).astimezone(clock.AMSTERDAM)
    before = queries.newest_entry(pot.id)
    previous, sequence = (before.hash, before.sequence + 1) if before else (secrecy.BEGINNING, 1)
    written = secrecy.canonical(body | secrecy.slot_of_time(local))
    hash_ = secrecy.entry_hash(previous, written)
    entry = BoardEntry(
        pot_id=pot.id,
        sequence=sequence,
        previous=previous,
        body=written,
        hash=hash_,
        signature=signer.sign(bytes.fromhex(hash_)).hex(),
    )
    db.session.add(entry)
    db.session.flush()
    return entry


@deed(unaudited="the board itself tells what was added to it")
def post_leaves(actor: Actor, pot: Pot, *, are_last: bool = False) -> int:
    """Put the leaves that wait on the board, sorted, when there are twenty or these are the last; return how many.

    Their ballots are put down anew in an order of chance, so that neither their place nor the transaction in which
    they stand tells when they came.
    """
    waiting = db.session.execute(
        select(PendingLeaf.id, PendingLeaf.ballot_id, PendingLeaf.leaf).where(PendingLeaf.pot_id == pot.id)
    ).all()
    if not waiting or (len(waiting) < FEWEST_LEAVES and not are_last):
        return 0
    signer = _signer(vault().read(board_key_name(pot.round_id)))
    _add(pot, {"kind": "leaves", "leaves": sorted(each.leaf for each in waiting)}, signer)
    _mix({each.ballot_id for each in waiting})
    db.session.execute(delete(PendingLeaf).where(PendingLeaf.id.in_([each.id for each in waiting])))
    return len(waiting)


def _mix(ids: set[uuid.UUID]) -> None:
    table = Ballot.__table__
    rows = [
        dict(row._mapping) for row in db.session.execute(select(table).where(table.c.id.in_(ids)).with_for_update())
    ]
    secrets.SystemRandom().shuffle(rows)
    db.session.execute(delete(Ballot).where(Ballot.id.in_(ids)).execution_options(synchronize_session=False))
    for row in rows:
        db.session.execute(insert(Ballot).values(**row))


@deed("voting:board:closed")
def close_board(actor: Actor, pot: Pot) -> Pot:
    """Put the last leaves on the board, and then the entry that closes it: how many ballots count, and which leaves."""
    hold_box()
    if queries.is_closed(pot.id):
        return pot
    post_leaves(actor, pot, are_last=True)
    ballots = queries.ballots_in_box(pot.id)
    counted = sorted(secrecy.leaf_of(str(pot.id), each.track, each.nonce, each.payload) for each in ballots)
    body = {
        "kind": "close",
        "ballots": len(counted),
        "blank": sum(not secrecy.choices_in(each.payload) for each in ballots),
        "counted": counted,
    }
    _add(pot, body, _signer(vault().read(board_key_name(pot.round_id))))
    return pot


def hold_box() -> None:
    """Wait until every ballot that is being cast is in the box, and let nobody in before this deed is done."""
    session = db.session()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE ballot IN SHARE ROW EXCLUSIVE MODE"))


@deed(unaudited="a count of everybody together says nothing about anybody")
def note_turnout(actor: Actor, pot: Pot) -> int:
    """Note how many people have voted for a pot until yesterday night, when that grew by ten; return how many."""
    session = db.session()
    day = clock.local_day(clock.now(session)) - timedelta(days=1)
    voters, newest = queries.number_of_ballots(pot.id), queries.newest_turnout(pot.id)
    if voters - (newest.voters if newest else 0) >= FEWEST_MORE and (newest is None or newest.day < day):
        session.add(Turnout(pot_id=pot.id, day=day, voters=voters))
    return voters


def _each_round() -> Iterator[Round]:
    """Enter every municipality in turn, and yield its rounds in which people vote or soon will."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            yield from queries.rounds_to_vote(clock.now(session))


@jobs.every("voting:boxes opened", minutes=1)
def open_boxes() -> None:
    """Open the box of every round whose list was fixed, before the first voter comes."""
    for round_ in _each_round():
        if any(queries.newest_entry(pot.id) is None for pot in queries.pots_to_vote(round_)):
            open_box(SYSTEM, round_)


@jobs.every("voting:board posted", minutes=secrecy.SLOT_MINUTES)
def post_boards() -> None:
    """Post what waits, for every pot that is voted on, and overwrite on disk what was mixed."""
    posted = sum(post_leaves(SYSTEM, pot) for round_ in _each_round() for pot in queries.pots_to_vote(round_))
    if posted:
        sweep(db.session(), Ballot.__tablename__)


@jobs.every("voting:turnout noted", day_at=time(0, 10))
def note_turnouts() -> None:
    """Note the turnout of yesterday for every pot that is voted on."""
    for round_ in _each_round():
        for pot in queries.pots_to_vote(round_):
            note_turnout(SYSTEM, pot)
