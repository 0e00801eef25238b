"""Rules that the database itself keeps, on both engines.

They are made again after every upgrade, because SQLite drops a table's triggers when a migration rebuilds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Trigger:
    """Refuse ``event`` (UPDATE or DELETE) on a table; with ``columns`` only when one of those changes."""

    table: str
    event: str
    message: str
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The trigger's name in the database."""
        return f"{self.table}_refuses_{self.event.lower()}"


TRIGGERS = (
    Trigger("audit_entry", "UPDATE", "The audit is never changed."),
    Trigger("audit_entry", "DELETE", "The audit is never changed."),
    Trigger("audit_head", "UPDATE", "The audit is never changed."),
    Trigger("audit_head", "DELETE", "The audit is never changed."),
    Trigger("sealed_ballot", "UPDATE", "A sealed ballot is never changed."),
    Trigger(
        "result",
        "UPDATE",
        "A count is never overwritten; make a new one.",
        ("pot_id", "sequence", "reason", "counted_at", "voters", "outcome_json"),
    ),
    Trigger("result", "DELETE", "A count is never thrown away."),
    Trigger(
        "assessment_version",
        "UPDATE",
        "A judgement that was published is never changed; publish a new one.",
        ("assessment_id", "proposal_id", "number", "look", "department", "content", "days", "is_in_time"),
    ),
    Trigger("assessment_note", "UPDATE", "A note is never changed; write another.", ("text", "kind", "writer_id")),
)


def make_triggers(connection: Connection) -> None:
    """Make every trigger whose table exists; existing ones are replaced."""
    tables = set(_names(connection, "table"))
    for trigger in TRIGGERS:
        if trigger.table in tables:
            for statement in _statements(trigger, connection.dialect.name):
                connection.execute(text(statement))


def trigger_names(connection: Connection) -> set[str]:
    """Return the names of all triggers that stand in the database."""
    return set(_names(connection, "trigger"))


def _names(connection: Connection, kind: str) -> list[str]:
    if connection.dialect.name == "sqlite":
        query = text("SELECT name FROM sqlite_master WHERE type = :kind")
        return list(connection.execute(query, {"kind": kind}).scalars())
    queries = {
        "table": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
        "trigger": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    return list(connection.execute(text(queries[kind])).scalars())


def _statements(trigger: Trigger, dialect: str) -> list[str]:
    of_columns = f" OF {', '.join(trigger.columns)}" if trigger.columns else ""
    drop = f"DROP TRIGGER IF EXISTS {trigger.name}"
    make = f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event}{of_columns} ON {trigger.table} "
    if dialect == "sqlite":
        return [drop, f"{make} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"]
    return [
        f"{drop} ON {trigger.table}",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"{make} FOR EACH ROW EXECUTE FUNCTION refuse_change('{trigger.message}')",
    ]
