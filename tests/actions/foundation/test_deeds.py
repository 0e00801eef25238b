"""A deed is one transaction with one audit entry; nothing writes outside one."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from buurtbegroting.blueprints.municipalities.actions import set_theme
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor
from buurtbegroting.civic.reasons import Reason
from buurtbegroting.civic.refusals import Invalid, NotYours
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.deeds import deed
from tests.factories.actors import OFFICIAL
from tests.factories.towns import Town

COLOURS = {"brand-700": "#0b4a57"}


def entries(verb: str) -> list[AuditEntry]:
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == verb)))


@deed("tests:municipality:renamed")
def rename(actor: Actor, municipality: Municipality, name: str) -> Municipality:
    municipality.name = name
    return municipality


@deed("tests:municipality:renamed twice")
def rename_twice(actor: Actor, municipality: Municipality, fails: bool) -> Municipality:
    rename(actor, municipality, "Eerst")
    if fails:
        raise NotYours(Reason("No."))
    return rename(actor, municipality, "Daarna")


def test_a_deed_leaves_one_entry_with_the_names_of_changed_fields(town: Town) -> None:
    set_theme(OFFICIAL, town.municipality, COLOURS)
    (entry,) = entries("municipalities:municipality:themed")
    assert (entry.actor_id, entry.actor_role, entry.fields) == ("official", "admin,official", ["theme"])
    assert entry.subject_id == town.municipality.id
    assert entry.subject_version == town.municipality.version


def test_a_refused_deed_leaves_nothing(town: Town) -> None:
    with pytest.raises(NotYours):
        set_theme(ANONYMOUS, town.municipality, COLOURS)
    with pytest.raises(Invalid):
        set_theme(SYSTEM, town.municipality, {"brand-700": "#ffffff"})
    assert not entries("municipalities:municipality:themed")
    assert town.municipality.theme == {}


def test_inner_deeds_join_and_each_leaves_its_entry(town: Town) -> None:
    rename_twice(SYSTEM, town.municipality, False)
    assert town.municipality.name == "Daarna"
    assert len(entries("tests:municipality:renamed")) == 2


def test_an_exception_undoes_inner_deeds_too(town: Town) -> None:
    with pytest.raises(NotYours):
        rename_twice(SYSTEM, town.municipality, True)
    assert town.municipality.name == "Proefstad"
    assert not entries("tests:municipality:renamed")


def test_a_failed_inner_deed_dooms_the_outer_one_even_when_it_is_caught(town: Town) -> None:
    @deed("tests:municipality:stubborn")
    def stubborn(actor: Actor, municipality: Municipality) -> Municipality:
        with pytest.raises(NotYours):
            rename_twice(actor, municipality, True)
        return municipality

    with pytest.raises(RuntimeError, match="inner deed failed"):
        stubborn(SYSTEM, town.municipality)
    assert town.municipality.name == "Proefstad"


def test_nothing_writes_outside_a_deed(town: Town) -> None:
    town.municipality.name = "Stiekem"
    with pytest.raises(RuntimeError, match="outside a deed"):
        db.session.flush()
    db.session.rollback()
    with pytest.raises(RuntimeError, match="outside a deed"):
        db.session.execute(sa.update(Municipality).values(name="Stiekem"))
    db.session.rollback()


def test_a_deed_does_not_begin_on_rows_that_were_changed_before(town: Town) -> None:
    town.municipality.name = "Te vroeg"
    with pytest.raises(RuntimeError, match="before the deed"):
        set_theme(SYSTEM, town.municipality, COLOURS)
    db.session.rollback()


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_the_audit(town: Town, statement: str) -> None:
    set_theme(SYSTEM, town.municipality, COLOURS)
    with pytest.raises(DBAPIError, match="never changed"), transaction(db.session()):
        db.session.execute(sa.text(statement))
    assert entries("municipalities:municipality:themed")


def test_a_deed_on_another_municipality_is_refused(town: Town) -> None:
    tenancy.enter(db.session(), uuid.uuid4())
    with pytest.raises(DBAPIError):
        set_theme(SYSTEM, town.municipality, COLOURS)
    assert town.municipality.theme == {}
