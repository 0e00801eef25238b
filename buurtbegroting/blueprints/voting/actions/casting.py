"""Casting a ballot: one transaction that either keeps the ballot with its receipt, or keeps nothing."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from buurtbegroting.blueprints.rounds.models import RoundPhase
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Changed
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import secrecy
from ..ballot_paper import BallotPaper
from ..models import Ballot, PendingLeaf
from ..policy import may_cast
from ..secrecy import Choices

VOTED_OTHERWISE = _r(
    "You voted in the meantime, in another window or on another device. That vote counts. Look at your receipt."
)


@dataclass(frozen=True)
class Sent:
    """A filled ballot as it comes in: for which slot, which version of it the voter saw (0 is none), in which form."""

    slot: str
    choices: Choices
    seen: int
    submission: str

    @property
    def hash(self) -> str:
        """What is kept of the form, to know it again."""
        return hashlib.sha256(self.submission.encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What a voter takes home: it tells that a ballot is kept, and not what is on it."""

    pot_id: uuid.UUID
    track: str
    nonce: str
    leaf: str
    version: int

    @property
    def number(self) -> str:
        """The track as people read it: in groups of four."""
        return " ".join(self.track[start : start + 4] for start in range(0, len(self.track), 4))


@deed(unaudited="an entry with a moment would tell who voted what")
def cast_ballot(actor: Actor, paper: BallotPaper, sent: Sent) -> Receipt:
    """Keep a ballot, or another one in its place; the same form again gets the same receipt and changes nothing.

    Raises NotNow outside the phase, Invalid for what does not fit the ballot, and Changed when the slot was filled
    otherwise after the voter looked.
    """
    session = db.session()
    if session.get_bind().dialect.name == "postgresql":
        # Who closes the board waits for every ballot that asked for the time before.
        session.execute(text("LOCK TABLE ballot IN ROW EXCLUSIVE MODE"))
    phases: Sequence[RoundPhase] = session.scalars(
        select(RoundPhase).where(RoundPhase.round_id == paper.round_id).execution_options(populate_existing=True)
    ).all()
    insist(may_cast(actor, phases, clock.now(session)))
    paper.check(sent.choices)
    kept = ballot_in(paper, sent.slot)
    if kept is not None and kept.submission_hash == sent.hash:
        return receipt_of(kept)
    if (kept.version if kept else 0) != sent.seen:
        raise Changed(VOTED_OTHERWISE)
    filled = {
        "payload": secrecy.payload_of(sent.choices, is_ranking=paper.is_ranking),
        "track": secrecy.new_track(),
        "nonce": secrecy.new_nonce(),
        "submission_hash": sent.hash,
        "version": sent.seen + 1,
    }
    _put_in(paper, sent, filled)
    made = ballot_in(paper, sent.slot)
    if made is None or made.submission_hash != sent.hash:
        raise Changed(VOTED_OTHERWISE)
    receipt = receipt_of(made)
    if receipt.track != filled["track"]:
        # The same form came twice at once; the other one was first, and its leaf is there.
        return receipt
    leaf = {"id": uuid.uuid4(), "pot_id": paper.pot_id, "ballot_id": made.id, "leaf": receipt.leaf}
    session.execute(insert(PendingLeaf).values(municipality_id=tenancy.current(session), **leaf))
    return receipt


def _put_in(paper: BallotPaper, sent: Sent, filled: dict[str, object]) -> None:
    """Fill a slot that was empty, or change the version that the voter saw; another's ballot is never written over."""
    session = db.session()
    if sent.seen:
        is_seen = (Ballot.pot_id == paper.pot_id) & (Ballot.slot == sent.slot) & (Ballot.version == sent.seen)
        change = update(Ballot).where(is_seen).values(**filled).execution_options(synchronize_session=False)
        # The row may be put elsewhere just now, unchanged, to mix it with others; then it is there at the next look.
        if not session.execute(change).rowcount:  # type: ignore[attr-defined]
            session.execute(change)
        return
    into = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"id": uuid.uuid4(), "municipality_id": tenancy.current(session), "pot_id": paper.pot_id, "slot": sent.slot}
    session.execute(into(Ballot).values(**row, **filled).on_conflict_do_nothing(index_elements=["pot_id", "slot"]))


def ballot_in(paper: BallotPaper, slot: str) -> Ballot | None:
    """Return the ballot in a slot as it stands now."""
    query = select(Ballot).where(Ballot.pot_id == paper.pot_id, Ballot.slot == slot)
    return db.session.scalar(query.execution_options(populate_existing=True))


def receipt_of(ballot: Ballot) -> Receipt:
    """Return the receipt of a ballot that is kept."""
    leaf = secrecy.leaf_of(str(ballot.pot_id), ballot.track, ballot.nonce, ballot.payload)
    return Receipt(ballot.pot_id, ballot.track, ballot.nonce, leaf, ballot.version)
