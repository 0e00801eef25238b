"""Kill the site, or its database server, in the middle of a vote, and see whether an acknowledged ballot is lost.

    python -m tests.load.kills --what site --kills 50 --engine sqlite
    python -m tests.load.kills --what postgres --kills 20 --engine postgresql

Callers vote as in ``tests.load.cast`` and send the same form again until they get an answer, as a person does who sees
that the site is gone. The site is killed with its master and workers, and started again; PostgreSQL is killed with all
its backends, and started again, while the site is left alone and must find its way back by itself. A ballot that was
acknowledged is never sent again: when its receipt is gone it counts as lost. The exit code is 1 when a promise is
broken.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy.exc import OperationalError

from buurtbegroting.blueprints.voting.actions.board import post_leaves
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation.database import db

from .callers import Running, let_vote, wishes
from .findings import Findings, milliseconds, tell
from .judging import judge
from .servers import ENGINES, Postgres, Site, database, environment
from .votes import Vote, ballots, begin, round_of, ticket_cookies, town

CHANGES, DROPS = 0.1, 0.05
SECONDS_BETWEEN_KILLS = (0.3, 1.2)
LONGEST_AWAY = 10.0
SITE, POSTGRES = "site", "postgres"


class Killer:
    """Who lets servers stop at once, and looks at how they come back."""

    def __init__(self, vote: Vote, site: Site, server: Postgres | None) -> None:
        self.vote, self.site, self.server = vote, site, server
        self.kills = self.kept_unanswered = 0
        self.away: list[float] = []

    def strike(self, running: Running) -> None:
        """Kill once, start again, and wait until somebody gets a receipt."""
        began, had = time.monotonic(), len(running.ledger.cast_seconds)
        if self.server:
            self.server.kill()
            self.server.start()
        else:
            self.site.kill()
            self.kept_unanswered += self._kept_of(set(running.ledger.in_flight))
            self.site.start()
        self.kills += 1
        while running.is_going_on and len(running.ledger.cast_seconds) == had:
            time.sleep(0.01)
        self.away.append(time.monotonic() - began)

    def _kept_of(self, submissions: set[str]) -> int:
        hashes = {hashlib.sha256(each.encode()).hexdigest() for each in submissions}
        return sum(each.submission_hash in hashes for each in ballots(self.vote))


def post(vote: Vote) -> None:
    """Post the board as the worker does; a database that was away is asked again the next time."""
    try:
        post_leaves(SYSTEM, round_of(vote).pots[0])
    except OperationalError:
        db.session.rollback()


def storm(environ: dict[str, str], vote: Vote, server: Postgres | None, options: argparse.Namespace) -> Findings:
    """Let everybody vote while servers are killed, and judge."""
    chance = random.Random(options.seed)
    wanted = wishes(vote, options.voters, chance, changes=CHANGES, drops=DROPS)
    cookies = ticket_cookies(vote, options.voters)
    site = Site(environ, Path(environ["BUURTBEGROTING_DATA_DIR"]) / "site.log")
    killer = Killer(vote, site, server if options.what == POSTGRES else None)
    try:
        running = let_vote(site.port, vote, cookies, wanted, options.clients)
        while not running.ledger.cast_seconds and running.is_going_on:
            time.sleep(0.05)
        while running.is_going_on and killer.kills < options.kills:
            time.sleep(chance.uniform(*SECONDS_BETWEEN_KILLS))
            killer.strike(running)
            post(vote)
        ledger = running.wait()
    finally:
        site.stop()
    found = judge(vote, wanted, ledger)
    found.figures |= {
        f"kills of the {options.what}": killer.kills,
        "answers": ", ".join(f"{name} {n}" for name, n in ledger.answers.most_common()),
        "kept though the answer did not arrive": "not seen" if killer.server else killer.kept_unanswered,
        "from a kill to the next receipt": milliseconds(killer.away),
    }
    found.broken["kills that were not done before everybody had voted"] = options.kills - killer.kills
    found.broken[f"times away longer than {LONGEST_AWAY:.0f} s"] = sum(each > LONGEST_AWAY for each in killer.away)
    found.broken["acknowledged answers other than receipts"] = sum(
        n for name, n in ledger.answers.items() if name.isdecimal() and int(name) < 500 and name != "303"
    )
    return found


def run(options: argparse.Namespace, folder: Path) -> Findings:
    """Make a database in a folder, and let the storm go over it."""
    with database(options.engine, folder) as (address, server):
        environ = environment(folder, address)
        with town(environ):
            return storm(environ, begin(), server, options)


def main() -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--what", choices=(SITE, POSTGRES), default=SITE)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--voters", type=int, default=3000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what == POSTGRES and options.engine != "postgresql":
        parser.error("--what postgres goes with --engine postgresql")
    with tempfile.TemporaryDirectory(prefix="load-kills-") as folder:
        Path(folder).chmod(0o755)
        print(f"engine {options.engine}, {options.clients} clients, seed {options.seed}")
        return tell(run(options, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
