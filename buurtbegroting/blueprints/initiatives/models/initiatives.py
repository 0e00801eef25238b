"""Initiatives: who they are, what they do, and what came of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations.models import Album, Thread
from buurtbegroting.blueprints.rounds.models import Theme
from buurtbegroting.foundation.tenancy import TenantModel

from ..states import ANSWERED, AnswerState, Stage

if TYPE_CHECKING:
    from .cases import InitiativeAnswer, Referral

_STAGES = ", ".join(f"'{stage.value}'" for stage in Stage)
_ANSWERS = ", ".join(f"'{state.value}'" for state in AnswerState)
_ANSWERED = ", ".join(f"'{state.value}'" for state in sorted(ANSWERED))


class Initiative(TenantModel):
    """Something that residents set up themselves.

    ``asks`` is what they need of the municipality; who asks nothing gets no answer and is simply there. Of the official
    who is their contact person, ``contact_shown`` stands on the page: a function or department, a name only by choice.
    ``alive_on`` is the last day on which we heard that it goes on. ``invitation_hash`` is that of the link by which
    somebody becomes a member.
    """

    __tablename__ = "initiative"
    __table_args__ = (
        CheckConstraint(f"stage IN ({_STAGES})", name="stage"),
        CheckConstraint(f"answer_state IN ({_ANSWERS})", name="answer_state"),
        CheckConstraint("language IN ('nl', 'en')", name="language"),
        CheckConstraint("answer_state <> 'waiting' OR (turn_due IS NOT NULL AND asked_on IS NOT NULL)", name="waiting"),
        CheckConstraint(f"answer_state NOT IN ({_ANSWERED}) OR asked_on IS NOT NULL", name="answered"),
        CheckConstraint("contact_id IS NULL OR contact_shown <> ''", name="contact"),
        CheckConstraint("turn_party <> '' OR turn_due IS NULL", name="turn"),
        CheckConstraint("(stage = 'ended') = (ended_on IS NOT NULL)", name="ended"),
        UniqueConstraint("municipality_id", "number"),
    )

    number: Mapped[str] = mapped_column(String(20))
    stage_name: Mapped[str] = mapped_column("stage", String(20), default=Stage.IDEA.value)
    answer_name: Mapped[str] = mapped_column("answer_state", String(20), default=AnswerState.NOT_ASKED.value)
    title: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(Text)
    asks: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    wijk_code: Mapped[str | None] = mapped_column(String(12), index=True)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    website: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    is_hidden: Mapped[bool] = mapped_column(default=False)
    registered_on: Mapped[date]
    asked_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    alive_on: Mapped[date]
    alive_asked_on: Mapped[date | None]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    contact_shown: Mapped[str] = mapped_column(String(120), default="")
    turn_party: Mapped[str] = mapped_column(String(120), default="")
    turn_since: Mapped[date | None]
    turn_due: Mapped[date | None]
    invitation_hash: Mapped[str] = mapped_column(String(64), default="")
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    album_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("album.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    thread: Mapped[Thread] = relationship()
    album: Mapped[Album] = relationship()
    theme: Mapped[Theme | None] = relationship()
    contact: Mapped[Person | None] = relationship()
    members: Mapped[list[Member]] = relationship(order_by="Member.since", cascade="all, delete-orphan")
    answers: Mapped[list[InitiativeAnswer]] = relationship(order_by="InitiativeAnswer.number")
    referrals: Mapped[list[Referral]] = relationship(order_by="Referral.number")

    __mapper_args__ = {"version_id_col": version}

    @property
    def stage(self) -> Stage:
        """How far it is."""
        return Stage(self.stage_name)

    @property
    def answer_state(self) -> AnswerState:
        """Where the municipality's answer stands."""
        return AnswerState(self.answer_name)

    @property
    def member_ids(self) -> frozenset[str]:
        """The people who are it; needs its members loaded."""
        return frozenset(str(each.person_id) for each in self.members)

    @property
    def lead_ids(self) -> frozenset[str]:
        """The members who speak for it; needs its members loaded."""
        return frozenset(str(each.person_id) for each in self.members if each.is_lead)


class Member(TenantModel):
    """Somebody who does an initiative; ``part`` says as what. A ``lead`` invites others and hands over."""

    __tablename__ = "initiative_member"
    __table_args__ = (UniqueConstraint("initiative_id", "person_id"),)

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(60), default="")
    is_lead: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]
    person: Mapped[Person] = relationship()


class InitiativeUpdate(TenantModel):
    """What happened in an initiative, and what it brought: ``people`` who took part and ``hours`` given, about."""

    __tablename__ = "initiative_update"
    __table_args__ = (CheckConstraint("people >= 0 AND hours >= 0", name="yield"),)

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    happened_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text, default="")
    people: Mapped[int | None]
    hours: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    initiative: Mapped[Initiative] = relationship()

    __mapper_args__ = {"version_id_col": version}


class InitiativeLink(TenantModel):
    """Something else on this site that an initiative has to do with, as a kind and key of subject ("plan", …)."""

    __tablename__ = "initiative_link"
    __table_args__ = (UniqueConstraint("initiative_id", "kind", "key"),)

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120))
    initiative: Mapped[Initiative] = relationship()
