"""What a thief of a database can try: put voters and ballots in some order, side by side, and see who fits whom."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from buurtbegroting.blueprints.voting import queries, secrecy
from buurtbegroting.foundation.database import db, read_anew

HASH = re.compile(rb"[0-9a-f]{64}")
# At every place, because in a file the text before it may go on in the same signs.
TRACK = re.compile(rb"(?=([%s]{%d}))" % (secrecy.TRACK_ALPHABET.encode(), secrecy.TRACK_LENGTH))
# A ballot stands in one piece in whatever file it is written to: its payload and receipt follow its slot.
NEAR = 1500
Row = dict[str, Any]
Order = Callable[[Row], Any]


def dump(table: str, pot_id: uuid.UUID) -> list[Row]:
    """Return every row of a table of ballots with all that the database knows of it."""
    read_anew(db.session())
    system = ", xmin::text::bigint AS xmin, ctid::text AS ctid" if db.engine.dialect.name == "postgresql" else ""
    kept = pot_id.hex if db.engine.dialect.name == "sqlite" else str(pot_id)
    found = db.session.execute(sa.text(f"SELECT *{system} FROM {table} WHERE pot_id = :pot"), {"pot": kept})
    return [dict(row._mapping) | {"scanned": place} for place, row in enumerate(found)]


def places_on_board(pot_id: uuid.UUID) -> dict[str, tuple[int, int]]:
    """Return of every leaf in which entry of the board it stands, and where in it."""
    return {
        leaf: (entry.sequence, place)
        for entry in queries.entries_of_board(pot_id)
        for place, leaf in enumerate(entry.content.get("leaves", ()))
    }


def leaf_in(pot_id: uuid.UUID, row: Row) -> str:
    """Return the leaf of a ballot in a dump."""
    return secrecy.leaf_of(str(pot_id), row["track"], row["nonce"], row["payload"])


def orders(pot_id: uuid.UUID, rows: Sequence[Row], files: Sequence[Path]) -> dict[str, Order]:
    """Return every order of ballots that could be the order in which they came."""
    board, unposted = places_on_board(pot_id), (math.inf, 0)
    first, last = places_in(files, [row["track"] for row in rows])
    found: dict[str, Order] = {
        "as the database gives them": lambda row: row["scanned"],
        "place on the board": lambda row: board.get(leaf_in(pot_id, row), unposted),
        "first place in the files": lambda row: first.get(row["track"], 0),
        "last place in the files": lambda row: last.get(row["track"], 0),
    }
    for column in ("id", "slot", "track", "nonce", "submission_hash"):
        if rows and column in rows[0]:
            found[column] = lambda row, column=column: str(row[column])
    if rows and "xmin" in rows[0]:
        found["transaction (xmin), then place"] = lambda row: (row["xmin"], _place(row["ctid"]))
        found["place (ctid)"] = lambda row: _place(row["ctid"])
        found["transaction (xmin), then board"] = lambda row: (row["xmin"], board.get(leaf_in(pot_id, row), unposted))
    return found


def _place(ctid: str) -> tuple[int, ...]:
    return tuple(int(each) for each in ctid.strip("()").split(","))


def places_in(files: Sequence[Path], texts: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return where each track stands for the first and for the last time in some files read as one."""
    whole, wanted = b"".join(path.read_bytes() for path in files), {text.encode(): text for text in texts}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for match in TRACK.finditer(whole):
        if text := wanted.get(match.group(1)):
            first.setdefault(text, match.start())
            last[text] = match.start()
    return first, last


def links(voters: Sequence[str], rows: Sequence[Row], order: Order, truth: dict[str, str]) -> int:
    """Return of how many voters an order finds the ballot; ``truth`` holds the track of each voter."""
    guessed = sorted(rows, key=order)
    return sum(truth[voter] == row["track"] for voter, row in zip(voters, guessed, strict=False))


def neighbours(voters: Sequence[str], rows: Sequence[Row], order: Order, truth: dict[str, str]) -> int:
    """Return how many ballots an order puts right behind the ballot of who came before; gaps do no harm to it."""
    place = {truth[voter]: number for number, voter in enumerate(voters)}
    found = [place[row["track"]] for row in sorted(rows, key=order)]
    return sum(after - before == 1 for before, after in pairwise(found))


def read_beside_slots(files: Sequence[Path], slots: Sequence[str], tracks: Sequence[str]) -> tuple[int, int]:
    """Return how many of some slots stand in files, and beside how many of them a receipt that counts."""
    wanted, known = {slot.encode() for slot in slots}, {track.encode() for track in tracks}
    seen, told = set(), set()
    for path in files:
        whole = path.read_bytes()
        for match in HASH.finditer(whole):
            if match.group() in wanted:
                seen.add(match.group())
                near = whole[match.end() : match.end() + NEAR]
                told |= {match.group()} if any(each.group(1) in known for each in TRACK.finditer(near)) else set()
    return len(seen), len(told)


def most_by_chance(expected: float, tries: int) -> int:
    """Return how many links chance gives at most, but for one in a million times, in the best of so many tries."""
    tail, limit, term = 1.0, -1, math.exp(-expected)
    while tail * tries > 1e-6 and limit < 100_000:
        limit += 1
        tail -= term
        term *= expected / (limit + 1)
    return limit
