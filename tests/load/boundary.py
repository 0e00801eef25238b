"""Cast thousands of ballots around the last moment of a vote, and see whether one is received at it or after it.

    python -m tests.load.boundary --casts 10000 --engine sqlite

First the clock stands still at 1 ms before the end, at the end, 1 ms after it, and at moments of chance around them.
Then it runs, and threads cast as fast as they can while the end passes: a ballot that was sent after the end by the
clock of the database must be refused, and one that was answered before it must not. The exit code is 1 when a promise
is broken.
"""

from __future__ import annotations

import argparse
import random
import secrets
import sys
import tempfile
import threading
import uuid
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import flask
import sqlalchemy as sa

from buurtbegroting.blueprints.rounds.models import RoundPhase
from buurtbegroting.blueprints.voting.actions.casting import Sent, cast_ballot
from buurtbegroting.blueprints.voting.ballot_paper import BallotPaper
from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.foundation import clock, tenancy
from buurtbegroting.foundation.database import db, transaction

from .findings import Findings, tell
from .servers import ENGINES, database, environment
from .votes import Vote, ballots, begin, paper_of, slots, town

MILLISECOND = timedelta(milliseconds=1)
SECONDS_AROUND = 2.0
THREADS = 8


def end_at(moment: datetime) -> None:
    """Let the vote end at a moment, and what comes after it begin then."""
    with transaction(db.session()):
        for phase in db.session.scalars(sa.select(RoundPhase)):
            if phase.kind is PhaseKind.VOTE:
                phase.ends_at = moment
            elif phase.starts_at >= moment:
                phase.starts_at, phase.ends_at = moment, moment + timedelta(weeks=1)


def is_received(paper: BallotPaper, slot: str) -> bool:
    """Cast a blank ballot, and tell whether it was received."""
    try:
        cast_ballot(ANONYMOUS, paper, Sent(slot, (), 0, uuid.uuid4().hex))
    except NotNow:
        return False
    return True


def still(vote: Vote, casts: int, chance: random.Random) -> Findings:
    """Cast while the clock stands at moments around the end."""
    end = clock.now(db.session()).replace(microsecond=0) + timedelta(hours=1)
    end_at(end)
    paper, received, early, late = paper_of(vote), 0, 0, 0
    exact = (-MILLISECOND, timedelta(), MILLISECOND, timedelta(microseconds=-1), timedelta(microseconds=1))
    for slot in slots(vote, casts):
        away = chance.choice([*exact, timedelta(seconds=chance.uniform(-2, 2))])
        with mock.patch.object(clock, "now", return_value=end + away):
            is_in = is_received(paper, slot)
        received += is_in
        early += not is_in and away < timedelta()
        late += is_in and away >= timedelta()
    return Findings(
        {"casts with the clock standing still": casts, "of which received": received},
        {
            "received at the end or after it": late,
            "refused before the end": early,
            "ballots in the box without a receipt, or the other way round": abs(len(ballots(vote)) - received),
        },
    )


def running(app: flask.Flask, vote: Vote) -> Findings:
    """Cast from threads as fast as they can while the end passes, until some time after it."""
    end_at(end := clock.now(db.session()) + timedelta(seconds=SECONDS_AROUND))
    paper, before, ends = paper_of(vote), len(ballots(vote)), Counter[str]()

    def cast() -> None:
        with app.app_context():
            tenancy.enter(db.session(), vote.municipality_id)
            sent = clock.now(db.session())
            while sent < end + timedelta(seconds=SECONDS_AROUND):
                is_in, answered = is_received(paper, secrets.token_hex(32)), clock.now(db.session())
                ends["received"] += is_in
                ends["refused"] += not is_in
                ends["late"] += is_in and sent >= end
                ends["early"] += not is_in and answered < end
                sent = clock.now(db.session())
            db.session.remove()

    threads = [threading.Thread(target=cast) for _ in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return Findings(
        {"casts while the end passed": f"{ends['received']} received, {ends['refused']} refused"},
        {
            "sent after the end and received": ends["late"],
            "answered before the end and refused": ends["early"],
            "while the end passed: ballots other than receipts": abs(len(ballots(vote)) - before - ends["received"]),
            "while the end passed: nobody on one of both sides": int(not (ends["received"] and ends["refused"])),
        },
    )


def main() -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--casts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="load-boundary-") as folder:
        Path(folder).chmod(0o755)
        print(f"engine {options.engine}, seed {options.seed}")
        with (
            database(options.engine, Path(folder)) as (address, _),
            town(environment(Path(folder), address)) as app,
        ):
            vote = begin()
            return tell(still(vote, options.casts, random.Random(options.seed)) | running(app, vote))


if __name__ == "__main__":
    sys.exit(main())
