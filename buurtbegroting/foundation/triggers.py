"""Rules that the database itself keeps, on both engines.

They are made again after every upgrade, because SQLite drops a table's triggers when a migration rebuilds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text


@dataclass(frozen=True)
class Trigger:
    """Refuse ``event`` (INSERT, UPDATE or DELETE) on a table; with ``columns`` only when one of those changes.

    ``when`` is a condition in SQL in which ``ROW`` is the row; ``label`` tells apart triggers for the same event.
    """

    table: str
    event: str
    message: str
    columns: tuple[str, ...] = ()
    when: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """The trigger's name in the database."""
        return f"{self.table}_refuses_{self.event.lower()}{self.label and '_' + self.label}"

    @property
    def condition(self) -> str:
        """The condition about the row that is there, or about to be."""
        return self.when.replace("ROW", "NEW" if self.event == "INSERT" else "OLD")


# The two moments after which the rules of a round stand fast.
_CONDITIONS_FROZEN = "(SELECT conditions_frozen_at FROM round WHERE round.id = ROW.round_id) IS NOT NULL"
_LIST_FROZEN = "(SELECT list_frozen_at FROM round WHERE round.id = ROW.round_id) IS NOT NULL"
_PACKAGE_FROZEN = (
    "(SELECT round.list_frozen_at FROM round JOIN package ON package.round_id = round.id "
    "WHERE package.id = ROW.package_id) IS NOT NULL"
)
_MEETING_PUBLISHED = "(SELECT published_at FROM meeting WHERE meeting.id = ROW.meeting_id) IS NOT NULL"
# The last entry on the board of a pot closes its box; once its round is sealed, nothing is added to what was cast.
_SEALED = (
    "EXISTS (SELECT 1 FROM closing JOIN pot ON pot.round_id = closing.round_id "
    "WHERE pot.id = ROW.pot_id AND closing.step IN ('sealed', 'counted'))"
)
_BOX_IS_CLOSED = "The ballot box of this pot is closed."
_CONDITIONS_STAND = "The conditions of this round are frozen."
_LIST_STANDS = "The list of this round is frozen."

# Of a rulebook, fixed before the ideas open: who may propose what, how is decided, and what is promised.
CONDITIONS = (
    *("decision_form", "decided_by", "deciding_days", "propose_from", "propose_min_age", "max_plans_per_person"),
    *("min_plan_cents", "max_plan_cents", "support_needed", "leftover", "dropout", "promise", "promise_decision"),
)
# Of a rulebook, fixed when the list is confirmed: who votes how, and how is counted.
BALLOT = (
    *("proofs", "vote_from", "min_age", "reference_date", "ballot_type", "min_choices", "max_choices", "max_points"),
    *("rule", "utility", "completion", "is_exhaustive", "is_compared", "has_bar", "min_votes", "ties"),
)
POT = ("round_id", "area_id", "theme_id", "kind", "amount_cents", "position")
ON_LIST = ("round_id", "pot_id", "ballot_key", "title", "cost_cents")


def _frozen(table: str, columns: tuple[str, ...], when: str, message: str, label: str) -> tuple[Trigger, ...]:
    return (
        Trigger(table, "INSERT", message, (), when, label),
        Trigger(table, "UPDATE", message, columns, when, label),
        Trigger(table, "DELETE", message, (), when, label),
    )


def _kept(table: str, message: str) -> tuple[Trigger, ...]:
    return (Trigger(table, "UPDATE", message), Trigger(table, "DELETE", message))


TRIGGERS = (
    *_kept("maatwerk_spending", "What was spent is never changed; make a correction."),
    *_kept("ledger_entry", "An entry in the ledger is never changed; make a correction."),
    *_kept("phase_move", "That dates moved is never forgotten."),
    *_kept("board_entry", "The board is only ever added to."),
    Trigger("ballot", "INSERT", _BOX_IS_CLOSED, (), _SEALED, "sealed"),
    Trigger("ballot", "UPDATE", _BOX_IS_CLOSED, (), _SEALED, "sealed"),
    Trigger("sealed_ballot", "INSERT", _BOX_IS_CLOSED, (), _SEALED, "sealed"),
    *_kept("rulebook_version", "A version of a rulebook is never changed."),
    Trigger(
        "round",
        "UPDATE",
        "A freeze is never undone.",
        ("conditions_frozen_at", "conditions_hash"),
        "ROW.conditions_frozen_at IS NOT NULL",
        "conditions",
    ),
    Trigger(
        "round",
        "UPDATE",
        "A freeze is never undone.",
        ("list_frozen_at", "list_hash"),
        "ROW.list_frozen_at IS NOT NULL",
        "list",
    ),
    *_frozen("rulebook", CONDITIONS, _CONDITIONS_FROZEN, _CONDITIONS_STAND, "conditions"),
    Trigger("rulebook", "UPDATE", _LIST_STANDS, BALLOT, _LIST_FROZEN, "list"),
    *_frozen("round_criterion", (), _CONDITIONS_FROZEN, _CONDITIONS_STAND, "conditions"),
    *_frozen("pot", POT, _LIST_FROZEN, _LIST_STANDS, "list"),
    *_frozen("proposal", ON_LIST, _LIST_FROZEN, _LIST_STANDS, "list"),
    *_frozen("package", (), _LIST_FROZEN, _LIST_STANDS, "list"),
    *_frozen("package_part", (), _PACKAGE_FROZEN, _LIST_STANDS, "list"),
    *_frozen("plan_verdict", (), _MEETING_PUBLISHED, "A published decision is never changed.", "published"),
    Trigger(
        "meeting",
        "UPDATE",
        "A published decision is never changed.",
        (),
        "ROW.published_at IS NOT NULL",
        "published",
    ),
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
    """Make every trigger whose table and columns exist; existing ones are replaced."""
    inspector = inspect(connection)
    tables = {name: {column["name"] for column in inspector.get_columns(name)} for name in inspector.get_table_names()}
    for trigger in TRIGGERS:
        if set(trigger.columns) <= tables.get(trigger.table, set()) and trigger.table in tables:
            for statement in _statements(trigger, connection.dialect.name):
                connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Take every trigger away, so that a migration can rebuild tables."""
    present = trigger_names(connection)
    for trigger in TRIGGERS:
        if trigger.name in present:
            on_table = "" if connection.dialect.name == "sqlite" else f" ON {trigger.table}"
            connection.execute(text(f"DROP TRIGGER {trigger.name}{on_table}"))


def trigger_names(connection: Connection) -> set[str]:
    """Return the names of all triggers that stand in the database."""
    is_sqlite = connection.dialect.name == "sqlite"
    listed = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    query = listed if is_sqlite else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return set(connection.execute(text(query)).scalars())


def _statements(trigger: Trigger, dialect: str) -> list[str]:
    of_columns = f" OF {', '.join(trigger.columns)}" if trigger.columns else ""
    drop = f"DROP TRIGGER IF EXISTS {trigger.name}"
    make = f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event}{of_columns} ON {trigger.table} "
    if dialect == "sqlite":
        when = f"WHEN {trigger.condition} " if trigger.when else ""
        return [drop, f"{make} {when}BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"]
    if trigger.when:
        return [
            f"{drop} ON {trigger.table}",
            f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {trigger.condition} THEN RAISE EXCEPTION '%', TG_ARGV[0] "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$",
            f"{make} FOR EACH ROW EXECUTE FUNCTION {trigger.name}('{trigger.message}')",
        ]
    return [
        f"{drop} ON {trigger.table}",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"{make} FOR EACH ROW EXECUTE FUNCTION refuse_change('{trigger.message}')",
    ]
