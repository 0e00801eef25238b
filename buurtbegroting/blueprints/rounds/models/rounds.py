"""Rounds with their phases, pots, rulebook and the themes of a municipality."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.counting.rules import COMPLETIONS, OPTIONS, Entry
from buurtbegroting.foundation.database import Identified
from buurtbegroting.foundation.tenancy import TenantModel

from .money import Pot


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
    """One cycle of a neighbourhood budget, or a pot that is open all year.

    ``language`` is the one its texts are written in, ``preset`` the model it was made from. The conditions are frozen
    before plans come in, the list with ballot and count before the vote; the hashes are those of what was frozen.
    """

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published')", name="state"),
        CheckConstraint("currency LIKE '___'", name="currency"),
        CheckConstraint("(conditions_frozen_at IS NULL) = (conditions_hash = '')", name="conditions"),
        CheckConstraint("(list_frozen_at IS NULL) = (list_hash = '')", name="list"),
        CheckConstraint("list_frozen_at IS NULL OR conditions_frozen_at IS NOT NULL", name="freezes"),
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
    preset: Mapped[str] = mapped_column(String(20), default="")
    conditions_frozen_at: Mapped[datetime | None]
    conditions_hash: Mapped[str] = mapped_column(String(64), default="")
    list_frozen_at: Mapped[datetime | None]
    list_hash: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    phases: Mapped[list[RoundPhase]] = relationship(order_by="RoundPhase.starts_at", cascade="all, delete-orphan")
    pots: Mapped[list[Pot]] = relationship(
        order_by="Pot.position", cascade="all, delete-orphan", back_populates="round"
    )
    rulebook: Mapped[Rulebook] = relationship(cascade="all, delete-orphan")
    criteria: Mapped[list[RoundCriterion]] = relationship(
        order_by="RoundCriterion.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class RoundPhase(Identified):
    """A phase of a round, from its start until (not including) its end; the last one may go on."""

    __tablename__ = "round_phase"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(each.value) for each in PhaseKind)})", name="kind"),
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


class ThemeShare(TenantModel):
    """How much of every 100 euros of a round somebody gives to a theme; of one person they are 100 together."""

    __tablename__ = "theme_share"
    __table_args__ = (
        CheckConstraint("euros BETWEEN 1 AND 100", name="euros"),
        UniqueConstraint("round_id", "person_id", "theme_id"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    euros: Mapped[int]


class PhaseMove(TenantModel):
    """That a phase got other dates after the round was published, and why; everybody may read it."""

    __tablename__ = "phase_move"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    kind_name: Mapped[str] = mapped_column("kind", String(20))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300))
    moved_at: Mapped[datetime]

    @property
    def kind(self) -> PhaseKind:
        """The kind of phase that moved."""
        return PhaseKind(self.kind_name)


class RoundCriterion(Identified):
    """A question by which the plans of one round are judged, as it stood when the round took it over."""

    __tablename__ = "round_criterion"
    __table_args__ = (
        CheckConstraint("position > 0", name="position"),
        UniqueConstraint("round_id", "position"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(200))
    explanation: Mapped[str] = mapped_column(String(500), default="")
    department: Mapped[str] = mapped_column(String(80), default="")


class Rulebook(Identified):
    """The rules of a round: who may do what, how is chosen, and how is counted.

    ``support_needed`` is of how many people a plan needs support before it is looked at; None asks for none.
    ``leftover`` is what happens with money that is left, ``dropout`` what happens when a chosen plan cannot be done.
    ``proofs`` are the ways in which a voter shows to be one. ``deciding_days`` are the days (ISO) on which an all-year
    pot is decided.
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
        CheckConstraint("decision_form IN ('vote', 'packages', 'jury', 'consensus', 'live')", name="decision_form"),
        CheckConstraint("propose_from IN ('area', 'municipality', 'everybody')", name="propose_from"),
        CheckConstraint("vote_from IN ('area', 'municipality')", name="vote_from"),
        CheckConstraint("leftover IN ('reserve', 'next-round', 'general')", name="leftover"),
        CheckConstraint("dropout IN ('next', 'leftover')", name="dropout"),
        CheckConstraint(
            "min_plan_cents IS NULL OR max_plan_cents IS NULL OR min_plan_cents <= max_plan_cents", name="plan_amounts"
        ),
        CheckConstraint("max_plans_per_person > 0", name="max_plans_per_person"),
        UniqueConstraint("round_id"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    decision_form: Mapped[str] = mapped_column(String(20), default="vote")
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    deciding_days: Mapped[list[str]] = mapped_column(default=list)
    propose_from: Mapped[str] = mapped_column(String(20), default="everybody")
    propose_min_age: Mapped[int] = mapped_column(default=12)
    max_plans_per_person: Mapped[int | None]
    min_plan_cents: Mapped[int | None] = mapped_column(BigInteger)
    max_plan_cents: Mapped[int | None] = mapped_column(BigInteger)
    proofs: Mapped[list[str]] = mapped_column(default=lambda: ["code"])
    vote_from: Mapped[str] = mapped_column(String(20), default="area")
    reference_date: Mapped[date | None]
    leftover: Mapped[str] = mapped_column(String(20), default="next-round")
    dropout: Mapped[str] = mapped_column(String(20), default="next")
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
    promise_decision: Mapped[str] = mapped_column(String(80), default="")

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


class RulebookVersion(TenantModel):
    """The rules of a round as everybody could read them from a moment on: all of them, and why they changed."""

    __tablename__ = "rulebook_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("round_id", "number"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime]
