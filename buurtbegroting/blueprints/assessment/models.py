"""Assessments of plans: the card, its marks, what was asked and noted, what was published, and plans that clash."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.tenancy import TenantModel

from .states import AssessmentState, Judgement, Mark, PairState


def _one_of(words: Iterable[str]) -> str:
    return ", ".join(f"'{each}'" for each in words)


class Assessment(TenantModel):
    """One look at a plan: the first, or the second that its authors asked for.

    What stands here is for who works on it; everybody reads only the ``AssessmentVersion`` that publishing makes.
    ``begun_on`` is the day from which the term runs, ``since`` the day of the last move, ``paused_on`` the day on which
    the authors were asked something. ``involved`` are the ids of people who said that they have to do with the plan,
    ``first_judges`` those of the first look: neither may judge. ``precedents`` are the numbers of like plans that got a
    yes, ``agreed_cents`` is an amount that the authors agreed to, ``request`` why they asked for a second look.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint(f"state IN ({_one_of(AssessmentState)})", name="state"),
        CheckConstraint(f"verdict IN ('', {_one_of(Judgement)})", name="verdict"),
        CheckConstraint("look IN (1, 2)", name="look"),
        CheckConstraint("look = 1 OR request <> ''", name="request"),
        CheckConstraint("state NOT IN ('answered', 'published') OR (verdict <> '' AND reason <> '')", name="answered"),
        CheckConstraint("(state = 'asked') = (paused_on IS NOT NULL)", name="asked"),
        CheckConstraint("state <> 'not-ours' OR belongs_to <> ''", name="not_ours"),
        CheckConstraint("(state = 'absent') = (away_until IS NOT NULL)", name="absent"),
        CheckConstraint("reminded IN ('', 'soon', 'late')", name="reminded"),
        CheckConstraint("cost_cents >= 0 AND maintenance_cents >= 0", name="cost"),
        CheckConstraint("paused_days >= 0", name="paused_days"),
        UniqueConstraint("proposal_id", "look"),
    )

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    look: Mapped[int] = mapped_column(default=1)
    state_name: Mapped[str] = mapped_column("state", String(20), default=AssessmentState.OPEN.value, index=True)
    department: Mapped[str] = mapped_column(String(80), default="", index=True)
    assessor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    begun_on: Mapped[date]
    since: Mapped[date]
    due: Mapped[date] = mapped_column(index=True)
    paused_on: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)
    reminded: Mapped[str] = mapped_column(String(10), default="")
    belongs_to: Mapped[str] = mapped_column(String(120), default="")
    away_until: Mapped[date | None]
    involved: Mapped[list[str]] = mapped_column(default=list)
    first_judges: Mapped[list[str]] = mapped_column(default=list)
    judge_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    verdict: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    difference: Mapped[str] = mapped_column(String(500), default="")
    precedents: Mapped[list[str]] = mapped_column(default=list)
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    maintenance_cents: Mapped[int | None] = mapped_column(BigInteger)
    agreed_cents: Mapped[int | None] = mapped_column(BigInteger)
    request: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    proposal: Mapped[Proposal] = relationship()
    assessor: Mapped[Person | None] = relationship(foreign_keys=assessor_id)
    marks: Mapped[list[AssessmentMark]] = relationship(order_by="AssessmentMark.position", cascade="all, delete-orphan")
    questions: Mapped[list[AuthorQuestion]] = relationship(
        order_by="AuthorQuestion.asked_at", cascade="all, delete-orphan", back_populates="assessment"
    )
    links: Mapped[list[OwnerLink]] = relationship(
        order_by="OwnerLink.made_at", cascade="all, delete-orphan", back_populates="assessment"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> AssessmentState:
        """Where the look stands."""
        return AssessmentState(self.state_name)

    @property
    def cost(self) -> Money | None:
        """What it costs as the municipality sees it; needs the plan's round loaded."""
        return None if self.cost_cents is None else Money(self.cost_cents, self.proposal.round.currency)


class AssessmentMark(TenantModel):
    """What is said by one criterion, as that stood when the card was opened; ``owner`` is who said it from outside."""

    __tablename__ = "assessment_mark"
    __table_args__ = (
        CheckConstraint("position > 0", name="position"),
        CheckConstraint(f"mark IN ('', {_one_of(Mark)})", name="mark"),
        UniqueConstraint("assessment_id", "position"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(200))
    explanation: Mapped[str] = mapped_column(String(500), default="")
    department: Mapped[str] = mapped_column(String(80), default="")
    mark: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(120), default="")


class AssessmentNote(TenantModel):
    """What somebody wrote for colleagues, or what was done with a card and why; never public, never changed."""

    __tablename__ = "assessment_note"
    __table_args__ = (CheckConstraint("text <> '' OR kind <> 'note'", name="text"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="note")
    text: Mapped[str] = mapped_column(Text, default="")
    writer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    writer: Mapped[Person | None] = relationship()


class AuthorQuestion(TenantModel):
    """Something that the municipality asks the authors of a plan, on its page or in private.

    With ``asked_cents`` it asks whether they agree with another amount.
    """

    __tablename__ = "author_question"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answered"),
        CheckConstraint("asked_cents > 0", name="asked_cents"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    is_public: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(String(80), default="")
    asked_cents: Mapped[int | None] = mapped_column(BigInteger)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    has_agreed: Mapped[bool] = mapped_column(default=False)
    answered_on: Mapped[date | None]
    assessment: Mapped[Assessment] = relationship(back_populates="questions")

    @property
    def asked(self) -> Money | None:
        """The amount that is asked about; needs the plan's round loaded."""
        return None if self.asked_cents is None else Money(self.asked_cents, self.assessment.proposal.round.currency)


class OwnerLink(TenantModel):
    """A link by which an owner from outside (a housing corporation, a water board) fills in some marks of one card.

    ``positions`` are those of the criteria that it is asked about. Only a hash of the link is kept.
    """

    __tablename__ = "owner_link"
    __table_args__ = (
        CheckConstraint("organisation <> ''", name="organisation"),
        UniqueConstraint("token_hash"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    organisation: Mapped[str] = mapped_column(String(120))
    positions: Mapped[list[str]]
    token_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    filled_at: Mapped[datetime | None]
    assessment: Mapped[Assessment] = relationship(back_populates="links")


class AssessmentVersion(TenantModel):
    """A judgement as it was published: the only part of an assessment that everybody reads. It is never changed.

    ``content`` holds verdict, reason, marks and amounts. ``days`` is how long it took, without the days on which the
    authors were to answer.
    """

    __tablename__ = "assessment_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("days >= 0", name="days"),
        UniqueConstraint("proposal_id", "number"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    number: Mapped[int]
    look: Mapped[int]
    department: Mapped[str] = mapped_column(String(80), default="")
    content: Mapped[dict[str, Any]]
    published_on: Mapped[date] = mapped_column(index=True)
    days: Mapped[int]
    is_in_time: Mapped[bool]


class DeskRule(TenantModel):
    """Who looks at plans about a theme unless somebody chooses otherwise."""

    __tablename__ = "desk_rule"
    __table_args__ = (UniqueConstraint("theme_id"),)

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    department: Mapped[str] = mapped_column(String(80))
    assessor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class Absence(TenantModel):
    """That somebody of the desk is away, until when, and who takes over."""

    __tablename__ = "assessor_absence"
    __table_args__ = (
        CheckConstraint("substitute_id IS NULL OR substitute_id <> person_id", name="substitute"),
        UniqueConstraint("person_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    until: Mapped[date]
    substitute_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    substitute: Mapped[Person | None] = relationship(foreign_keys=substitute_id)


class ExclusivePair(TenantModel):
    """Two plans of one pot that may exclude each other, and what a person made of it.

    ``metres`` is how far they lie apart when they were found by place; ``reason`` is what everybody reads.
    """

    __tablename__ = "exclusive_pair"
    __table_args__ = (
        CheckConstraint(f"state IN ({_one_of(PairState)})", name="state"),
        CheckConstraint("state = 'found' OR reason <> ''", name="reason"),
        CheckConstraint("first_id <> second_id", name="two"),
        UniqueConstraint("first_id", "second_id"),
    )

    first_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    second_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    state_name: Mapped[str] = mapped_column("state", String(20), default=PairState.FOUND.value)
    metres: Mapped[int | None]
    is_alike: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_on: Mapped[date | None]
    first: Mapped[Proposal] = relationship(foreign_keys=first_id)
    second: Mapped[Proposal] = relationship(foreign_keys=second_id)

    @property
    def state(self) -> PairState:
        """What a person made of it."""
        return PairState(self.state_name)
