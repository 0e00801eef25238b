"""The closing of a vote, sealed ballots, which name nobody and no moment, and the results counted from them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.foundation.tenancy import TenantModel


class SealedBallot(TenantModel):
    """What one voter chose: ``payload`` is JSON, a list of [ballot key, points] in the order of preference.

    ``track`` and ``nonce`` are those of the receipt; a ballot that was taken over from elsewhere has none.
    """

    __tablename__ = "sealed_ballot"

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    payload: Mapped[str] = mapped_column(Text)
    track: Mapped[str | None] = mapped_column(String(16))
    nonce: Mapped[str | None] = mapped_column(String(32))


class Closing(TenantModel):
    """That two officials closed the vote of a round; both are ids of people. ``step`` is the last one that was done."""

    __tablename__ = "closing"
    __table_args__ = (
        CheckConstraint("step IN ('asked', 'confirmed', 'sealed', 'counted')", name="step"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> asked_by", name="two_persons"),
        CheckConstraint("(step = 'asked') = (confirmed_by IS NULL)", name="confirmed"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_at"),
        UniqueConstraint("round_id"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"))
    step: Mapped[str] = mapped_column(String(20), default="asked")
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(36))
    confirmed_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()


class Participation(TenantModel):
    """How many people of a wijk could vote for a pot and did; small numbers are not kept."""

    __tablename__ = "participation"
    __table_args__ = (
        CheckConstraint("voters BETWEEN 0 AND electorate", name="voters"),
        UniqueConstraint("pot_id", "wijk_code"),
    )

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"))
    wijk_code: Mapped[str] = mapped_column(String(12))
    electorate: Mapped[int]
    voters: Mapped[int]


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
