"""What happened: one row per deed, written in the deed's own transaction and never changed.

Every day the entries of the days before are chained: the head of a day is a hash over its entries and the head before
it. Who has an old head can tell whether anything from before was changed, added or taken away.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import clock, jobs, tenancy
from .database import Base, RowNumber, db, transaction

# What stands before the first day.
NOTHING = "0" * 64


class AuditEntry(Base):
    """Who did what to which thing: names of changed fields, never their contents."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    municipality_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("municipality.id"), index=True)
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[str | None] = mapped_column(String(64))
    actor_role: Mapped[str] = mapped_column(String(80))
    on_behalf_of: Mapped[str | None] = mapped_column(String(64))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID]
    subject_version: Mapped[int | None]
    fields: Mapped[list[str]]


class AuditHead(Base):
    """The hash over everything up to and including one day; ``entries`` is how many that day added."""

    __tablename__ = "audit_head"

    municipality_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last_id: Mapped[int] = mapped_column(RowNumber)
    entries: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


def heads(session: Session, municipality_id: uuid.UUID) -> Sequence[AuditHead]:
    """Return the heads of a municipality, oldest first."""
    query = select(AuditHead).where(AuditHead.municipality_id == municipality_id)
    return session.scalars(query.order_by(AuditHead.day)).all()


@jobs.every("foundation:audit chained", day_at=time(0, 20))
def chain_everything() -> None:
    """Add a head for the days that are over, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with transaction(session):
            chain(session, municipality_id)


def chain(session: Session, municipality_id: uuid.UUID) -> AuditHead | None:
    """Add a head over what happened since the last one and before today; nothing new needs no head."""
    today = clock.local_day(clock.now(session))
    known = heads(session, municipality_id)
    last_id, former = (known[-1].last_id, known[-1].hash) if known else (0, NOTHING)
    count, current = 0, former
    begin_of_today = datetime.combine(today, time(), clock.AMSTERDAM)
    for entry in _entries(session, municipality_id, last_id, AuditEntry.at < begin_of_today):
        last_id, count, current = entry.id, count + 1, _next(current, entry)
    if not count:
        return None
    head = AuditHead(
        municipality_id=municipality_id, day=today - timedelta(days=1), last_id=last_id, entries=count, hash=current
    )
    session.add(head)
    return head


def _entries(
    session: Session, municipality_id: uuid.UUID, after: int, *limits: ColumnElement[bool]
) -> Iterator[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.municipality_id == municipality_id, AuditEntry.id > after, *limits)
    yield from session.scalars(query.order_by(AuditEntry.id).execution_options(yield_per=1000))


def _next(former: str, entry: AuditEntry) -> str:
    facts = [
        entry.id,
        entry.at.isoformat(),
        entry.verb,
        entry.actor_id,
        entry.actor_role,
        entry.on_behalf_of,
        entry.subject_type,
        str(entry.subject_id),
        entry.subject_version,
        entry.fields,
    ]
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{former}\n{written}".encode()).hexdigest()


@dataclass(frozen=True)
class Verification:
    """What came of checking the chain; ``broken_on`` is the first day whose head is not what its entries give."""

    days: int
    entries: int
    broken_on: date | None


def verify(session: Session, municipality_id: uuid.UUID) -> Verification:
    """Compute every head anew and compare."""
    former, last_id, entries = NOTHING, 0, 0
    known = heads(session, municipality_id)
    for head in known:
        chained = list(_entries(session, municipality_id, last_id, AuditEntry.id <= head.last_id))
        for entry in chained:
            former = _next(former, entry)
        if former != head.hash or len(chained) != head.entries:
            return Verification(len(known), entries, head.day)
        last_id, entries = head.last_id, entries + len(chained)
    return Verification(len(known), entries, None)
