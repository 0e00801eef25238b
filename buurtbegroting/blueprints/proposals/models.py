"""Proposals: what residents want, and what the municipality answered."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.conversations.models import Thread
from buurtbegroting.blueprints.rounds.models import Pot, Round, Theme
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.tenancy import TenantModel

from .states import ProposalState

_STATES = ", ".join(f"'{state.value}'" for state in ProposalState)


class Proposal(TenantModel):
    """A plan of residents. ``ballot_key`` is the name under which ballots know it."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("cost_cents >= 0", name="cost"),
        CheckConstraint("maintenance_cents >= 0", name="maintenance"),
        CheckConstraint("state != 'infeasible' OR answer != ''", name="answered"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
        CheckConstraint("turn_party != '' OR turn_due IS NULL", name="turn"),
        UniqueConstraint("municipality_id", "number"),
        UniqueConstraint("round_id", "ballot_key"),
    )

    number: Mapped[str] = mapped_column(String(20))
    ballot_key: Mapped[str] = mapped_column(String(120))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    state_name: Mapped[str] = mapped_column("state", String(20), default=ProposalState.DRAFT.value)
    title: Mapped[str] = mapped_column(String(500))
    summary: Mapped[str] = mapped_column(Text, default="")
    what: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    buurt_code: Mapped[str | None] = mapped_column(String(12))
    wijk_code: Mapped[str | None] = mapped_column(String(12), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    cost_cents: Mapped[int] = mapped_column(BigInteger)
    maintenance_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    carrier: Mapped[str] = mapped_column(String(20), default="")
    author: Mapped[str] = mapped_column(String(120), default="")
    submitted_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_on: Mapped[date | None]
    turn_party: Mapped[str] = mapped_column(String(120), default="")
    turn_since: Mapped[date | None]
    turn_due: Mapped[date | None]
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    thread: Mapped[Thread] = relationship()
    round: Mapped[Round] = relationship()
    pot: Mapped[Pot] = relationship()
    theme: Mapped[Theme | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> ProposalState:
        """Where the plan stands."""
        return ProposalState(self.state_name)

    @property
    def cost(self) -> Money:
        """What the plan costs; needs its round loaded."""
        return Money(self.cost_cents, self.round.currency)

    @property
    def maintenance(self) -> Money:
        """What keeping it up costs in a year; needs its round loaded."""
        return Money(self.maintenance_cents, self.round.currency)
