"""What happened: one row per deed, written in the deed's own transaction and never changed."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from .database import Base, RowNumber


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
