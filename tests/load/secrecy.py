"""Let people vote, steal the database without its key, and count whose ballot can be found.

    python -m tests.load.secrecy --voters 3000 --engine postgresql

People come in an order of chance, one ballot each, while others sign in, jobs are posted and the board grows. Two
thieves then attack a copy. The first has the copy alone. The second also knows in which order everybody came, as who
reads the sign-ins of a poll does. Both put voters and ballots in every order that the rows and their files know
(transaction, place, key, board) and lay them side by side.

Chance finds one voter when all are mixed. For who knows the order it finds one per entry of the board: leaves are
posted twenty or more at a time, and within an entry nothing may tell them apart. Ballots that still wait for the board
are counted apart: until they are posted, PostgreSQL knows in which order they came. Its write-ahead log, which is in a
copy of the server's folder and not in one made by pg_dump, knows that of all ballots; that figure is told and not
judged. After the seal the thief also has the key. The exit code is 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from buurtbegroting.blueprints.voting.actions.board import post_boards
from buurtbegroting.blueprints.voting.actions.casting import Sent, cast_ballot
from buurtbegroting.blueprints.voting.actions.closing import ask_to_close, close, confirm_closing
from buurtbegroting.civic.actors import ANONYMOUS, Actor
from buurtbegroting.foundation import jobs
from buurtbegroting.foundation.database import db, transaction
from tests.factories.actors import OFFICIAL
from tests.factories.people import make_person, sign_in
from tests.factories.voting import ONE, end_vote

from . import attacks
from .findings import Findings, tell
from .servers import ENGINES, database, environment
from .votes import Vote, begin, choice, paper_of, round_of, slots, town

OTHERS, JOBS = 0.3, 0.1
LEAST_BETWEEN_POSTS, MOST_BETWEEN_POSTS = 20, 60


@dataclass(frozen=True)
class Held:
    """A vote that was held: its voters in the order in which they came, their slots, and their receipts."""

    vote: Vote
    voters: list[str]
    slots: dict[str, str]
    truth: dict[str, str]


def hold(vote: Vote, voters: int, chance: random.Random, *, is_poll: bool) -> Held:
    """Let so many people vote in an order of chance while the town goes on; in a poll each signs in first."""
    paper = paper_of(vote)
    of_voter = {f"voter {number}": slot for number, slot in enumerate(slots(vote, voters))}
    coming = list(of_voter)
    chance.shuffle(coming)
    somebody, truth, next_post = make_person("Sanne", email=f"{uuid.uuid4().hex}@voorbeeld.nl"), {}, 0
    for place, voter in enumerate(coming):
        if is_poll or chance.random() < OTHERS:
            sign_in(somebody)
        if chance.random() < JOBS:
            with transaction(db.session()):
                jobs.post(db.session(), "voting:vote closed", closing_id=str(uuid.uuid4()))
        choices = [(key, ONE) for key in choice(vote, chance)]
        truth[voter] = cast_ballot(ANONYMOUS, paper, Sent(of_voter[voter], choices, 0, uuid.uuid4().hex)).track
        if place >= next_post:
            post_boards()
            next_post = place + chance.randint(LEAST_BETWEEN_POSTS, MOST_BETWEEN_POSTS)
    return Held(vote, coming, of_voter, truth)


def seal(vote: Vote) -> None:
    """Let the vote end, and close it as two officials do: the box is sealed and swept, and the ballots are counted."""
    asked = ask_to_close(OFFICIAL, end_vote(round_of(vote)))
    confirm_closing(Actor(id="somebody else", roles=OFFICIAL.roles), asked)
    close(str(asked.id))


def files_of(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of the database with rows, and those with the log of what was written.

    Of a PostgreSQL server that is not this run's own nobody sees the files.
    """
    if db.engine.dialect.name == "postgresql":
        if not (folder / "postgres").is_dir():
            return [], []
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
        data = folder / "postgres" / "data"
        of_rows = [path for path in sorted((data / "base").rglob("*")) if path.is_file()]
        return of_rows, [path for path in sorted((data / "pg_wal").iterdir()) if path.is_file()]
    return [folder / "town.sqlite3"], [path for path in (folder / "town.sqlite3-wal",) if path.is_file()]


def heap_of(folder: Path, table: str) -> list[Path]:
    """Return the files in which the rows of a table stand."""
    if db.engine.dialect.name != "postgresql":
        return [path for each in files_of(folder) for path in each]
    if not any(files_of(folder)):
        return []
    found = db.session.execute(sa.text(f"SELECT pg_relation_filepath('{table}')")).scalar_one()
    return [folder / "postgres" / "data" / found]


def attack(held: Held, table: str, folder: Path, name: str) -> Findings:
    """Try every order against a table of ballots, with and without knowing when everybody came."""
    pot_id, found = held.vote.pot_id, Findings()
    rows, board = attacks.dump(table, pot_id), attacks.places_on_board(pot_id)
    posted = [row for row in rows if attacks.leaf_in(pot_id, row) in board]
    tracks = {row["track"] for row in posted}
    entries = len({board[attacks.leaf_in(pot_id, row)][0] for row in posted})
    knowing = [voter for voter in held.voters if held.truth[voter] in tracks]
    orders = attacks.orders(pot_id, rows, heap_of(folder, table))
    for thief, voters, stolen, expected in (
        ("the copy alone", sorted(held.voters), rows, 1),
        ("the copy and who came when", knowing, posted, entries),
    ):
        links = {order: attacks.links(voters, stolen, by, held.truth) for order, by in orders.items()}
        best, most = max(links, key=lambda each: links[each]), attacks.most_by_chance(expected, len(orders))
        found.figures[f"{name}, {thief}"] = (
            f"at most {links[best]} of {len(voters)} voters, by {best}; chance {expected}, + 3σ "
            f"{expected + 3 * expected**0.5:.0f}, best of {len(orders)} tries up to {most}"
        )
        found.broken[f"{name}, {thief}: links above chance"] = max(0, links[best] - most)
    found.figures[f"{name}, waiting for the board"] = len(rows) - len(posted)
    if db.engine.dialect.name == "postgresql":
        written, _ = attacks.places_in(files_of(folder)[1], list(tracks))
        right = attacks.neighbours(knowing, posted, lambda row: written.get(row["track"], 0), held.truth)
        found.figures[f"{name}, in the write-ahead log right behind who came before"] = (
            f"{right} of {len(knowing)} ballots; chance 1"
        )
    return found


def with_key(held: Held, folder: Path, name: str, *, is_promised: bool) -> Findings:
    """Look with the key for the slots of voters in every file, and whether a ballot can be read beside them."""
    found, tracks = Findings(), list(held.truth.values())
    for kind, files in zip(("files", "write-ahead log"), files_of(folder), strict=True):
        seen, told = attacks.read_beside_slots(files, list(held.slots.values()), tracks)
        found.figures[f"{name}, with the key, in the {kind}"] = (
            f"slots of {seen} voters, with a ballot beside it {told} (of {len(tracks)})"
        )
        if is_promised and kind == "files":
            found.broken[f"{name}, with the key: ballots found"] = told
    return found


def run(voters: int, seed: int, folder: Path, *, is_poll: bool) -> Findings:
    """Hold a vote, attack it while it is on, seal it, and attack it again."""
    vote = begin()
    held = hold(vote, voters, random.Random(seed), is_poll=is_poll)
    kind = "poll" if is_poll else "codes"
    found = attack(held, "ballot", folder, f"{kind}, before the seal")
    found |= with_key(held, folder, f"{kind}, before the seal", is_promised=False)
    seal(vote)
    found |= attack(held, "sealed_ballot", folder, f"{kind}, after the seal")
    return found | with_key(held, folder, f"{kind}, after the seal", is_promised=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--voters", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="load-secrecy-") as folder:
        Path(folder).chmod(0o755)
        print(f"engine {options.engine}, seed {options.seed}")
        with database(options.engine, Path(folder)) as (address, _), town(environment(Path(folder), address)):
            found = Findings()
            for is_poll in (False, True):
                found |= run(options.voters, options.seed, Path(folder), is_poll=is_poll)
            return tell(found)


if __name__ == "__main__":
    sys.exit(main())
