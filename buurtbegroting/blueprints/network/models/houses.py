"""Houses of the wijk, and what one can do there or elsewhere in the wijk."""

from __future__ import annotations

import uuid
from datetime import date, time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Organisation
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.tenancy import TenantModel

from ..kinds import HOUSE_KINDS, WHEELCHAIR

_KINDS = ", ".join(f"'{kind}'" for kind in HOUSE_KINDS)
_WHEELCHAIR = ", ".join(f"'{answer}'" for answer in WHEELCHAIR)


class House(TenantModel):
    """A place where people of a wijk meet; the organisation that runs it keeps its agenda. ``is_gone`` hides it."""

    __tablename__ = "house"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"wheelchair IN ({_WHEELCHAIR})", name="wheelchair"),
        UniqueConstraint("municipality_id", "name", "address"),
    )

    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    wijk_code: Mapped[str] = mapped_column(String(12), index=True)
    wheelchair: Mapped[str] = mapped_column(String(10))
    wheelchair_words: Mapped[str] = mapped_column(Text, default="")
    opening: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    is_gone: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    organisation: Mapped[Organisation | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Activity(TenantModel):
    """Something to go to, once or every week, in a house or elsewhere; an initiative may be who does it.

    Its day and its hours are what the clock on the wall says: every Tuesday at ten stays at ten over the change of the
    clock, which a moment in UTC would not. Without an ``until`` what is weekly goes on.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("ends > starts", name="hours"),
        CheckConstraint("cost_cents >= 0", name="cost"),
        CheckConstraint("house_id IS NOT NULL OR place <> ''", name="place"),
        CheckConstraint("house_id IS NOT NULL OR initiative_id IS NOT NULL", name="whose"),
        CheckConstraint("until IS NULL OR (is_weekly AND until >= day)", name="until"),
    )

    house_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    initiative_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    wijk_code: Mapped[str] = mapped_column(String(12), index=True)
    title: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(Text)
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    is_weekly: Mapped[bool] = mapped_column(default=False)
    until: Mapped[date | None]
    for_whom: Mapped[str] = mapped_column(String(200), default="")
    cost_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    sign_up: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    house: Mapped[House | None] = relationship()
    initiative: Mapped[Initiative | None] = relationship()
    cancelled: Mapped[list[CancelledDay]] = relationship(order_by="CancelledDay.day", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def cost(self) -> Money:
        """What it costs to take part; nothing when it is free."""
        return Money(self.cost_cents)


class CancelledDay(TenantModel):
    """A day on which an activity is not there after all, and why."""

    __tablename__ = "cancelled_day"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        UniqueConstraint("activity_id", "day"),
    )

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
