"""Draw the map of Waterveld: `python -m buurtbegroting.sample.drawing` writes the boundary and postcode file again."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import random
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

GEOJSON = "waterveld.geojson"
POSTCODES = "waterveld_postcodes.csv"
SOURCE = "Grenzen: verzonnen, gemeente Waterveld bestaat niet"

_METRES_PER_UNIT = 10.0
_METRES_PER_DEGREE = 111_320.0
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"  # the post office leaves out letters that look like others
_SHARED_EVERY = 9  # every so many postcodes one runs on into the next buurt


def outline() -> dict[str, Any]:
    """Return the sketch of the town: nodes, lines, names, streets."""
    return tomllib.loads(resources.files(__package__).joinpath("outline.toml").read_text("utf-8"))


def geojson(sketch: Mapping[str, Any]) -> str:
    """Return the wijken and buurten as GeoJSON text that the boundary import can read."""
    buurten = _buurten(sketch)
    features = []
    for wijk in sketch["wijken_drawn"]:
        parts = [buurten[one["code"]] for one in wijk["buurten"]]
        people = sum(one["inhabitants"] for one in wijk["buurten"])
        features.append(_feature("wijk", wijk, people, shapely.coverage_union_all(parts), sketch))
        for one in wijk["buurten"]:
            features.append(_feature("buurt", one, one["inhabitants"], buurten[one["code"]], sketch))
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "attribution": "{SOURCE}", "features": [\n{lines}\n]}}\n'


def postcodes(sketch: Mapping[str, Any]) -> str:
    """Return the addresses in the format of the CBS postcode file."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\n")
    year = sketch["year"]
    table.writerow(["PC6", "Huisnummer", f"Buurt{year}", f"Wijk{year}", f"Gemeente{year}"])
    for postcode, number, code in _addresses(sketch):
        table.writerow([postcode, number, code[2:], code[2:8], "9999"])
    return written.getvalue()


def street_postcodes(sketch: Mapping[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Return the postcodes of every street, by buurt code and street; each street has a few."""
    letters = (
        "".join(pair) for pair in itertools.product(_LETTERS, repeat=2) if "".join(pair) not in {"SA", "SD", "SS"}
    )
    found: dict[tuple[str, str], list[str]] = {}
    for buurt in _all_buurten(sketch):
        for street in buurt["streets"]:
            count = 2 + len(street) % 4
            found[buurt["code"], street] = [f"1199{next(letters)}" for _ in range(count)]
    return found


def _addresses(sketch: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    codes = [buurt["code"] for buurt in _all_buurten(sketch)]
    after = dict(zip(codes, codes[1:] + codes[:1], strict=True))
    counted = 0
    for (code, _), found in street_postcodes(sketch).items():
        for index, postcode in enumerate(found):
            counted += 1
            numbers = range(1 + 24 * index, 25 + 24 * index, 2 if counted % 3 == 0 else 1)
            for number in numbers:
                runs_on = counted % _SHARED_EVERY == 0 and number > numbers[len(numbers) * 2 // 3]
                yield postcode, number, after[code] if runs_on else code


def _all_buurten(sketch: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [buurt for wijk in sketch["wijken_drawn"] for buurt in wijk["buurten"]]


def _buurten(sketch: Mapping[str, Any]) -> dict[str, Polygon]:
    lines = [
        LineString(_wander(sketch["nodes"][start], sketch["nodes"][end], sketch["bend"][kind], f"{start}{end}"))
        for kind, chains in sketch["lines"].items()
        for chain in chains
        for start, end in itertools.pairwise(chain.split())
    ]
    faces = list(shapely.get_parts(shapely.polygonize(lines)))
    buurten = _all_buurten(sketch)
    found = {one["code"]: [face for face in faces if face.contains(Point(one["inside"]))] for one in buurten}
    if len(faces) != len(buurten) or any(len(fits) != 1 for fits in found.values()):
        raise ValueError(f"{len(faces)} faces for {len(buurten)} buurten; mend outline.toml")
    return {code: _degrees(face, sketch) for code, (face,) in found.items()}


def _wander(start: list[float], end: list[float], bend: float, seed: str) -> list[tuple[float, float]]:
    """Return points from start to end that stray gently to one side, then the other, as a ditch or street does."""
    chance = random.Random(seed)  # noqa: S311
    length = math.dist(start, end)
    steps = max(4, round(length / 9))
    sideways = ((start[1] - end[1]) / length, (end[0] - start[0]) / length)
    waves = [(chance.uniform(-1, 1) / (wave + 1), wave + 1) for wave in range(4)]
    points = []
    for step in range(steps + 1):
        along = step / steps
        stray = bend * length * sum(size * math.sin(math.pi * count * along) for size, count in waves)
        points.append(
            (
                start[0] + (end[0] - start[0]) * along + sideways[0] * stray,
                start[1] + (end[1] - start[1]) * along + sideways[1] * stray,
            )
        )
    return [(start[0], start[1]), *points[1:-1], (end[0], end[1])]


def _degrees(face: Polygon, sketch: Mapping[str, Any]) -> Polygon:
    origin = sketch["origin"]
    shrink = math.cos(math.radians(origin["latitude"]))

    def place(points: np.ndarray) -> np.ndarray:
        metres = points * _METRES_PER_UNIT / _METRES_PER_DEGREE
        degrees = np.column_stack([origin["longitude"] + metres[:, 0] / shrink, origin["latitude"] - metres[:, 1]])
        return np.round(degrees, 6)

    return shapely.orient_polygons(shapely.transform(face, place))


def _feature(
    kind: str, area: Mapping[str, Any], people: int, shape: BaseGeometry, sketch: Mapping[str, Any]
) -> dict[str, Any]:
    parts = MultiPolygon(
        [part for part in shapely.get_parts(shapely.orient_polygons(shape)) if isinstance(part, Polygon)]
    )
    return {
        "type": "Feature",
        "properties": {
            f"{kind}code": area["code"],
            f"{kind}naam": area["name"],
            "gemeentecode": "GM9999",
            "gemeentenaam": "Waterveld",
            "jaar": sketch["year"],
            "water": "NEE",
            "aantalInwoners": people,
        },
        "geometry": json.loads(shapely.to_geojson(parts)),
    }


def main() -> None:
    """Write both files next to this module."""
    here = Path(__file__).parent
    sketch = outline()
    (here / GEOJSON).write_text(geojson(sketch), encoding="utf-8")
    (here / POSTCODES).write_text(postcodes(sketch), encoding="utf-8")


if __name__ == "__main__":
    main()
