"""The chain of the audit: a head a day, and a change of anything before it shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.municipalities.actions import set_theme
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation import audit, clock
from buurtbegroting.foundation.audit import AuditEntry, AuditHead
from buurtbegroting.foundation.database import db, read_anew, transaction
from buurtbegroting.foundation.triggers import TRIGGERS
from tests.factories.towns import Town

COLOURS = {"brand-700": "#0b4a57"}


def _without_triggers() -> None:
    """Do what somebody with the database in hands could do."""
    for each in TRIGGERS:
        if each.table.startswith("audit"):
            on_table = f" ON {each.table}" if db.engine.dialect.name == "postgresql" else ""
            db.session.execute(sa.text(f"DROP TRIGGER IF EXISTS {each.name}{on_table}"))


def _let_a_day_pass() -> None:
    """Move everything that happened, and every head, to a day earlier."""
    with transaction(db.session()):
        _without_triggers()
        for entry in db.session.execute(sa.select(AuditEntry.id, AuditEntry.at)).all():
            here = AuditEntry.id == entry.id
            db.session.execute(sa.update(AuditEntry).where(here).values(at=entry.at - timedelta(days=1)))
        for head in db.session.scalars(sa.select(AuditHead.day).order_by(AuditHead.day)).all():
            earlier = {"day": head - timedelta(days=1)}
            db.session.execute(sa.update(AuditHead).where(AuditHead.day == head).values(earlier))


@pytest.fixture
def chained(town: Town) -> Town:
    """A town of yesterday, with a head over that day."""
    _let_a_day_pass()
    audit.chain_everything()
    return town


def verified(town: Town) -> audit.Verification:
    read_anew(db.session())
    return audit.verify(db.session(), town.municipality.id)


def test_what_happened_before_today_gets_one_head(chained: Town) -> None:
    audit.chain_everything()
    found = verified(chained)
    assert (found.days, found.entries, found.broken_on) == (1, 1, None)


def test_today_is_not_chained_yet(town: Town) -> None:
    audit.chain_everything()
    assert verified(town) == audit.Verification(0, 0, None)


@pytest.mark.parametrize("change", ["changed", "taken away", "added"])
def test_a_change_of_the_past_breaks_the_chain(chained: Town, change: str) -> None:
    with transaction(db.session()):
        first = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).first()
        assert first is not None
        table, here = AuditEntry.__table__, AuditEntry.__table__.c.id == first.id
        if change == "changed":
            db.session.execute(sa.update(table).where(here).values(actor_role="resident"))
        elif change == "taken away":
            db.session.execute(sa.delete(table).where(here))
        else:
            values = {column.key: getattr(first, column.key) for column in table.columns} | {"id": -1}
            db.session.execute(sa.update(table).where(here).values(verb="x"))
            db.session.execute(sa.insert(table).values(values))
    assert verified(chained).broken_on is not None


def test_the_next_head_goes_on_from_the_last(town: Town) -> None:
    _let_a_day_pass()
    audit.chain_everything()
    set_theme(SYSTEM, town.municipality, COLOURS)
    with transaction(db.session()):
        newest = db.session.scalars(sa.select(sa.func.max(AuditEntry.id))).one()
        yesterday = clock.now(db.session()) - timedelta(days=1)
        db.session.execute(sa.update(AuditEntry).where(AuditEntry.id == newest).values(at=yesterday))
        db.session.execute(sa.update(AuditHead).values(day=clock.local_day(yesterday) - timedelta(days=1)))
    audit.chain_everything()
    found = verified(town)
    assert (found.days, found.entries, found.broken_on) == (2, 2, None)


def test_a_head_is_never_changed(town: Town) -> None:
    head = {"municipality_id": town.municipality.id, "day": date(2026, 1, 1), "last_id": 1, "entries": 1, "hash": "x"}
    with transaction(db.session()):
        db.session.add(AuditHead(**head))
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), transaction(db.session()):
        db.session.execute(sa.update(AuditHead).values(hash="y"))
