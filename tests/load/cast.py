"""Let thousands of voters cast ballots through HTTP at once, and see whether one is lost, doubled or told wrongly.

    python -m tests.load.cast --voters 10000 --engine sqlite

The site runs under gunicorn (2 workers of 4 threads). Tickets are sealed beforehand and a client fetches its token
against forged requests once, so that what is measured is casting (a POST) and the receipt (a GET), and not Argon2. One
voter in ten changes the vote; of one in twenty the answer gets lost and the same form comes again, twice. While they
vote, the board is posted every few seconds. Beside it, on the same database: the same two rows written by eight
threads without any site, and by an app of one page under the same gunicorn. The exit code is 1 when a promise is
broken.
"""

from __future__ import annotations

import argparse
import http.client
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from buurtbegroting.blueprints.voting.actions.board import post_leaves
from buurtbegroting.civic.actors import SYSTEM

from .callers import let_vote, wishes
from .findings import Findings, milliseconds, tell
from .judging import judge
from .plainest import engine_of, write
from .servers import ENGINES, Site, database, environment
from .votes import Vote, begin, round_of, ticket_cookies, town

CHANGES, DROPS = 0.1, 0.05
SECONDS_BETWEEN_POSTS = 5
AIM = "aim on SQLite: 150 ballots/s, p95 under 300 ms, max under 2 s"


def cast(environ: dict[str, str], vote: Vote, options: argparse.Namespace) -> Findings:
    """Let everybody vote, and judge."""
    chance = random.Random(options.seed)
    wanted = wishes(vote, options.voters, chance, changes=CHANGES, drops=DROPS)
    cookies = ticket_cookies(vote, options.voters)
    site = Site(environ, Path(environ["BUURTBEGROTING_DATA_DIR"]) / "site.log")
    try:
        running = let_vote(site.port, vote, cookies, wanted, options.clients)
        posted = 0
        while running.is_going_on:
            running.threads[-1].join(SECONDS_BETWEEN_POSTS)
            posted += post_leaves(SYSTEM, round_of(vote).pots[0])
        ledger = running.wait()
        seconds = time.monotonic() - ledger.began_at
    finally:
        site.stop()
    found = judge(vote, wanted, ledger)
    found.figures |= {
        "answers": ", ".join(f"{name} {n}" for name, n in ledger.answers.most_common()),
        "lost answers tried again": ledger.retries,
        "leaves posted meanwhile": posted,
        "ballots with receipt": f"{len(ledger.ballots) / seconds:.0f}/s ({AIM})",
        "cast": milliseconds(ledger.cast_seconds),
        "receipt": milliseconds(ledger.receipt_seconds),
    }
    found.broken["answers that are no receipt"] = sum(n for name, n in ledger.answers.items() if name != "303")
    return found


def timed(work: Callable[[], None], times: int, threads: int) -> tuple[float, list[float]]:
    """Do some work so many times from some threads; return how often per second, and how long each took."""
    seconds: list[float] = []

    def repeat(share: int) -> None:
        for _ in range(share):
            began = time.monotonic()
            work()
            seconds.append(time.monotonic() - began)

    workers = [threading.Thread(target=repeat, args=(times // threads,)) for _ in range(threads)]
    began = time.monotonic()
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    return len(seconds) / (time.monotonic() - began), seconds


def beside(environ: dict[str, str], vote: Vote, options: argparse.Namespace) -> Findings:
    """Write the same rows without any site, and by an app of one page."""
    payload, times = '[["' + '","1"],["'.join(vote.keys[:4]) + '","1"]]', min(options.voters, 4000)
    engine = engine_of(environ["BUURTBEGROTING_DATABASE_URL"])
    raw, waits = timed(lambda: write(engine, vote.municipality_id, vote.pot_ids[1], payload), times, 8)
    engine.dispose()
    plainest = {"PLAINEST_TOWN": str(vote.municipality_id), "PLAINEST_POT": str(vote.pot_ids[2])}
    log = Path(environ["BUURTBEGROTING_DATA_DIR"]) / "plainest.log"
    site = Site(environ | plainest, log, "tests.load.plainest:app()")
    form = urlencode({"payload": payload})

    def post() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        connection.request("POST", "/", form, {"Content-Type": "application/x-www-form-urlencoded"})
        if connection.getresponse().read() != b"ontvangen":
            raise RuntimeError(log.read_text())
        connection.close()

    try:
        post()
        least, answers = timed(post, times, options.clients)
    finally:
        site.stop()
    return Findings(
        {
            "beside it, the same rows without a site": f"{raw:.0f}/s, {milliseconds(waits)}",
            "beside it, the same rows by an app of one page": f"{least:.0f}/s, {milliseconds(answers)}",
        }
    )


def run(options: argparse.Namespace, folder: Path) -> Findings:
    """Make a database in a folder, let everybody vote on it, and measure what stands beside."""
    with database(options.engine, folder) as (address, _):
        environ = environment(folder, address)
        with town(environ):
            vote = begin(pots=3)
            return cast(environ, vote, options) | beside(environ, vote, options)


def main() -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--voters", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="load-cast-") as folder:
        Path(folder).chmod(0o755)
        print(f"engine {options.engine}, {options.clients} clients, seed {options.seed}")
        return tell(run(options, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
