"""Funds for seed grants, and what groups asked, got and made of it."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.tenancy import TenantModel

from .states import GrantState

_STATES = ", ".join(f"'{state.value}'" for state in GrantState)


class SeedFund(TenantModel):
    """Money for seed grants: a pot of a round that runs, the most that one group gets, and for what it is."""

    __tablename__ = "seed_fund"
    __table_args__ = (CheckConstraint("most_cents > 0", name="most"), UniqueConstraint("pot_id"))

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"))
    title: Mapped[str] = mapped_column(String(120))
    meant_for: Mapped[str] = mapped_column(Text)
    most_cents: Mapped[int] = mapped_column(BigInteger)
    is_open: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    pot: Mapped[Pot] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def most(self) -> Money:
        """The most that one group gets; needs its pot and round loaded."""
        return Money(self.most_cents, self.pot.round.currency)


class SeedGrant(TenantModel):
    """What a group asks to start with, for what and what has to come of it; later what was decided and what came.

    ``grade`` is that of the group itself, from 1 to 10. ``follow_up`` is what the municipality does after it.
    """

    __tablename__ = "seed_grant"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("granted_cents > 0", name="granted_cents"),
        CheckConstraint("(state IN ('granted', 'paid', 'told')) = (granted_cents IS NOT NULL)", name="granted"),
        CheckConstraint("state <> 'refused' OR reason <> ''", name="refused"),
        CheckConstraint("state NOT IN ('paid', 'told') OR (paid_on IS NOT NULL AND tell_due IS NOT NULL)", name="paid"),
        CheckConstraint("state <> 'told' OR (happened <> '' AND told_on IS NOT NULL)", name="told"),
        CheckConstraint("grade BETWEEN 1 AND 10", name="grade"),
        CheckConstraint("turn_party <> '' OR turn_due IS NULL", name="turn"),
        UniqueConstraint("municipality_id", "number"),
    )

    number: Mapped[str] = mapped_column(String(20))
    state_name: Mapped[str] = mapped_column("state", String(20), default=GrantState.ASKED.value)
    fund_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("seed_fund.id"), index=True)
    initiative_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiative.id"), index=True)
    cents: Mapped[int] = mapped_column(BigInteger)
    spent_on_what: Mapped[str] = mapped_column(Text)
    wanted: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    granted_cents: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    due: Mapped[date]
    paid_on: Mapped[date | None]
    tell_due: Mapped[date | None]
    reminded_on: Mapped[date | None]
    happened: Mapped[str] = mapped_column(Text, default="")
    grade: Mapped[int | None]
    would_do_again: Mapped[bool | None]
    told_on: Mapped[date | None]
    follow_up: Mapped[str] = mapped_column(Text, default="")
    turn_party: Mapped[str] = mapped_column(String(120), default="")
    turn_since: Mapped[date | None]
    turn_due: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    fund: Mapped[SeedFund] = relationship()
    initiative: Mapped[Initiative] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> GrantState:
        """Where it stands."""
        return GrantState(self.state_name)

    @property
    def asked(self) -> Money:
        """What the group asked; needs its fund, pot and round loaded."""
        return Money(self.cents, self.fund.pot.round.currency)

    @property
    def granted(self) -> Money | None:
        """What it got; needs its fund, pot and round loaded."""
        return None if self.granted_cents is None else Money(self.granted_cents, self.fund.pot.round.currency)
