"""Time the way in for addresses that are known and that are not: a stopwatch should not tell them apart.

    python -m benchmarks.sign_in_timing --tries 300 --seed 1

Asks for a link, asks for a new password and fails a password in the app itself, on a SQLite database of its own, for
unknown addresses, residents and officials in turn, in an order of chance. "unknown again" is the same as unknown: what
it differs by is noise. The probe is the page with the form, opened before each try. Counted too: statements to the
database and Argon2 hashes of one try. The exit code is 1 when these are not the same for everybody; times depend on
the machine and fail nothing.
"""

from __future__ import annotations

import argparse
import functools
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask
import flask_migrate
from argon2 import PasswordHasher
from sqlalchemy import delete, event

from benchmarks import machine
from buurtbegroting.app import create_app
from buurtbegroting.blueprints.accounts.actions import roles
from buurtbegroting.blueprints.accounts.models import Channel, MailedLink, Person
from buurtbegroting.blueprints.municipalities.actions import create_municipality
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import SYSTEM, Role, RoleName
from buurtbegroting.config import Settings
from buurtbegroting.foundation import clock, crypto, paths, tenancy
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.jobs import Job
from buurtbegroting.foundation.limits import Tries
from buurtbegroting.foundation.outbox import Message

UNKNOWN = "unknown"
KINDS = (UNKNOWN, "unknown again", "resident", "official")
# What is tried: the page, and the status of its answer.
WAYS = {
    "ask for a link": ("/inloggen", 303),
    "ask for a new password": ("/wachtwoord-vergeten", 200),
    "fail a password": ("/inloggen/wachtwoord", 422),
}
PASSWORD, WRONG_PASSWORD = "vier losse woorden op papier", "vier andere woorden op papier"
PERCENT_95 = 18  # of nineteen cuts into twentieths


@dataclass
class Tried:
    """What the tries of one way by one kind of address took: seconds, the form's page, statements, and hashes."""

    seconds: list[float] = field(default_factory=list)
    probes: list[float] = field(default_factory=list)
    work: list[Counter[str]] = field(default_factory=list)

    @property
    def usual_work(self) -> Counter[str]:
        """What most tries did, by statement."""
        return Counter(dict(Counter(frozenset(each.items()) for each in self.work).most_common(1)[0][0]))

    def percentiles(self) -> tuple[float, float]:
        """Return median and 95th percentile in milliseconds."""
        cuts = statistics.quantiles(self.seconds, n=20)
        return statistics.median(self.seconds) * 1000, cuts[PERCENT_95] * 1000


HASH = "Argon2"


@contextmanager
def counted(app: flask.Flask) -> Iterator[Counter[str]]:
    """Count the statements to the database, by text, and the Argon2 hashes; the counter is emptied by who reads it."""
    counts: Counter[str] = Counter()

    def note_statement(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        counts[re.sub(r"\s+", " ", statement)] += 1

    def noted(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def note_hash(*args: Any, **options: Any) -> Any:
            counts[HASH] += 1
            return function(*args, **options)

        return note_hash

    former = {name: getattr(PasswordHasher, name) for name in ("hash", "verify")}
    for name, function in former.items():
        setattr(PasswordHasher, name, noted(function))
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note_statement)
    try:
        yield counts
    finally:
        event.remove(engine, "before_cursor_execute", note_statement)
        for name, function in former.items():
            setattr(PasswordHasher, name, function)


def address(kind: str, number: int) -> str:
    """Return an address; all are equally long."""
    return f"{KINDS.index(kind)}bewoner{number:06}@voorbeeld.example"


def fill(tries: int) -> None:
    """Make a town with residents and officials, all with a password."""
    town = create_municipality(SYSTEM, Municipality(code="GM9998", name="Proefstad", phone="14 0998"), ())
    tenancy.enter(db.session(), town.id)
    hashed = crypto.hashed_password(PASSWORD)
    with transaction(db.session()):
        now = clock.now(db.session())
        for kind in KINDS[2:]:
            for number in range(tries):
                person = Person(
                    name="Bewoner",
                    email=address(kind, number),
                    email_confirmed_at=now,
                    channel=Channel.EMAIL,
                    made_on=clock.local_day(now),
                    password_hash=hashed,
                )
                db.session.add(person)
                if kind == "official":
                    db.session.flush()
                    roles.give_role(SYSTEM, person, Role(RoleName.OFFICIAL))


def forget_tries() -> None:
    """Let limits begin anew, and keep the tables as small as they were."""
    with transaction(db.session()):
        for model in (Tries, MailedLink, Job, Message):
            db.session.execute(delete(model).execution_options(synchronize_session=False))


def attempt(app: flask.Flask, way: str, who: str, counts: Counter[str], tried: Tried) -> None:
    """Try once with a fresh browser, and keep what it took."""
    path, expected = WAYS[way]
    browser = app.test_client()
    began = time.perf_counter()
    page = browser.get(path).text
    tried.probes.append(time.perf_counter() - began)
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
    data = {"csrf_token": token, "email": who} | ({"password": WRONG_PASSWORD} if "wachtwoord" in path[1:] else {})
    counts.clear()
    began = time.perf_counter()
    answer = browser.post(path, data=data)
    tried.seconds.append(time.perf_counter() - began)
    tried.work.append(Counter(counts))
    if answer.status_code != expected:
        raise RuntimeError(f"{way}: {answer.status_code} instead of {expected}")


def measure(app: flask.Flask, tries: int, chance: random.Random) -> dict[tuple[str, str], Tried]:
    """Try every way with every kind of address, so many times."""
    tried = {(way, kind): Tried() for way in WAYS for kind in KINDS}
    with app.app_context():
        fill(tries)
        town = tenancy.current(db.session())
    with counted(app) as counts:
        for number in range(tries):
            order = list(tried)
            chance.shuffle(order)
            for way, kind in order:
                attempt(app, way, address(kind, number), counts, tried[way, kind])
            with app.app_context():
                tenancy.enter(db.session(), town)
                forget_tries()
    return tried


def report(tried: dict[tuple[str, str], Tried]) -> bool:
    """Print a table and what work differs; return whether the work is the same for everybody."""
    print("| way | address | median ms | p95 ms | Δ median | Δ p95 | Δ p95 ÷ probe | statements | Argon2 |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    differences = []
    for way in WAYS:
        least = tried[way, UNKNOWN]
        probe = statistics.median(second for kind in KINDS for second in tried[way, kind].probes) * 1000
        for kind in KINDS:
            each, work = tried[way, kind], tried[way, kind].usual_work
            (median, high), (least_median, least_high) = each.percentiles(), least.percentiles()
            times = f"{median:.2f} | {high:.2f} | {median - least_median:+.2f} | {high - least_high:+.2f}"
            statements = work.total() - work[HASH]
            print(f"| {way} | {kind} | {times} | {(high - least_high) / probe:+.2f} | {statements} | {work[HASH]} |")
            more, less = work - least.usual_work, least.usual_work - work
            differences += [f"{way}, {kind}: {n} more: {statement[:200]}" for statement, n in more.items()]
            differences += [f"{way}, {kind}: {n} less: {statement[:200]}" for statement, n in less.items()]
        print(f"| {way} | probe: the form | {probe:.2f} | | | | | | |")
    print("\n".join(["", *(differences or ["The work is the same for every address."])]))
    return not differences


def main() -> int:
    """Measure once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=300, help="of each way by each kind of address")
    parser.add_argument("--seed", type=int, default=1, help="of the order")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sign-in-timing-") as folder:
        app = create_app(Settings(data_dir=Path(folder), log_level="CRITICAL"))
        with app.app_context():
            flask_migrate.upgrade(directory=str(paths.MIGRATIONS))
        is_same = report(measure(app, options.tries, random.Random(options.seed)))
    print(f"{options.tries} tries each, seed {options.seed}, on {machine.description()}")
    return int(not is_same)


if __name__ == "__main__":
    sys.exit(main())
