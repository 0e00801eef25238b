"""Migrations and models say the same, on both engines; the newest goes down and up again over filled tables."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import flask
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade

from buurtbegroting.blueprints.voting.actions.results import count_pot, seal_ballots
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation import paths
from buurtbegroting.foundation.database import Base, db
from buurtbegroting.foundation.triggers import TRIGGERS, trigger_names
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town

pytestmark = pytest.mark.both_engines
SCRIPTS = ScriptDirectory(str(paths.MIGRATIONS))


def test_migrations_are_numbered_and_have_one_head(engine_name: str) -> None:
    names = sorted(path.name for path in (paths.MIGRATIONS / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert len(SCRIPTS.get_heads()) == 1


def test_models_equal_migrations(bare_app: flask.Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert not compare_metadata(context, Base.metadata)


def test_every_check_of_the_models_stands_in_the_database(bare_app: flask.Flask) -> None:
    inspector = sa.inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(check.name) for check in table.constraints if isinstance(check, sa.CheckConstraint)}
        present = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert wanted == present, table.name


def test_the_listed_triggers_stand_in_the_database(bare_app: flask.Flask) -> None:
    with db.engine.connect() as connection:
        assert trigger_names(connection) == {trigger.name for trigger in TRIGGERS}


def test_the_newest_migration_goes_down_and_up_over_filled_tables(app: flask.Flask, town: Town) -> None:
    round_ = make_round()
    plan = make_plan(round_)
    seal_ballots(SYSTEM, round_.pots[0], [[(plan.ballot_key, Fraction(1))]])
    count_pot(SYSTEM, round_.pots[0], "Telling")
    before = _rows()
    db.session.remove()
    newest = SCRIPTS.get_current_head()
    gone = set(re.findall(r'create_table\(\s*"(\w+)"', _source(newest)))
    downgrade(directory=str(paths.MIGRATIONS), revision="-1")
    upgrade(directory=str(paths.MIGRATIONS))
    kept = {name: count for name, count in before.items() if name not in gone}
    assert {name: count for name, count in _rows().items() if name in kept} == kept
    assert kept["area"]
    assert kept["proposal"]
    assert before["result"]
    with db.engine.connect() as connection:
        assert trigger_names(connection) == {trigger.name for trigger in TRIGGERS}


def _source(revision: str | None) -> str:
    script = SCRIPTS.get_revision(revision or "")
    return Path(script.path).read_text()


def _rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }
