"""Two people at once: no change is lost, and nobody is told that the database is locked."""

from __future__ import annotations

import sqlite3
import threading

import flask
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.deeds import deed
from tests.factories.towns import Town


@deed("tests:municipality:lengthened")
def add_a_letter(actor: Actor, municipality: Municipality) -> Municipality:
    locked = db.session.scalars(sa.select(Municipality).with_for_update()).one()
    locked.name = municipality.name + "x"
    return locked


def test_deeds_of_several_people_at_once_lose_nothing(app: flask.Flask, town: Town) -> None:
    people, deeds = 4, 5
    errors: list[BaseException] = []

    def person() -> None:
        try:
            with app.app_context():
                municipality = db.session.scalars(sa.select(Municipality)).one()
                tenancy.enter(db.session(), municipality.id)
                for _ in range(deeds):
                    add_a_letter(SYSTEM, municipality)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=person) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    db.session.rollback()
    assert town.municipality.name == "Proefstad" + "x" * people * deeds


def test_a_deed_after_reading_sees_what_another_wrote_in_between(app: flask.Flask, town: Town) -> None:
    assert town.municipality.name == "Proefstad"

    def other() -> None:
        with app.app_context():
            municipality = db.session.scalars(sa.select(Municipality)).one()
            tenancy.enter(db.session(), municipality.id)
            add_a_letter(SYSTEM, municipality)

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    add_a_letter(SYSTEM, town.municipality)
    assert town.municipality.name == "Proefstadxx"


@pytest.mark.only_sqlite
def test_a_database_that_stays_locked_is_a_plain_answer_and_changes_nothing(
    app: flask.Flask, town: Town, database_url: str
) -> None:
    with sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None) as outsider:
        outsider.execute("BEGIN IMMEDIATE")
        db.session.connection().exec_driver_sql("PRAGMA busy_timeout=50")
        with pytest.raises(OperationalError, match="locked"), transaction(db.session()):
            raise AssertionError("the deed began although the database was locked")
        outsider.execute("ROLLBACK")
    outsider.close()
    add_a_letter(SYSTEM, town.municipality)
    assert town.municipality.name == "Proefstadx"
