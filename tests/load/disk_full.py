"""Let the disk of the database run full in the middle of a vote, and see what voters are told and what is kept.

    python -m tests.load.disk_full --megabytes 64

The SQLite database stands on a small disk in memory (mounting one asks for root; without it this says "not run" and
exits with 3). While callers vote, the disk is filled up to the last byte, and later there is room again. Nobody may be
told that a ballot was received that is not there; who sent one meanwhile must read in bold that it was not received;
and with room on the disk everything goes on without anybody mending anything. The exit code is 1 when a promise is
broken.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from buurtbegroting.foundation.database import db, read_anew

from .callers import Running, let_vote, wishes
from .findings import NOT_RUN, Findings, tell
from .judging import judge
from .servers import Site, environment
from .votes import Vote, begin, ticket_cookies, town

CLIENTS = 16
FIRST_BALLOTS, FAILURES = 100, 60
DEADLINE = 120.0
NOT_RECEIVED = ("What you sent just now was not received", "niet ontvangen")


@contextmanager
def small_disk(megabytes: int, folder: Path) -> Iterator[Path | None]:
    """Yield a folder on a disk of its own; None where that may not be made."""
    place = folder / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path) -> Path:
    """Write a file until not one byte more fits; return it."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def wait_for(running: Running, count: str, most: int) -> None:
    """Wait until callers have seen so many answers of a kind."""
    ends = time.monotonic() + DEADLINE
    while running.ledger.answers[count] < most and running.is_going_on and time.monotonic() < ends:
        time.sleep(0.02)


def damages() -> list[str]:
    """Return what SQLite finds wrong with its files.

    Version 3.40 takes columns before the key of a table without row numbers for empty, also in a whole database.
    """
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check(1000000)").scalars().all()
    is_mistaken = sqlite3.sqlite_version_info[:2] == (3, 40)
    return [each for each in found if each != "ok" and not (is_mistaken and each.startswith("NULL value in "))]


def run(environ: dict[str, str], vote: Vote, disk: Path, options: argparse.Namespace) -> Findings:
    """Let everybody vote, fill the disk, make room, and judge."""
    wanted = wishes(vote, options.voters, random.Random(options.seed), changes=0.1, drops=0.05)
    cookies = ticket_cookies(vote, options.voters)
    read_anew(db.session())
    site = Site(environ, Path(environ["BUURTBEGROTING_DATA_DIR"]) / "site.log")
    try:
        running = let_vote(site.port, vote, cookies, wanted, CLIENTS)
        wait_for(running, "303", FIRST_BALLOTS)
        ballast = fill(disk)
        wait_for(running, "503", FAILURES)
        before = running.ledger.answers["303"]
        ballast.unlink()
        ledger = running.wait()
        log = (disk / "town.sqlite3-wal").stat().st_size
    finally:
        site.stop()
    found, said = judge(vote, wanted, ledger), ledger.said_in_bold
    damage = damages()
    failures = sum(n for name, n in ledger.answers.items() if name != "303")
    found.figures |= {
        "answers": ", ".join(f"{name} {n}" for name, n in ledger.answers.most_common()),
        "received before there was room again": before,
        "in bold": "; ".join(f"“{text}” {n}" for text, n in said.most_common()),
        "write-ahead log in the end": f"{log / 1024**2:.0f} MB",
        "integrity": ", ".join(damage) or "ok",
    }
    found.broken |= {
        "the disk did not run full": int(ledger.answers["503"] < FAILURES),
        "failures other than 503": failures - ledger.answers["503"],
        "failures that do not say in bold that the ballot was not received": ledger.answers["503"]
        - sum(n for text, n in said.items() if any(words in text for words in NOT_RECEIVED)),
        "damage": len(damage),
    }
    return found


def main() -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--voters", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="load-disk-") as folder,
        small_disk(options.megabytes, Path(folder)) as disk,
    ):
        if disk is None:
            print("not run: no disk can be mounted here")
            return NOT_RUN
        environ = environment(Path(folder), f"sqlite:///{disk / 'town.sqlite3'}")
        with town(environ):
            return tell(run(environ, begin(), disk, options))


if __name__ == "__main__":
    sys.exit(main())
