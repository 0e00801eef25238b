"""Work that is done a moment after a deed: rows in the deed's own transaction, done by a worker, again when it fails.

A job may run twice (a worker can die between doing and noting), so it is written such that twice is as good as once.
"""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import structlog
from sqlalchemy import CheckConstraint, ForeignKey, String, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from buurtbegroting.civic.refusals import Refusal

from . import clock, tenancy
from .database import Identified, db, read_anew, transaction

# As long as a worker may be busy with one job; after that another one takes it over.
LEASE = timedelta(minutes=10)
OVERDUE = timedelta(minutes=15)
KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
IDLE_SECONDS = 1.0


class Job(Identified):
    """One piece of work; ``key`` keeps the same work from being posted twice, ``error`` holds a type, never a text."""

    __tablename__ = "job"
    __table_args__ = (CheckConstraint("finished_at IS NULL OR failed_at IS NULL", name="outcome"),)

    municipality_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    args: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    run_after: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(120), default="")


@dataclass(frozen=True)
class Kind:
    """How a kind of job is done: the function, how often it is tried, how long it waits in between."""

    run: Callable[..., object]
    attempts: int
    wait: timedelta


@dataclass(frozen=True)
class Period:
    """When periodic work is due: once a day from a time on, or once in so many minutes."""

    kind: str
    day_at: time | None = None
    minutes: int = 1

    def key(self, now: datetime) -> str | None:
        """Return the name of the period that this moment lies in, or None when today's time is still to come."""
        local = now.astimezone(clock.AMSTERDAM)
        if self.day_at is not None:
            return f"{self.kind} {local.date()}" if local.time() >= self.day_at else None
        return f"{self.kind} {int(now.timestamp()) // (60 * self.minutes)}"


KINDS: dict[str, Kind] = {}
PERIODS: list[Period] = []

Work = Callable[..., object]


def job(kind: str, *, attempts: int = 5, wait: timedelta = timedelta(minutes=5)) -> Callable[[Work], Work]:
    """Make a function the way in which a kind of job is done; it gets the job's args by name."""

    def register(run: Work) -> Work:
        KINDS[kind] = Kind(run, attempts, wait)
        return run

    return register


def every(kind: str, *, day_at: time | None = None, minutes: int = 1) -> Callable[[Work], Work]:
    """Make a function work that is done again every day, or every so many minutes."""

    def register(run: Work) -> Work:
        PERIODS.append(Period(kind, day_at, minutes))
        return job(kind, attempts=3)(run)

    return register


def post(
    session: Session, kind: str, *, run_after: datetime | None = None, key: str | None = None, **args: Any
) -> None:
    """Add a job inside the running deed; with a key that was used before nothing is added."""
    if kind not in KINDS:
        raise KeyError(kind)
    row = Job(
        municipality_id=session.info.get("municipality_id"),
        kind=kind,
        args=args,
        key=key,
        run_after=run_after or clock.now(session),
    )
    if key is None:
        session.add(row)
        return
    if session.scalar(select(Job.id).where(Job.key == key)):
        return
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Somebody else posted it between our look and our row.
        return


def post_periodic(session: Session) -> None:
    """Post the periodic work that is due now; of several workers one succeeds."""
    now = clock.now(session)
    keys = {each: key for each in PERIODS if (key := each.key(now))}
    known = set(session.scalars(select(Job.key).where(Job.key.in_(keys.values()))))
    if set(keys.values()) <= known:
        return
    with transaction(session):
        for period, key in keys.items():
            post(session, period.kind, key=key)


def run_one(session: Session) -> bool:
    """Do the oldest job that is due; return whether there was one."""
    claimed = _claim(session)
    if claimed is None:
        return False
    job_id, municipality_id, kind, args = claimed
    entered = nullcontext() if municipality_id is None else tenancy.inside(session, municipality_id)
    try:
        with entered:
            KINDS[kind].run(**args)
    except Exception as error:
        read_anew(session)
        structlog.get_logger().error("job", kind=kind, error=type(error).__name__)
        _note_failure(session, job_id, KINDS[kind], error)
    else:
        with transaction(session):
            session.get_one(Job, job_id).finished_at = clock.now(session)
    return True


def _claim(session: Session) -> tuple[uuid.UUID, uuid.UUID | None, str, dict[str, Any]] | None:
    # What was read before may be older than the newest job.
    read_anew(session)
    if session.scalar(_due(clock.now(session)).with_only_columns(Job.id).limit(1)) is None:
        return None
    with transaction(session):
        now = clock.now(session)
        found = session.scalar(_due(now).limit(1).with_for_update(skip_locked=True))
        if found is None:
            return None
        found.claimed_until, found.attempts = now + LEASE, found.attempts + 1
        return found.id, found.municipality_id, found.kind, found.args


def _due(now: datetime) -> Any:
    is_open = Job.finished_at.is_(None) & Job.failed_at.is_(None)
    is_free = or_(Job.claimed_until.is_(None), Job.claimed_until <= now)
    return select(Job).where(is_open, is_free, Job.run_after <= now).order_by(Job.run_after, Job.id)


def _note_failure(session: Session, job_id: uuid.UUID, kind: Kind, error: Exception) -> None:
    with transaction(session):
        row, now = session.get_one(Job, job_id), clock.now(session)
        row.error, row.claimed_until = type(error).__name__, None
        if isinstance(error, Refusal) or row.attempts >= kind.attempts:
            row.failed_at = now
        else:
            row.run_after = now + kind.wait + _jitter(job_id, kind.wait)


def _jitter(job_id: uuid.UUID, wait: timedelta) -> timedelta:
    """Spread retries over a fifth of the wait, so that what failed together does not come back together."""
    return wait * hashlib.sha256(job_id.bytes).digest()[0] / 255 / 5


def work(session_of: Callable[[], Session], stop: threading.Event) -> None:
    """Do jobs as they come, until told to stop; the job at hand is finished first."""
    while not stop.is_set():
        session = session_of()
        post_periodic(session)
        if not run_one(session):
            stop.wait(IDLE_SECONDS)


def run_due(session: Session) -> int:
    """Do everything that is due now and return how many jobs that were."""
    post_periodic(session)
    done = 0
    while run_one(session):
        done += 1
    return done


@dataclass(frozen=True)
class Health:
    """How the work is going, in numbers of jobs."""

    waiting: int
    overdue: int
    failed: int


def health(session: Session) -> Health:
    """Return how many jobs wait, are late by a quarter of an hour, and have failed for good."""
    is_open = Job.finished_at.is_(None) & Job.failed_at.is_(None)
    is_late = is_open & (Job.run_after < clock.now(session) - OVERDUE)
    counted = (is_open, is_late, Job.failed_at.is_not(None))
    numbers = tuple(session.execute(select(*(func.count().filter(each) for each in counted)).select_from(Job)).one())
    return Health(*numbers)


@every("foundation:jobs cleaned", day_at=time(3, 10))
def clean() -> int:
    """Throw away what was done a week ago and what failed three months ago."""
    session = db.session()
    with transaction(session):
        now = clock.now(session)
        done = session.execute(
            delete(Job).where(or_(Job.finished_at < now - KEEP_DONE, Job.failed_at < now - KEEP_FAILED))
        )
    return int(done.rowcount)  # type: ignore[attr-defined]
