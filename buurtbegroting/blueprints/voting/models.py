"""Sealed ballots, which name nobody and no moment, and the results counted from them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.foundation.tenancy import TenantModel


class SealedBallot(TenantModel):
    """What one voter chose: ``payload`` is JSON, a list of [ballot key, points] in the order of preference."""

    __tablename__ = "sealed_ballot"

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    payload: Mapped[str] = mapped_column(Text)


class Result(TenantModel):
    """One count of one pot. It is never overwritten: a new count is a new row with its reason."""

    __tablename__ = "result"
    __table_args__ = (
        CheckConstraint("status IN ('provisional', 'final')", name="status"),
        CheckConstraint("(status = 'final') = (decided_on IS NOT NULL)", name="decided"),
        UniqueConstraint("pot_id", "sequence"),
        Index("ix_result_counted_at", "municipality_id", "counted_at"),
    )

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"))
    sequence: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    counted_at: Mapped[datetime]
    voters: Mapped[int]
    electorate: Mapped[int | None]
    outcome_json: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), default="provisional")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decision_number: Mapped[str] = mapped_column(String(80), default="")
    version: Mapped[int] = mapped_column(default=1)

    pot: Mapped[Pot] = relationship()

    __mapper_args__ = {"version_id_col": version}
