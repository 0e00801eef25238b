"""Municipalities in one installation never see each other's rows."""

from __future__ import annotations

import flask
import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.municipalities import queries
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db, transaction
from tests.factories.towns import Town, make_town


@pytest.fixture
def other(app: flask.Flask, town: Town) -> Town:
    """A second municipality in the same installation; the first one stays entered."""
    made = make_town("GM9997", "Anderstad")
    db.session.expire_all()
    tenancy.enter(db.session(), town.municipality.id)
    return made


def names() -> set[str]:
    return {area.code[2:6] for area in db.session.scalars(sa.select(Area))}


def test_a_list_holds_only_rows_of_the_own_municipality(town: Town, other: Town) -> None:
    assert names() == {"9998"}
    assert len(queries.current_areas(AreaKind.WIJK)) == 3


def test_columns_counts_and_subqueries_are_narrowed_too(town: Town, other: Town) -> None:
    assert set(db.session.scalars(sa.select(sa.func.substr(Area.code, 3, 4)))) == {"9998"}
    assert db.session.scalar(sa.select(sa.func.count(Area.id))) == 6
    inner = sa.select(Area.code).subquery()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(inner)) == 6
    assert db.session.scalar(sa.select(sa.exists().where(Area.code == "WK999701"))) is False


def test_a_row_of_another_municipality_is_not_found_by_its_id(town: Town, other: Town) -> None:
    theirs = other.wijken["WK999701"]
    with tenancy.inside(db.session(), other.municipality.id):
        identity = theirs.id
    db.session.expunge_all()
    assert db.session.get(Area, identity) is None


def test_an_update_and_a_delete_touch_only_the_own_municipality(town: Town, other: Town) -> None:
    with transaction(db.session()):
        db.session.execute(sa.update(Area).values(name="Overal"))
        db.session.execute(sa.delete(Area).where(Area.kind == "buurt"))
    with tenancy.inside(db.session(), other.municipality.id):
        theirs = db.session.scalars(sa.select(Area)).all()
        assert len(theirs) == 6
        assert "Overal" not in {area.name for area in theirs}


def test_a_new_row_for_another_municipality_is_refused(town: Town, other: Town) -> None:
    area = Area(
        municipality_id=other.municipality.id, kind="wijk", code="WK999799", year=2025, name="X", source="", geometry={}
    )
    with pytest.raises(tenancy.NoTenant), transaction(db.session()):
        db.session.add(area)


def test_a_query_without_a_municipality_is_a_mistake(town: Town) -> None:
    del db.session().info["municipality_id"]
    with pytest.raises(tenancy.NoTenant):
        db.session.scalars(sa.select(Area)).all()
