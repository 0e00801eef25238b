"""The public board of a pot: entries that are only ever added, each with the hash of the one before it."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from buurtbegroting.foundation.tenancy import TenantModel


class BoardEntry(TenantModel):
    """One entry: ``body`` is JSON, ``hash`` that of the former hash and the body, ``signature`` that of the hash."""

    __tablename__ = "board_entry"
    __table_args__ = (
        CheckConstraint("sequence > 0", name="sequence"),
        UniqueConstraint("pot_id", "sequence"),
    )

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"))
    sequence: Mapped[int]
    previous: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))

    @property
    def content(self) -> dict[str, Any]:
        """What the entry says."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class Turnout(TenantModel):
    """How many people had voted for a pot at the end of a day; only what grew by ten or more is noted."""

    __tablename__ = "turnout"
    __table_args__ = (UniqueConstraint("pot_id", "day"),)

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"))
    day: Mapped[date]
    voters: Mapped[int]
