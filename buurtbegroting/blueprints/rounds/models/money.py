"""The money of rounds: pots, and the book of each."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.foundation.tenancy import TenantModel

if TYPE_CHECKING:
    from .rounds import Round, Theme


class Pot(TenantModel):
    """The money of one round for one area, or for the whole municipality.

    A ``free`` pot is for what nobody foresaw; of a ``maatwerk`` pot a ``holder`` with a mandate may spend at once.
    What is left at the end of the budget year lapses, unless ``is_kept`` in a reserve.
    """

    __tablename__ = "pot"
    __table_args__ = (
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("kind IN ('plans', 'free', 'maatwerk')", name="kind"),
        CheckConstraint("legal_form IN ('', 'own-spending', 'subsidy', 'contract')", name="legal_form"),
        CheckConstraint("kind <> 'maatwerk' OR holder <> ''", name="holder"),
        UniqueConstraint("round_id", "position"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    area_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("area.id"), index=True)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(20), default="plans")
    holder: Mapped[str] = mapped_column(String(120), default="")
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    legal_form: Mapped[str] = mapped_column(String(20), default="")
    funding_source: Mapped[str] = mapped_column(String(200), default="")
    budget_year: Mapped[int | None]
    is_kept: Mapped[bool] = mapped_column(default=False)

    round: Mapped[Round] = relationship(back_populates="pots")
    area: Mapped[Area | None] = relationship()
    theme: Mapped[Theme | None] = relationship()


class LedgerEntry(TenantModel):
    """One line in the book of a pot: money voted, committed or spent for something; never changed, only corrected.

    ``subject_kind`` and ``subject_key`` name what it is for ("plan", "2026-042"). A correction has a minus.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("kind IN ('voted', 'committed', 'spent')", name="kind"),
        CheckConstraint("cents <> 0", name="cents"),
    )

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    cents: Mapped[int] = mapped_column(BigInteger)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_key: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(String(300), default="")
    entered_at: Mapped[datetime]


class MaatwerkSpending(TenantModel):
    """What the holder of a maatwerk pot spent at once: on what kind of thing, and what came of it. Never who got it."""

    __tablename__ = "maatwerk_spending"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents"),
        CheckConstraint("kind <> ''", name="kind"),
        CheckConstraint("reached IN ('yes', 'partly', 'no')", name="reached"),
    )

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    spent_on: Mapped[date]
    cents: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(60))
    reached: Mapped[str] = mapped_column(String(10))
    would_do_again: Mapped[bool]
