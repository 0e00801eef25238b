"""Kill workers and let the mail server fail, and see whether a mail is lost.

    python -m benchmarks.outbox_faults --kills 50 --mails 400 --seed 1

Deeds write mails with the product's outbox into a SQLite database of their own; some of the deeds are undone. Two
workers, each a process of its own, send them to a server on this machine that refuses, stalls and dies by seed
(``benchmarks/mail_server.py``), and are killed at random moments. Between rounds, with no worker alive, the clock of
those to come is moved on, so that leases and waits are over. In the end every mail is looked up at both sides. The
exit code is 1 when a promise is broken.

The server's answers follow from the seed; the moments of the kills do so only as far as the machine keeps time.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import machine
from benchmarks.mail_server import HOST, Answer, Faults, MailServer
from buurtbegroting import config
from buurtbegroting.app import create_app
from buurtbegroting.blueprints.accounts.notices import ROLE_GIVEN
from buurtbegroting.blueprints.municipalities.actions import create_municipality
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.foundation import jobs, outbox, tenancy
from buurtbegroting.foundation.database import db, read_anew
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.jobs import Job
from buurtbegroting.foundation.outbox import Message, MessageState, Recipient, delivery

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
# In each round single workers are killed and replaced, and then all at once.
SINGLE_KILLS = 3
SECONDS_BETWEEN_KILLS = (0.2, 2.4)
# Longer than a lease, and than the wait for another try.
NEXT_ROUND = max(jobs.LEASE, delivery.WAIT * 1.2) + timedelta(minutes=1)
SHARE_UNDONE = 0.2
OUTAGE_MAILS = 30


class UndoneError(Exception):
    """Something went wrong in a deed after it wrote a mail."""


@deed(unaudited="nothing happened in any town")
def write_mail(actor: Actor, address: str, *, is_kept: bool) -> uuid.UUID:
    """Write a mail in a deed that is kept, or undone after all; return the event that it tells of."""
    event_id = uuid.uuid4()
    to = Recipient(None, "nl", "email", address, "Bewoner")
    outbox.send(db.session(), ROLE_GIVEN, to, event_id, role="moderator")
    db.session.flush()
    if not is_kept:
        raise UndoneError
    return event_id


@dataclass
class Written:
    """The address of every mail that was written: with its event when the deed was kept."""

    kept: dict[str, uuid.UUID] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)

    def write(self, mails: int, chance: random.Random) -> None:
        """Write so many mails, and now and then one in a deed that is undone."""
        for _ in range(mails):
            address = f"bewoner{len(self.kept) + 1}@voorbeeld.example"
            self.kept[address] = write_mail(SYSTEM, address, is_kept=True)
            if chance.random() < SHARE_UNDONE:
                self._write_and_undo(f"nooit{len(self.undone) + 1}@voorbeeld.example")

    def _write_and_undo(self, address: str) -> None:
        self.undone.add(address)
        try:
            write_mail(SYSTEM, address, is_kept=False)
        except UndoneError:
            return


class Workers:
    """Processes of the product that send, each with the clock of the round in which it began."""

    def __init__(self, environ: dict[str, str], log: Path) -> None:
        self.environ = environ
        self.log = log
        self.offset = timedelta()
        self.kills = 0
        self.ended_alone = 0
        self.left_unfinished = 0
        self.running: list[subprocess.Popen[bytes]] = []

    def _command(self, *arguments: str) -> tuple[list[str], dict[str, str]]:
        clock = {"BUURTBEGROTING_CLOCK_OFFSET": str(int(self.offset.total_seconds()))}
        return [sys.executable, "-m", "buurtbegroting", "work", *arguments], self.environ | clock

    def start(self) -> None:
        """Let one more worker begin."""
        command, environ = self._command()
        with self.log.open("ab") as log:
            self.running.append(subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log))

    def kill(self, place: int) -> None:
        """Let a worker stop at once, whatever it is doing."""
        worker = self.running.pop(place)
        if worker.poll() is None:
            worker.kill()
            self.kills += 1
        else:
            self.ended_alone += 1
        worker.wait()

    def end_round(self) -> None:
        """Kill everybody, count what they had in hand, and move the clock."""
        while self.running:
            self.kill(0)
        read_anew(db.session())
        in_hand = Job.claimed_until.is_not(None) & Job.finished_at.is_(None) & Job.failed_at.is_(None)
        self.left_unfinished += db.session.scalar(select(func.count()).select_from(Job).where(in_hand)) or 0
        self.offset += NEXT_ROUND

    def once(self) -> None:
        """Do in one process what is due, without anybody killing it."""
        command, environ = self._command("--once")
        with self.log.open("ab") as log:
            subprocess.run(command, cwd=ROOT, env=environ, stdout=log, stderr=log, check=True)


def storm(workers: Workers, written: Written, options: argparse.Namespace, chance: random.Random) -> None:
    """Write the mails while workers come and are killed."""
    rounds = max(1, options.kills // (SINGLE_KILLS + WORKERS))
    for number in range(rounds):
        for _ in range(WORKERS):
            workers.start()
        mails = options.mails * (number + 1) // rounds - options.mails * number // rounds
        for part in range(SINGLE_KILLS + 1):
            written.write(mails * (part + 1) // (SINGLE_KILLS + 1) - mails * part // (SINGLE_KILLS + 1), chance)
            time.sleep(chance.uniform(*SECONDS_BETWEEN_KILLS))
            if part < SINGLE_KILLS:
                workers.kill(chance.randrange(WORKERS))
                workers.start()
        workers.end_round()


def outage(workers: Workers, written: Written, server: MailServer, hours: float, chance: random.Random) -> None:
    """Let the server be away for some hours of the moved clock, while workers go on trying."""
    server.stop()
    written.write(OUTAGE_MAILS, chance)
    ends = workers.offset + timedelta(hours=hours)
    while workers.offset < ends:
        workers.once()
        workers.offset += timedelta(minutes=1)
    server.start()


def calm(workers: Workers) -> None:
    """Let what is left be tried until nothing waits, or until nothing will be tried any more."""
    for _ in range(delivery.ATTEMPTS + 2):
        workers.once()
        workers.offset += NEXT_ROUND
        read_anew(db.session())
        if not jobs.health(db.session()).waiting:
            return


@dataclass
class Findings:
    """What was seen in the end: figures to know, and promises with how often each was broken."""

    figures: dict[str, object] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)


def judge(written: Written, faults: Faults, workers: Workers) -> Findings:
    """Look up every mail at both sides."""
    read_anew(db.session())
    messages = {each.event_id: each for each in db.session.scalars(select(Message))}
    arrived = {each.address for each in faults.taken}
    found = {address: messages.get(event) for address, event in written.kept.items()}
    states = [message.state for message in messages.values()]
    unasked = messages.keys() - set(written.kept.values())
    lost = [
        address
        for address, message in found.items()
        if message is None or (address not in arrived and not _is_given_back(message, address, faults))
    ]
    answers: dict[str, list[Answer]] = {}
    for each in faults.taken:
        answers.setdefault(each.message_id, []).append(each.answer)
    earlier = [set(given[:-1]) for given in answers.values() if len(given) > 1]
    by_worker = sum(bool(given & {Answer.ACCEPTS, Answer.QUITS_BADLY}) for given in earlier)
    return Findings(
        {
            "mails written": len(written.kept),
            "mails the server took (distinct Message-IDs)": len(answers),
            "twice delivered": len(earlier),
            "  because the server died after taking it": len(earlier) - by_worker,
            "  because the worker was killed": by_worker,
            "bounced": states.count(MessageState.BOUNCED),
            "deeds undone": len(written.undone),
            "kills of a worker": workers.kills,
            "  with a job in hand": workers.left_unfinished,
            "workers that ended by themselves": workers.ended_alone,
            "tries by answer of the server": ", ".join(f"{name} {n}" for name, n in faults.answers.most_common()),
        },
        {
            "lost": len(lost),
            "given up": states.count(MessageState.GIVEN_UP),
            "still waiting": states.count(MessageState.WAITING),
            "sent though the deed was undone": len(arrived & written.undone) + len(unasked),
            "not wiped after it was out": sum(
                message is not None and message.sealed is not None and address in arrived
                for address, message in found.items()
            ),
            "twice delivered without a server or a kill to blame": max(0, by_worker - workers.left_unfinished),
        },
    )


def _is_given_back(message: Message, address: str, faults: Faults) -> bool:
    """Tell whether the outbox says that a mail did not arrive, and is right to."""
    if message.state == MessageState.BOUNCED:
        return faults.has_no_mailbox(address)
    return message.state == MessageState.GIVEN_UP


def run(options: argparse.Namespace, folder: Path) -> Findings:
    """Make a town in a folder, let the storm go over it, and judge."""
    chance = random.Random(options.seed)
    server = MailServer(Faults(options.seed))
    server.start()
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("BUURTBEGROTING_", "DATABASE"))
    }
    environ |= {
        "BUURTBEGROTING_DATA_DIR": str(folder),
        "BUURTBEGROTING_MAIL_URL": f"smtp://{HOST}:{server.port}",
        "BUURTBEGROTING_LOG_LEVEL": "CRITICAL",
    }
    workers, written = Workers(environ, folder / "workers.log"), Written()
    subprocess.run([sys.executable, "-m", "buurtbegroting", "database", "upgrade"], cwd=ROOT, env=environ, check=True)
    with create_app(config.from_environment(environ)).app_context():
        try:
            town = create_municipality(SYSTEM, Municipality(code="GM9998", name="Proefstad", phone="14 0998"), ())
            tenancy.enter(db.session(), town.id)
            storm(workers, written, options, chance)
            if options.outage_hours:
                outage(workers, written, server, options.outage_hours, chance)
            calm(workers)
            return judge(written, server.faults, workers)
        finally:
            while workers.running:
                workers.kill(0)
            server.stop()


def main() -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--mails", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--outage-hours", type=float, default=0, help="then let the server be away for so long")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="outbox-faults-") as folder:
        findings = run(options, Path(folder))
        said = (Path(folder) / "workers.log").read_text(errors="replace")
    for name, figure in findings.figures.items():
        print(f"{name}: {figure}")
    for name, count in findings.broken.items():
        print(f"{name}: {count} (promised: 0)")
    print(f"seed {options.seed}; {time.monotonic() - began:.0f} s on {machine.description()}")
    if findings.figures["workers that ended by themselves"]:
        print(said[-4000:], file=sys.stderr)
    return int(any(findings.broken.values()))


if __name__ == "__main__":
    sys.exit(main())
