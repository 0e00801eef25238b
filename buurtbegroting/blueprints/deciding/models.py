"""The confirmation of a list, packages of plans, and what a meeting decided about each plan."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.database import Identified
from buurtbegroting.foundation.tenancy import TenantModel


class ListConfirmation(TenantModel):
    """That one person put a list forward and another confirmed the same one; both are ids of people."""

    __tablename__ = "list_confirmation"
    __table_args__ = (
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> asked_by", name="two_persons"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
        UniqueConstraint("round_id"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    content_hash: Mapped[str] = mapped_column(String(64))
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(36))
    confirmed_at: Mapped[datetime | None]
    round: Mapped[Round] = relationship()


class Package(TenantModel):
    """Some plans of one pot that residents choose together or not at all."""

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("pot_id", "letter"),)

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    letter: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(500), default="")

    round: Mapped[Round] = relationship()
    pot: Mapped[Pot] = relationship()
    parts: Mapped[list[PackagePart]] = relationship(cascade="all, delete-orphan")

    @property
    def cents(self) -> int:
        """What all its plans cost together; needs its parts and their plans loaded."""
        return sum(each.proposal.cost_cents for each in self.parts)


class PackagePart(Identified):
    """A plan in a package."""

    __tablename__ = "package_part"
    __table_args__ = (UniqueConstraint("package_id", "proposal_id"),)

    package_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"))
    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    proposal: Mapped[Proposal] = relationship()


class Meeting(TenantModel):
    """A day on which plans were decided about: by a jury, by residents together, or by votes in a hall.

    ``note`` says how it went. Of a vote, ``voters`` handed in a paper, ``blank`` of them an empty one, and
    ``counted_by`` names the two who signed the count sheet.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("form IN ('jury', 'consensus', 'live')", name="form"),
        CheckConstraint("present >= 0 AND voters >= 0 AND blank >= 0 AND blank <= voters", name="numbers"),
        UniqueConstraint("round_id", "number"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int]
    form: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    present: Mapped[int | None]
    voters: Mapped[int | None]
    blank: Mapped[int | None]
    counted_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[Round] = relationship()
    verdicts: Mapped[list[PlanVerdict]] = relationship(cascade="all, delete-orphan", back_populates="meeting")

    __mapper_args__ = {"version_id_col": version}


class PlanVerdict(Identified):
    """What a meeting decided about one plan: granted with an amount, refused, or held for the next day."""

    __tablename__ = "plan_verdict"
    __table_args__ = (
        CheckConstraint("verdict IN ('granted', 'refused', 'held')", name="verdict"),
        CheckConstraint("(verdict = 'granted') = (cents IS NOT NULL)", name="granted"),
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("votes >= 0", name="votes"),
        UniqueConstraint("meeting_id", "proposal_id"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    cents: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text, default="")
    votes: Mapped[int | None]

    @property
    def granted(self) -> Money | None:
        """What was granted; needs the plan with its round loaded."""
        return Money(self.cents, self.proposal.round.currency) if self.cents else None

    proposal: Mapped[Proposal] = relationship()
    meeting: Mapped[Meeting] = relationship(back_populates="verdicts")
