"""Taking over areas and postcodes: the same file twice changes nothing, a newer year replaces an older one."""

from __future__ import annotations

import dataclasses

import pytest
import sqlalchemy as sa
from shapely import MultiPolygon, box

from buurtbegroting.blueprints.municipalities import actions, queries
from buurtbegroting.blueprints.municipalities.boundaries import Boundaries, Boundary
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind, Municipality
from buurtbegroting.blueprints.municipalities.postcodes import PostcodeRow
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotYours
from buurtbegroting.foundation.database import db
from tests.factories.towns import Town


def square(place: int) -> MultiPolygon:
    return MultiPolygon([box(5 + place, 52, 6 + place, 53)])


def boundaries(year: int = 2030, names: str = "AB") -> Boundaries:
    areas = tuple(
        Boundary("wijk", f"WK9998{place:02d}", f"Wijk {place:02d} {name}", None, 10, square(place))
        for place, name in enumerate(names)
    )
    return Boundaries(year, "CBS / Kadaster", areas)


def test_the_same_file_twice_changes_nothing(town: Town) -> None:
    first = actions.import_areas(SYSTEM, town.municipality, boundaries())
    assert (first.added, first.changed, first.unchanged) == (2, 0, 0)
    again = actions.import_areas(SYSTEM, town.municipality, boundaries())
    assert (again.added, again.changed, again.unchanged, again.retired) == (0, 0, 2, 0)


def test_a_newer_year_becomes_the_current_one_and_the_older_stays_known(town: Town) -> None:
    done = actions.import_areas(SYSTEM, town.municipality, boundaries(2030))
    assert done.retired == 3
    assert [area.name for area in queries.current_areas(AreaKind.WIJK)] == ["A", "B"]
    assert db.session.scalar(sa.select(sa.func.count(Area.id)).where(Area.kind == "wijk")) == 5


def test_an_older_year_does_not_become_current(town: Town) -> None:
    actions.import_areas(SYSTEM, town.municipality, boundaries(2001))
    assert {area.year for area in queries.current_areas(AreaKind.WIJK)} == {2025}


def test_a_changed_name_is_taken_over(town: Town) -> None:
    actions.import_areas(SYSTEM, town.municipality, boundaries())
    done = actions.import_areas(SYSTEM, town.municipality, boundaries(names="AC"))
    assert (done.changed, done.unchanged) == (1, 1)


def test_an_import_is_all_or_nothing(town: Town) -> None:
    good = boundaries()
    broken = dataclasses.replace(good.areas[1], kind="stad")  # type: ignore[arg-type]
    with pytest.raises(sa.exc.IntegrityError):
        actions.import_areas(SYSTEM, town.municipality, dataclasses.replace(good, areas=(good.areas[0], broken)))
    assert {area.year for area in db.session.scalars(sa.select(Area))} == {2025}


def test_only_an_admin_takes_over_areas(town: Town) -> None:
    with pytest.raises(NotYours):
        actions.import_areas(ANONYMOUS, town.municipality, boundaries())


def test_an_own_area_is_a_union_of_buurten(town: Town) -> None:
    area = actions.compose_area(SYSTEM, town.municipality, "De Kernen", ["BU99980101", "BU99980201"])
    assert (area.code, area.inhabitants) == ("OG999801", 2000)
    assert queries.area_by_code("OG999801") is not None


@pytest.mark.parametrize("codes", [[], ["BU99980101", "BU00000000"]])
def test_an_own_area_of_unknown_buurten_is_refused(town: Town, codes: list[str]) -> None:
    with pytest.raises(Invalid):
        actions.compose_area(SYSTEM, town.municipality, "Nergens", codes)


def test_postcodes_are_replaced_and_the_same_file_changes_nothing(town: Town) -> None:
    rows = [PostcodeRow("9999ZZ", None, "BU99980101")]
    assert actions.import_postcodes(SYSTEM, town.municipality, rows).is_changed
    assert not actions.import_postcodes(SYSTEM, town.municipality, rows).is_changed
    assert [wijk.name for wijk in queries.wijken_at("9999ZZ", 3)] == ["Noord"]
    assert not queries.wijken_at("1234AB", None)


def test_a_house_number_decides_where_a_postcode_lies_in_two_wijken(town: Town) -> None:
    assert [wijk.name for wijk in queries.wijken_at("1234CD", 2)] == ["Midden"]
    assert [wijk.name for wijk in queries.wijken_at("1234CD", None)] == ["Noord", "Midden"]


def test_a_code_is_used_once(town: Town) -> None:
    with pytest.raises(AlreadyDone):
        actions.create_municipality(SYSTEM, Municipality(code="GM9998", name="Dubbel"))


@pytest.mark.parametrize(("code", "kind"), [("GM12", "municipality"), ("XX", "municipality"), ("GM1234", "region")])
def test_a_code_is_that_of_the_statistics_office(town: Town, code: str, kind: str) -> None:
    with pytest.raises(Invalid, match=code):
        actions.create_municipality(SYSTEM, Municipality(code=code, kind=kind, name="X"))


def test_a_host_is_added_once_and_by_an_admin(town: Town) -> None:
    actions.add_host(SYSTEM, town.municipality, "Buurt.Example")
    found = queries.tenant_for_host("buurt.example")
    assert found is not None
    assert found.code == "GM9998"
    with pytest.raises(AlreadyDone):
        actions.add_host(SYSTEM, town.municipality, "buurt.example")
    with pytest.raises(NotYours):
        actions.add_host(ANONYMOUS, town.municipality, "ander.example")


def test_only_a_region_has_members(town: Town) -> None:
    with pytest.raises(Invalid):
        actions.create_municipality(SYSTEM, Municipality(code="GM1111", name="X"), (), [town.municipality])
    region = Municipality(code="RG1", kind="region", name="Regio Proef")
    assert actions.create_municipality(SYSTEM, region, ("regio.example",), [town.municipality]).kind == "region"
