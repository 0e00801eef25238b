"""Holding the box and its board against what callers were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from buurtbegroting.blueprints.voting import queries, secrecy
from buurtbegroting.blueprints.voting.actions.board import close_board
from buurtbegroting.blueprints.voting.models import BoardEntry, PendingLeaf
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation.database import db

from .callers import Ledger, Wish
from .findings import Findings
from .votes import Vote, ballots, keys_on, round_of, slots


def broken_links(entries: Sequence[BoardEntry]) -> int:
    """Return how many entries of a board do not follow the one before them, or are signed wrongly."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(entries[0].content["key"]))
    previous, broken = secrecy.BEGINNING, 0
    for place, each in enumerate(entries, 1):
        is_next = (each.sequence, each.previous, each.hash) == (
            place,
            previous,
            secrecy.entry_hash(previous, each.body),
        )
        broken += not (is_next and _is_signed(each, key))
        previous = each.hash
    return broken


def _is_signed(entry: BoardEntry, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(bytes.fromhex(entry.signature), bytes.fromhex(entry.hash))
    except InvalidSignature:
        return False
    return True


def leaves_of(vote: Vote) -> Counter[str]:
    """Return every leaf that is on the board or waits for it, with how often."""
    posted = [leaf for each in queries.entries_of_board(vote.pot_id) for leaf in each.content.get("leaves", ())]
    waiting = db.session.scalars(sa.select(PendingLeaf.leaf).where(PendingLeaf.pot_id == vote.pot_id)).all()
    return Counter([*posted, *waiting])


def judge(vote: Vote, wanted: Sequence[Wish], ledger: Ledger) -> Findings:
    """Look up every receipt, every voter and every leaf, and then close the board and look at that too."""
    lying = {each.slot: each for each in ballots(vote)}
    last = {number: of_voter[-1] for number, of_voter in ledger.kept.items()}
    places = dict(enumerate(slots(vote, len(wanted))))
    leaves, shown = leaves_of(vote), Counter(each.leaf for each in ledger.ballots)
    found = {number: lying.get(slot) for number, slot in places.items()}
    close_board(SYSTEM, round_of(vote).pots[0])
    entries = queries.entries_of_board(vote.pot_id)
    counted = entries[-1].content["counted"]
    return Findings(
        {"voters": len(wanted), "ballots acknowledged": len(ledger.ballots), "in the box": len(lying)},
        {
            "voters who were told nothing": sum(each.number not in last for each in wanted),
            "lost: acknowledged, and not in the box as it was shown": ledger.gone
            + sum(
                ballot is None
                or keys_on(ballot) != last[number].keys
                or secrecy.leaf_of(str(vote.pot_id), ballot.track, ballot.nonce, ballot.payload) != last[number].leaf
                for number, ballot in found.items()
                if number in last
            ),
            "double: ballots above one per voter": len(ballots(vote)) - len(set(places.values()) & set(lying)),
            "counts that differ from the model": abs(len(lying) - len(last)) + abs(len(counted) - len(last)),
            "receipts whose leaf is not on the board": sum((shown - leaves).values()),
            "leaves that stand on the board twice or without a receipt": sum((leaves - shown).values()),
            "leaves that are counted without being somebody's last": len(
                set(counted) ^ {each.leaf for each in last.values()}
            ),
            "retries that got another receipt": ledger.other_receipts,
            "broken links of the board": broken_links(entries),
        },
    )
