"""What ties an initiative to a house and to other initiatives."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.foundation.tenancy import TenantModel

from .houses import House


class MeetingPlace(TenantModel):
    """A house in which an initiative meets."""

    __tablename__ = "meeting_place"
    __table_args__ = (UniqueConstraint("initiative_id", "house_id"),)

    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    house_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    initiative: Mapped[Initiative] = relationship()
    house: Mapped[House] = relationship()


class Tie(TenantModel):
    """Two initiatives that work together: asked by members of one, there when members of the other agreed.

    The one with the lower id is ``first``, so that two groups that ask each other at once are tied once.
    """

    __tablename__ = "initiative_tie"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("agreed_on IS NULL OR agreed_on >= asked_on", name="agreed"),
        UniqueConstraint("first_id", "second_id"),
    )

    first_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    second_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    asked_by_first: Mapped[bool]
    words: Mapped[str] = mapped_column(String(200))
    asked_on: Mapped[date]
    agreed_on: Mapped[date | None]
    first: Mapped[Initiative] = relationship(foreign_keys=first_id)
    second: Mapped[Initiative] = relationship(foreign_keys=second_id)

    @property
    def asker(self) -> Initiative:
        """The initiative that asked."""
        return self.first if self.asked_by_first else self.second

    @property
    def asked(self) -> Initiative:
        """The initiative that was asked."""
        return self.second if self.asked_by_first else self.first

    def other(self, initiative: Initiative) -> Initiative:
        """Return the initiative at the other end."""
        return self.second if self.first_id == initiative.id else self.first
