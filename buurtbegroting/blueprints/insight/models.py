"""What a municipality spends, line by line, and the imports that the lines came with."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.foundation.tenancy import TenantModel

from .kinds import Allocation, SpendingKind, TaskField
from .states import ImportState


def _one_of(column: str, words: type[TaskField | SpendingKind | Allocation]) -> str:
    quoted = ", ".join(f"'{each.value}'" for each in words)
    return f"{column} IN ({quoted})"


class SpendingImport(TenantModel):
    """A file with spending that an official brought in.

    A draft keeps the table of the file as JSON in ``content`` and in ``columns`` what each column holds; the lines are
    made when it is published. What is withdrawn keeps its lines, and is on no page of residents.
    """

    __tablename__ = "spending_import"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'draft') = (content IS NOT NULL)", name="content"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published"),
    )

    file_name: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(200))
    state_name: Mapped[str] = mapped_column("state", String(10), default=ImportState.DRAFT)
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    published_at: Mapped[datetime | None]
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    content: Mapped[str | None] = mapped_column(Text, deferred=True)
    version: Mapped[int] = mapped_column(default=1)

    imported_by: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> ImportState:
        """Where the import stands."""
        return ImportState(self.state_name)


class SpendingLine(TenantModel):
    """What was planned or spent in one year on one thing, in one wijk or own area or in the whole municipality.

    ``number`` is where it stood in the file. An amount for the whole municipality that is divided by inhabitants or by
    surface counts for a share in every wijk.
    """

    __tablename__ = "spending_line"
    __table_args__ = (
        CheckConstraint(_one_of("field", TaskField), name="field"),
        CheckConstraint(_one_of("kind", SpendingKind), name="kind"),
        CheckConstraint(_one_of("allocation", Allocation), name="allocation"),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year"),
        CheckConstraint("name <> ''", name="name"),
        Index("ix_spending_line_place", "municipality_id", "year", "kind", "area_code"),
    )

    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("spending_import.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    year: Mapped[int]
    area_code: Mapped[str | None] = mapped_column(String(12))
    field_name: Mapped[str] = mapped_column("field", String(20))
    name: Mapped[str] = mapped_column(String(200))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    kind_name: Mapped[str] = mapped_column("kind", String(10))
    allocation_name: Mapped[str] = mapped_column("allocation", String(20))
    source: Mapped[str] = mapped_column(String(200))

    spending_import: Mapped[SpendingImport] = relationship()

    @property
    def field(self) -> TaskField:
        """What the money is for."""
        return TaskField(self.field_name)

    @property
    def kind(self) -> SpendingKind:
        """Whether it was planned or spent."""
        return SpendingKind(self.kind_name)

    @property
    def allocation(self) -> Allocation:
        """How it is known that it belongs here."""
        return Allocation(self.allocation_name)
