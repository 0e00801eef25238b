"""Reads of what happened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import db


def audit_entries(verb: str, who: str, page: int, size: int) -> tuple[Sequence[AuditEntry], int]:
    """Return a page of what happened in this municipality, newest first, and how many entries there are."""
    wanted = [AuditEntry.municipality_id == tenancy.current(db.session())]
    if verb:
        wanted.append(AuditEntry.verb == verb)
    if who:
        wanted.append(AuditEntry.actor_id == who)
    total = db.session.scalar(select(func.count()).select_from(AuditEntry).where(*wanted)) or 0
    query = select(AuditEntry).where(*wanted).order_by(AuditEntry.id.desc()).offset((page - 1) * size).limit(size)
    return db.session.scalars(query).all(), total


def verbs() -> Sequence[str]:
    """Return every verb that occurs in this municipality."""
    here = AuditEntry.municipality_id == tenancy.current(db.session())
    return db.session.scalars(select(AuditEntry.verb).where(here).distinct().order_by(AuditEntry.verb)).all()
