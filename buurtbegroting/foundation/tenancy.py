"""Keeps municipalities apart: every row of a tenant model belongs to one, and every query sees only that one's."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, with_loader_criteria

from .database import Base, Identified, db


class TenantModel(Identified):
    """A row of one municipality (or region)."""

    __abstract__ = True

    municipality_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("municipality.id"), index=True)


class NoTenant(RuntimeError):
    """A query asked for rows of a municipality without saying which."""


def enter(session: Session, municipality_id: uuid.UUID) -> None:
    """Let everything this session reads and writes from now on belong to this municipality."""
    session.info["municipality_id"] = municipality_id


def current(session: Session) -> uuid.UUID:
    """Return the municipality this session works for; raise NoTenant when none was entered."""
    municipality_id: uuid.UUID | None = session.info.get("municipality_id")
    if municipality_id is None:
        raise NoTenant("No municipality was entered.")
    return municipality_id


def all_ids(session: Session) -> Sequence[uuid.UUID]:
    """Return the ids of all municipalities and regions, for work that is done for each in turn."""
    table = Base.metadata.tables["municipality"]
    return session.scalars(select(table.c.id).order_by(table.c.code)).all()


@contextmanager
def inside(session: Session, municipality_id: uuid.UUID) -> Iterator[None]:
    """Work for this municipality inside the block, and for the former one after it."""
    former = session.info.get("municipality_id")
    session.info["municipality_id"] = municipality_id
    try:
        yield
    finally:
        session.info["municipality_id"] = former


def _narrow_to_tenant(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load:
        return
    municipality_id = state.session.info.get("municipality_id")
    if municipality_id is None:
        if any(issubclass(mapper.class_, TenantModel) for mapper in state.all_mappers):
            raise NoTenant(f"No municipality was entered for {state.statement}")
        return
    state.statement = state.statement.options(
        with_loader_criteria(TenantModel, lambda model: model.municipality_id == municipality_id, include_aliases=True)
    )


def _give_new_rows_their_tenant(session: Session, _context: Any, _instances: Any) -> None:
    for row in session.new:
        if isinstance(row, TenantModel):
            row.municipality_id = row.municipality_id or current(session)
            if row.municipality_id != current(session):
                raise NoTenant(f"A new {type(row).__name__} belongs to another municipality.")


event.listen(db.session, "do_orm_execute", _narrow_to_tenant)
event.listen(db.session, "before_flush", _give_new_rows_their_tenant)
