"""What the municipality did with what an initiative asked: answers, referrals, notes, and who is away."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.foundation.tenancy import TenantModel

from .initiatives import Initiative


class InitiativeAnswer(TenantModel):
    """What the municipality answered: yes; yes if, with what and who helps; or no, with a ground and a route onward."""

    __tablename__ = "initiative_answer"
    __table_args__ = (
        CheckConstraint("kind IN ('yes', 'yes-if', 'no')", name="kind"),
        CheckConstraint("kind <> 'yes-if' OR (conditions <> '' AND helper <> '')", name="yes_if"),
        CheckConstraint("kind <> 'no' OR (ground <> '' AND route <> '' AND words <> '')", name="no"),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("initiative_id", "number"),
    )

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    helper: Mapped[str] = mapped_column(String(120), default="")
    ground: Mapped[str] = mapped_column(String(20), default="")
    route: Mapped[str] = mapped_column(String(20), default="")
    asked_on: Mapped[date]
    due: Mapped[date]
    answered_on: Mapped[date]
    answered_by: Mapped[str] = mapped_column(String(120))


class Referral(TenantModel):
    """That the contact person sent a question on to somebody else; at most two are promised."""

    __tablename__ = "initiative_referral"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(answered_on IS NULL) = (outcome = '')", name="answered"),
        UniqueConstraint("initiative_id", "number"),
    )

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    number: Mapped[int]
    to_whom: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(Text)
    referred_on: Mapped[date]
    answered_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    initiative: Mapped[Initiative] = relationship(viewonly=True)


class ToldAgain(TenantModel):
    """That a group had to tell its story again; once a day is enough, and who said it is not kept."""

    __tablename__ = "told_again"
    __table_args__ = (UniqueConstraint("initiative_id", "day"),)

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    day: Mapped[date]


class FileNote(TenantModel):
    """What a group and the municipality write to each other; nobody else reads it. ``shown_as`` is who wrote it."""

    __tablename__ = "initiative_note"

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    is_of_municipality: Mapped[bool]
    shown_as: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class ContactAbsence(TenantModel):
    """A contact person who is away for a while, and who stands in."""

    __tablename__ = "contact_absence"
    __table_args__ = (
        CheckConstraint("person_id <> stand_in_id", name="somebody_else"),
        UniqueConstraint("person_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    stand_in_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    stand_in_shown: Mapped[str] = mapped_column(String(120))
    until: Mapped[date]
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    stand_in: Mapped[Person] = relationship(foreign_keys=stand_in_id)
