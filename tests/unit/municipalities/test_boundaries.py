import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from buurtbegroting.blueprints.municipalities.boundaries import Boundaries, geojson, read_boundaries
from buurtbegroting.civic.refusals import Invalid

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "geo"
REAL = Path(os.environ.get("BUURTBEGROTING_REAL_DATA", ROOT.parent / "shared" / "data")) / "geo"
needs_real_files = pytest.mark.skipif(
    not REAL.is_dir(), reason=f"no real boundary files in {REAL}; set BUURTBEGROTING_REAL_DATA"
)


def read(name: str, municipality_code: str | None = None, year: int | None = None) -> Boundaries:
    return read_boundaries(FIXTURES / f"{name}.geojson", municipality_code, year)


def refusal(path: Path, municipality_code: str | None = None) -> str:
    with pytest.raises(Invalid) as refused:
        read_boundaries(path, municipality_code, None)
    assert path.name in str(refused.value)
    return str(refused.value)


def test_a_wijk_keeps_its_name_and_is_called_by_the_short_one() -> None:
    first, second = read("two-wijken").areas
    assert (first.name, first.short_name) == ("Wijk 01 Woerden-Midden", "Woerden-Midden")
    assert (first.kind, first.code, first.parent_code, first.municipality_code) == ("wijk", "WK063201", None, "GM0632")
    assert (first.inhabitants, second.inhabitants) == (5120, None)


def test_the_source_line_names_the_year() -> None:
    assert read("two-wijken").source == "Grenzen: CBS / Kadaster, CC BY 4.0, 2024"


def test_camel_case_fields_and_codes_with_letters_are_read() -> None:
    (buurt,) = read("camel-case-buurten").areas
    assert (buurt.code, buurt.parent_code, buurt.inhabitants) == ("BU0363AF01", "WK0363AF", 1075)


def test_snake_case_fields_are_read_and_water_is_left_out() -> None:
    boundaries = read("snake-case-buurten")
    assert [(one.code, one.inhabitants) for one in boundaries.buurten] == [("BU06320101", None)]
    assert boundaries.wijken == ()


def test_only_the_areas_of_the_municipality_are_taken() -> None:
    assert [one.code for one in read("whole-country", "GM0361").areas] == ["WK036101"]
    assert len(read("whole-country").areas) == 9


def test_the_year_comes_from_the_fields_the_name_or_the_reader() -> None:
    assert read("camel-case-buurten").year == 2024
    assert read("wijken_2023").year == 2023
    assert read("no-year", year=2022).year == 2022


def test_rings_turn_anticlockwise() -> None:
    (area,) = read("clockwise").areas
    assert shapely.is_ccw(area.geometry.geoms[0].exterior)


def test_a_self_touching_outline_is_repaired() -> None:
    (area,) = read("bow-tie").areas
    assert area.geometry.is_valid
    assert area.geometry.area == pytest.approx(0.5e-4, rel=0.01)


def test_rd_is_recognised_without_being_named() -> None:
    (area,) = read("rd-without-crs").areas
    assert area.geometry.centroid.distance(shapely.Point(4.89, 52.09)) < 0.02


@pytest.mark.parametrize("name", ["crs84", "with-bom"])
def test_common_spellings_are_accepted(name: str) -> None:
    assert read(name).areas[0].code == "WK063201"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("not-json", "is not JSON"),
        ("latin-1", "is not JSON"),
        ("not-a-collection", "is not a GeoJSON FeatureCollection"),
        ("not-an-object", "is not a GeoJSON FeatureCollection"),
        ("no-features", "holds no features"),
        ("only-water", "holds only water"),
        ("feature-of-text", "feature 1 is not a GeoJSON Feature"),
        ("point", "feature 1 (WK063201 Wijk 01 Woerden-Midden) has a geometry of type Point"),
        ("line", "has a geometry of type LineString"),
        ("no-code", "feature 2 (Wijk 02 Woerden-West) has no code"),
        ("bad-code", "feature 2 (63202 Wijk 02 Woerden-West) has the code “63202”"),
        ("municipalities", "use the layer with wijken or buurten"),
        ("no-name", "feature 1 (WK063201) has no name"),
        ("twice", "feature 3 (WK063202 Nog eens) has a code that an earlier feature has too"),
        ("flat", "feature 2 (WK063202 Wijk 02 Woerden-West) has no surface"),
        ("empty-geometry", "has no surface"),
        ("null-geometry", "has no surface"),
        ("in-france", "lies at 2.35, 48.85, which is not in the Netherlands"),
        ("latitude-first", "has latitude before longitude"),
        ("mixed", "mixes coordinate systems: feature 2"),
        ("says-rd-is-wgs84", "says it is in RD (EPSG:28992), but feature 1"),
        ("unknown-crs", "uses the coordinate system “urn:ogc:def:crs:EPSG::3857”"),
        ("linked-crs", "uses the coordinate system"),
        ("words-for-coordinates", "has coordinates that are not rings of number pairs"),
        ("bad-inhabitants", "has “veel” in the field aantalInwoners"),
        ("infinite", "has a coordinate that is not a finite number"),
        ("not-a-number", "holds NaN where a number must stand"),
        ("no-year", "give it with --year"),
        ("two-years", "(2024, 2025); give it with --year"),
    ],
)
def test_a_broken_file_is_refused_with_what_to_do(name: str, says: str) -> None:
    assert says in refusal(FIXTURES / f"{name}.geojson")


def test_a_file_of_others_is_refused_and_says_whose_it_is() -> None:
    message = refusal(FIXTURES / "whole-country.geojson", "GM0363")
    assert "holds no areas of GM0363, only of GM0100, GM0101, GM0102, GM0103, GM0104 (+4)" in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "is not a file" in refusal(tmp_path / "nothing.geojson")
    assert "is not a file" in refusal(tmp_path)


def test_a_file_that_may_not_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "cannot be read (Permission denied)" in refusal(FIXTURES / "two-wijken.geojson")


def test_a_nesting_bomb_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.geojson"
    bomb.write_text('{"type": "FeatureCollection", "features": ' + "[" * 200_000 + "]" * 200_000 + "}")
    assert "nested too deeply" in refusal(bomb)


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_BYTES", 100)
    assert "the limit is 0 MB" in refusal(FIXTURES / "two-wijken.geojson")


def test_too_many_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_FEATURES", 1)
    assert "holds 2 features and the limit is 1" in refusal(FIXTURES / "two-wijken.geojson")


def geopackage(path: Path, *layers: str, crs: str = "EPSG:28992") -> Path:
    raw = pytest.importorskip("pyogrio.raw", reason="the extra geo is not installed")
    square = shapely.to_wkb(np.array([shapely.box(120000, 455000, 121000, 456000), shapely.box(0, 4e5, 1e4, 4.1e5)]))
    for layer in layers:
        raw.write(
            path,
            square,
            [
                np.array(["WK063201", "WK036101"], dtype=object),
                np.array(["Midden", "Zuid"], dtype=object),
                np.array([5, -99997]),
            ],
            ["wijkcode", "wijknaam", "aantal_inwoners"],
            layer=layer,
            crs=crs,
            geometry_type="Polygon",
            driver="GPKG",
            append=path.exists(),
        )
    return path


def test_a_geopackage_is_read_by_its_layers(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "wijkenbuurten_2024_v1.gpkg", "wijkenbuurten_gemeenten", "wijken")
    boundaries = read_boundaries(path, "GM0632", None)
    assert [(one.code, one.name, one.inhabitants) for one in boundaries.areas] == [("WK063201", "Midden", 5)]
    assert boundaries.year == 2024
    assert boundaries.areas[0].geometry.centroid.distance(shapely.Point(4.89, 52.09)) < 0.02


def test_a_geopackage_of_others_is_refused(tmp_path: Path) -> None:
    assert "only of GM0361, GM0632" in refusal(geopackage(tmp_path / "w_2024.gpkg", "wijken"), "GM0363")


def test_a_geopackage_without_wijken_is_refused(tmp_path: Path) -> None:
    assert "only wijkenbuurten_gemeenten" in refusal(geopackage(tmp_path / "w_2024.gpkg", "wijkenbuurten_gemeenten"))


def test_a_broken_geopackage_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyogrio", reason="the extra geo is not installed")
    path = tmp_path / "broken_2024.gpkg"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    assert "cannot be read as a GeoPackage" in refusal(path)


def test_a_geopackage_without_the_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyogrio.raw", None)
    path = tmp_path / "w_2024.gpkg"
    path.write_bytes(b"SQLite format 3\x00")
    assert "pip install buurtbegroting[geo]" in refusal(path)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["type", "coordinates"]), inner),
        max_leaves=12,
    )
)
def test_whatever_stands_for_a_geometry_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, geometry: object
) -> None:
    path = tmp_path_factory.mktemp("any") / "any_2024.geojson"
    feature = {"properties": {"wijkcode": "WK063201", "wijknaam": "Midden"}, "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(Invalid):
        read_boundaries(path, None, None)


@needs_real_files
@pytest.mark.parametrize(
    ("name", "code", "count", "year"),
    [
        ("alkmaar_wijken_2024_wgs84", "GM0361", 8, 2024),
        ("alkmaar_wijken_2024_rd28992_omgerekend", "GM0361", 8, 2024),
        ("woerden_wijken_2014_wgs84", "GM0632", 8, 2014),
        ("zaanstad_wijken_2014_wgs84", "GM0479", 19, 2014),
    ],
)
def test_real_files_are_read(name: str, code: str, count: int, year: int) -> None:
    boundaries = read_boundaries(REAL / f"{name}.geojson", code, None)
    assert (len(boundaries.areas), boundaries.year) == (count, year)
    assert all(area.geometry.is_valid for area in boundaries.areas)


@needs_real_files
def test_rd_and_wgs84_give_the_same_shapes() -> None:
    degrees = read_boundaries(REAL / "alkmaar_wijken_2024_wgs84.geojson", None, None)
    metres = read_boundaries(REAL / "alkmaar_wijken_2024_rd28992_omgerekend.geojson", None, None)
    for one, other in zip(degrees.areas, metres.areas, strict=True):
        points, others = shapely.get_coordinates(one.geometry), shapely.get_coordinates(other.geometry)
        assert (one.code, points.shape) == (other.code, others.shape)
        assert np.abs(points - others).max() <= 0.00002
