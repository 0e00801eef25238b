"""Runs the migrations on either engine, and makes the triggers again afterwards."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, event, pool

from buurtbegroting.foundation.database import Base, JsonValue, RowNumber, UTCDateTime
from buurtbegroting.foundation.triggers import drop_triggers, make_triggers


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # With foreign keys on, rebuilding a table would delete the rows that point to it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types by their name."""
    names = {JsonValue: "JsonValue", RowNumber: "RowNumber"}
    if kind == "type" and isinstance(item, UTCDateTime):
        return "UTCDateTime()"
    return names.get(item, False) if kind == "type" else False


def run() -> None:
    """Run the asked migrations in one transaction."""
    engine = create_engine(current_app.config["SQLALCHEMY_DATABASE_URI"], poolclass=pool.NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            render_item=_render,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            # A table cannot be rebuilt while a trigger of another one reads it.
            drop_triggers(connection)
            context.run_migrations()
            make_triggers(connection)
            if is_sqlite:
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"The migration left rows that point nowhere: {broken[:5]}")


run()
