"""Rounds with their phases, pots, rulebook and the themes of a municipality."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.counting.rules import COMPLETIONS, OPTIONS, Entry
from buurtbegroting.foundation.database import Identified
from buurtbegroting.foundation.tenancy import TenantModel


class Theme(TenantModel):
    """A subject that plans are about."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    slug: Mapped[str] = mapped_column(String(60))
    name_nl: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    picture: Mapped[str] = mapped_column(String(20), default="generic")


class Criterion(TenantModel):
    """A question of the municipality by which plans are judged; a round freezes its own list of them."""

    __tablename__ = "criterion"
    __table_args__ = (
        CheckConstraint("position > 0", name="position"),
        UniqueConstraint("municipality_id", "question"),
    )

    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(200))
    explanation: Mapped[str] = mapped_column(String(500), default="")
    department: Mapped[str] = mapped_column(String(80), default="")


class Round(TenantModel):
    """One cycle of a neighbourhood budget. ``language`` is the one its texts are written in."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published')", name="state"),
        CheckConstraint("currency LIKE '___'", name="currency"),
        UniqueConstraint("municipality_id", "number"),
    )

    number: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    intro: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(5), default="nl")
    state: Mapped[str] = mapped_column(String(20), default="draft")
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    source: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    phases: Mapped[list[RoundPhase]] = relationship(order_by="RoundPhase.starts_at", cascade="all, delete-orphan")
    pots: Mapped[list[Pot]] = relationship(
        order_by="Pot.position", cascade="all, delete-orphan", back_populates="round"
    )
    rulebook: Mapped[Rulebook] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class RoundPhase(Identified):
    """A phase of a round, from its start until (not including) its end; the last one may go on."""

    __tablename__ = "round_phase"
    __table_args__ = (
        CheckConstraint("kind IN ('propose', 'assess', 'vote', 'result', 'deliver')", name="kind"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="interval"),
        UniqueConstraint("round_id", "kind"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    kind_name: Mapped[str] = mapped_column("kind", String(20))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]

    @property
    def kind(self) -> PhaseKind:
        """The kind of phase, of which ``civic.phases`` knows what it allows."""
        return PhaseKind(self.kind_name)


class Pot(TenantModel):
    """The money of one round for one area, or for the whole municipality."""

    __tablename__ = "pot"
    __table_args__ = (
        CheckConstraint("amount_cents >= 0", name="amount"),
        UniqueConstraint("round_id", "position"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    area_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("area.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    funding_source: Mapped[str] = mapped_column(String(200), default="")
    budget_year: Mapped[int | None]

    round: Mapped[Round] = relationship(back_populates="pots")
    area: Mapped[Area | None] = relationship()


class Rulebook(Identified):
    """The rules of a round: who votes how, and how is counted.

    ``support_needed`` is of how many people a plan needs support before it is looked at; None asks for none.
    """

    __tablename__ = "rulebook"
    __table_args__ = (
        CheckConstraint(
            "ballot_type IN ('approval', 'choose-1', 'knapsack', 'ordinal', 'cumulative', 'scoring')",
            name="ballot_type",
        ),
        CheckConstraint("min_age >= 0", name="min_age"),
        CheckConstraint("min_votes > 0", name="min_votes"),
        CheckConstraint("support_needed > 0", name="support_needed"),
        UniqueConstraint("round_id"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    ballot_type: Mapped[str] = mapped_column(String(20), default="approval")
    min_choices: Mapped[int | None]
    max_choices: Mapped[int | None]
    max_points: Mapped[int | None]
    min_age: Mapped[int] = mapped_column(default=12)
    rule: Mapped[str] = mapped_column(String(40), default="equal-shares")
    utility: Mapped[str] = mapped_column(String(20), default="cost")
    completion: Mapped[str] = mapped_column(String(20), default="add1u")
    is_exhaustive: Mapped[bool] = mapped_column(default=True)
    is_compared: Mapped[bool] = mapped_column(default=False)
    has_bar: Mapped[bool] = mapped_column(default=False)
    min_votes: Mapped[int | None]
    ties: Mapped[list[str]] = mapped_column(default=lambda: ["id"])
    support_needed: Mapped[int | None]
    promise: Mapped[str] = mapped_column(Text, default="")

    @property
    def addition(self) -> Entry | None:
        """What happens with money that equal shares leave over; the other rules need no completion."""
        return COMPLETIONS[self.completion] if self.rule == "equal-shares" else None

    @property
    def options(self) -> list[Entry]:
        """What counts besides the rule and its completion, in the words of the register."""
        chosen = {
            "exhaustive": self.rule == "equal-shares" and self.is_exhaustive and self.completion in ("add1", "add1u"),
            "compared": self.is_compared,
            "bar": self.has_bar,
            "min-votes": self.min_votes is not None,
        }
        return [OPTIONS[name] for name, is_chosen in chosen.items() if is_chosen]
