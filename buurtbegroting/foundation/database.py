"""The cellar: the declarative base, the column types, the write gate, and the only place that commits."""

from __future__ import annotations

import fcntl
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, DateTime, Engine, Integer, MetaData, TypeDecorator, UpdateBase, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, mapped_column

# Constraints have names, so that a migration can change them on both engines.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and always read back with its zone (SQLite forgets it)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse a moment without a zone: nobody knows when that is."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JsonValue = JSON().with_variant(JSONB(), "postgresql")
# SQLite numbers rows by itself only in a column of type INTEGER.
RowNumber = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """What every table has in common."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UTCDateTime(),
        uuid.UUID: Uuid(),
        dict[str, Any]: JsonValue,
        list[str]: JsonValue,
    }


class Identified(Base):
    """A row with an id that nobody can guess or count."""

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


db = SQLAlchemy(metadata=Base.metadata)


def prepare_engine(engine: Engine) -> None:
    """Make an engine read and write as this house does, whichever database is behind it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite_connection)
        event.listen(engine, "begin", _begin_on_sqlite)
    event.listen(engine, "before_execute", _refuse_writing_outside_a_deed)


def _prepare_sqlite_connection(connection: Any, _record: Any) -> None:
    # Python's own transaction handling silently loses updates; we say BEGIN ourselves.
    connection.isolation_level = None
    # What was thrown away is overwritten, so that no earlier row of the ballot box can be read back.
    settings = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "secure_delete=ON")
    for pragma in settings:
        connection.execute(f"PRAGMA {pragma}")


def _begin_on_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_writing_outside_a_deed(
    connection: Any, statement: Any, _multiparams: Any, _params: Any, options: Any
) -> None:
    if isinstance(statement, UpdateBase) and not connection.get_execution_options().get("writes"):
        raise RuntimeError(f"Something writes outside a deed: {statement}")


def _refuse_page_that_grows_with_its_rows(state: ORMExecuteState) -> None:
    """Refuse a lazy load on a page that only reads: it would ask once more for every row.

    Inside a deed, and on a page shown after one, rows were refreshed and may ask for what belongs to them.
    """
    info = state.session.info
    is_lazy = state.is_select and state.lazy_loaded_from is not None
    if is_lazy and not info.get("in_transaction") and not info.get("has_written"):
        raise RuntimeError(f"A page asks per row; load this beforehand: {state.statement}")


event.listen(db.session, "do_orm_execute", _refuse_page_that_grows_with_its_rows)


def read_anew(session: Session) -> None:
    """Let go of what was read, so that the next question sees what stands there now."""
    session.rollback()


@contextmanager
def transaction(session: Session) -> Iterator[None]:
    """Run one change of the town's memory: the outermost block commits, inner ones join, any exception undoes all.

    The read snapshot of the request is dropped first and loaded rows refresh, so that what is decided inside is
    decided on what stands there now.
    """
    if session.info.get("in_transaction"):
        with _joined(session):
            yield
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Rows were changed before the deed began.")
    session.rollback()
    with _write_gate(session.get_bind()):
        session.info.update(in_transaction=True, is_doomed=False, has_written=True)
        try:
            session.connection(execution_options={"writes": True})
            yield
            if session.info["is_doomed"]:
                raise RuntimeError("An inner deed failed; the outer one cannot be kept.")
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["in_transaction"] = False


def sweep(session: Session, table: str) -> None:
    """Overwrite what rows of a table were before, on disk too; outside of a deed."""
    session.rollback()
    engine = session.get_bind().engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f'VACUUM "{table}"')
        return
    # Our own BEGIN would stand in the way; a busy database answers that it could not, and is swept the next time.
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _joined(session: Session) -> Iterator[None]:
    try:
        yield
    except BaseException:
        session.info["is_doomed"] = True
        raise


@contextmanager
def _write_gate(bind: Any) -> Iterator[None]:
    """Let one writer at a time to SQLite, in order of arrival: its own busy handler sleeps and is unfair."""
    database = bind.engine.url.database
    if bind.dialect.name != "sqlite" or not database or database == ":memory:":
        yield
        return
    with Path(f"{database}.gate").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield
