"""Let one voter cast from fifty connections at once, again and again, and see whether more than one ballot is kept.

    python -m tests.load.race --times 200 --engine postgresql

Five processes of ten threads, each with a connection of its own, wait for each other and then cast for the same voter:
first for an empty slot, then all for the ballot of which they saw the first version, and then with that version that
is old by now. Of the first two exactly one may succeed each time, of the last none. The exit code is 1 when a promise
is broken.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import threading
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from buurtbegroting import config
from buurtbegroting.app import create_app
from buurtbegroting.blueprints.voting.actions.casting import Sent, cast_ballot, receipt_of
from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.civic.refusals import Changed
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db
from tests.factories.voting import ONE

from .findings import Findings, tell
from .judging import leaves_of
from .servers import ENGINES, database, environment
from .votes import Vote, ballots, begin, choice, paper_of, slots, town

PROCESSES, THREADS = 5, 10
# Which version the contenders say they saw, one try after another.
SEEN = (0, 1, 1)


def contend(environ: dict[str, str], vote: Vote, times: int, barrier: Any, ends: Any) -> None:
    """Cast from some threads of this process, every time together with all others; tell how each try ended."""
    app = create_app(config.from_environment(environ))
    with app.app_context():
        tenancy.enter(db.session(), vote.municipality_id)
        paper, places = paper_of(vote), slots(vote, times)
        db.session.remove()

    def cast(seed: int) -> None:
        chance = random.Random(seed)
        with app.app_context():
            tenancy.enter(db.session(), vote.municipality_id)
            for number, slot in enumerate(places):
                for try_, seen in enumerate(SEEN):
                    choices = [(key, ONE) for key in choice(vote, chance)]
                    barrier.wait()
                    try:
                        leaf = cast_ballot(ANONYMOUS, paper, Sent(slot, choices, seen, uuid.uuid4().hex)).leaf
                    except Changed:
                        leaf = ""
                    except DBAPIError as error:
                        leaf = type(error).__name__
                    ends.put((number, try_, leaf))

    threads = [threading.Thread(target=cast, args=(random.getrandbits(32),)) for _ in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def race(environ: dict[str, str], vote: Vote, times: int) -> list[tuple[int, int, str]]:
    """Let all processes contend so many times; return how every try ended."""
    processes = multiprocessing.get_context("spawn")
    barrier, ends = processes.Barrier(PROCESSES * THREADS), processes.Queue()
    started = [
        processes.Process(target=contend, args=(environ, vote, times, barrier, ends), daemon=True)
        for _ in range(PROCESSES)
    ]
    for each in started:
        each.start()
    found = [ends.get(timeout=60) for _ in range(times * len(SEEN) * PROCESSES * THREADS)]
    for each in started:
        each.join()
    return found


def judge(vote: Vote, times: int, ends: list[tuple[int, int, str]]) -> Findings:
    """Count who succeeded in every try, and look at what lies in the box."""
    won = Counter((number, try_) for number, try_, leaf in ends if len(leaf) == 64)
    second = {number: leaf for number, try_, leaf in ends if try_ == 1 and len(leaf) == 64}
    lying = {each.slot: each for each in ballots(vote)}
    kept = [lying.get(slot) for slot in slots(vote, times)]
    shown = Counter(leaf for _, _, leaf in ends if len(leaf) == 64)
    return Findings(
        {"races": times, "casts": len(ends), "in the box": len(lying)},
        {
            "first votes of which not exactly one was kept": sum(won[number, 0] != 1 for number in range(times)),
            "changes of which not exactly one was kept": sum(won[number, 1] != 1 for number in range(times)),
            "ballots written over with an old version": sum(won[number, 2] for number in range(times)),
            "ballots above one per voter": len(ballots(vote)) - times,
            "ballots other than the last one acknowledged": sum(
                ballot is None or ballot.version != 2 or receipt_of(ballot).leaf != second.get(number)
                for number, ballot in enumerate(kept)
            ),
            "leaves without a receipt, or receipts without a leaf": (
                (leaves_of(vote) - shown) + (shown - leaves_of(vote))
            ).total(),
            "errors": sum(0 < len(leaf) < 64 for _, _, leaf in ends),
        },
    )


def main() -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--times", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="load-race-") as folder:
        Path(folder).chmod(0o755)
        with database(options.engine, Path(folder)) as (address, _):
            environ = environment(Path(folder), address)
            with town(environ):
                vote = begin()
                print(f"engine {options.engine}, {PROCESSES * THREADS} connections")
                return tell(judge(vote, options.times, race(environ, vote, options.times)))


if __name__ == "__main__":
    sys.exit(main())
