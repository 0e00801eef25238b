import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from buurtbegroting.sample.town import town
from buurtbegroting.web.maps import BADGE_RADIUS, MAX_HEIGHT, WIDTH, Shape, shapes


@dataclass(frozen=True)
class Area:
    code: str
    geometry: BaseGeometry


def drawn(shape: Shape) -> BaseGeometry:
    rings = [
        [tuple(float(part) for part in point.split(",")) for point in re.split("[ L]", ring)]
        for ring in shape.path.removeprefix("M").removesuffix("Z").split("ZM")
    ]
    whole: BaseGeometry = Polygon()
    for ring in rings:
        whole = whole.symmetric_difference(Polygon(ring))
    return whole


def wijken() -> Sequence[Area]:
    return [Area(one.code, one.geometry) for one in town().areas if one.kind == "wijk"]


def test_a_drawing_is_610_wide_and_holds_everything() -> None:
    drawing = shapes(wijken())
    assert drawing.view_box.startswith("0 0 610 ")
    for shape in drawing.shapes:
        west, north, east, south = drawn(shape).bounds
        assert 0 <= west < east <= drawing.width
        assert 0 <= north < south <= drawing.height


def test_a_label_stands_inside_its_area_with_room_for_a_badge() -> None:
    for shape in shapes(wijken()).shapes:
        assert shape.label_radius >= BADGE_RADIUS
        assert drawn(shape).contains(Point(shape.label_x, shape.label_y).buffer(25))


def test_neighbours_keep_fitting_after_simplification() -> None:
    polygons = [drawn(shape) for shape in shapes(wijken()).shapes]
    assert shapely.coverage_is_valid(polygons)
    assert shapely.union_all(polygons).geom_type == "Polygon"


def test_shapes_keep_the_order_and_codes_of_the_areas() -> None:
    areas = wijken()[::-1]
    assert [shape.code for shape in shapes(areas).shapes] == [area.code for area in areas]


def test_geojson_from_the_database_draws_the_same() -> None:
    @dataclass(frozen=True)
    class Row:
        code: str
        geometry: dict[str, object]

    rows = [Row(area.code, mapping(area.geometry)) for area in wijken()]
    assert shapes(rows) == shapes(wijken())


def test_holes_and_islands_are_drawn_and_dust_is_not() -> None:
    ring = Polygon(box(5.0, 52.0, 5.1, 52.1).exterior, [box(5.03, 52.03, 5.07, 52.07).exterior])
    island = box(5.15, 52.0, 5.18, 52.02)
    dust = box(5.12, 52.0, 5.1201, 52.0001)
    (shape,) = shapes([Area("A", MultiPolygon([ring, island, dust]))]).shapes
    assert shape.path.count("M") == 3
    assert drawn(shape).contains(Point(shape.label_x, shape.label_y))


def test_overlapping_areas_are_still_drawn() -> None:
    overlapping = [Area("A", box(5.0, 52.0, 5.1, 52.1)), Area("B", box(5.05, 52.0, 5.15, 52.1))]
    assert all(shape.path for shape in shapes(overlapping).shapes)


def test_a_tall_municipality_fits_too() -> None:
    drawing = shapes([Area("A", box(5.0, 52.0, 5.02, 52.4))])
    assert drawing.height <= MAX_HEIGHT
    assert drawing.shapes[0].label_x == pytest.approx(WIDTH / 2, abs=0.2)


def test_no_areas_is_an_empty_drawing() -> None:
    assert shapes([]).shapes == ()


def test_an_area_without_an_outline_has_an_empty_path() -> None:
    drawing = shapes([Area("A", MultiPolygon()), Area("B", box(5.0, 52.0, 5.1, 52.1))])
    assert [bool(shape.path) for shape in drawing.shapes] == [False, True]


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_a_place_lands_on_the_area_it_lies_in(across: float, up: float) -> None:
    drawing = shapes([Area("A", box(5.0, 52.0, 5.1, 52.05))])
    x, y = drawing.point(5.0 + 0.1 * across, 52.0 + 0.05 * up)
    assert drawn(drawing.shapes[0]).buffer(0.2).contains(Point(x, y))
    assert drawing.holds(5.0 + 0.1 * across, 52.0 + 0.05 * up)
    assert not drawing.holds(5.2, 52.0)


def test_east_and_north_are_to_scale() -> None:
    drawing = shapes([Area("A", box(5.0, 52.0, 5.1, 52.1))])
    (left, bottom), (right, top) = drawing.point(5.0, 52.0), drawing.point(5.1, 52.1)
    assert (right - left) / (bottom - top) == pytest.approx(0.615, abs=0.002)
