"""The areas and streets of Waterveld."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .drawing import GEOJSON, SOURCE, outline

_MARGIN = 0.0003  # degrees, about 25 metres: a plan does not lie on the very border of its buurt


@dataclass(frozen=True)
class SampleArea:
    """A wijk, a buurt or an own area with its outline in degrees; ``buurt_codes`` only for an own area."""

    kind: Literal["wijk", "buurt", "own"]
    code: str
    name: str
    parent_code: str | None
    inhabitants: int
    geometry: MultiPolygon
    buurt_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Town:
    """The whole municipality: wijken, their buurten, the own area, and the streets of every buurt."""

    code: str
    name: str
    phone: str
    year: int
    source: str
    areas: tuple[SampleArea, ...]
    streets: dict[str, tuple[str, ...]]

    def area(self, code: str) -> SampleArea:
        """Return the area with a code."""
        return next(area for area in self.areas if area.code == code)

    def buurten_of(self, code: str | None) -> tuple[SampleArea, ...]:
        """Return the buurten of a wijk or own area, or all of them for the whole municipality."""
        within = self.area(code).buurt_codes if code else ()
        buurten = (area for area in self.areas if area.kind == "buurt")
        return tuple(one for one in buurten if code is None or one.parent_code == code or one.code in within)


@cache
def town() -> Town:
    """Return Waterveld as it is drawn."""
    sketch = outline()
    drawn = json.loads(resources.files(__package__).joinpath(GEOJSON).read_text("utf-8"))
    areas = [_drawn(feature) for feature in drawn["features"]]
    for own in sketch["own"]:
        parts = [area for area in areas if area.code in own["buurten"]]
        shape = _polygons(shapely.coverage_union_all([part.geometry for part in parts]))
        people = sum(part.inhabitants for part in parts)
        areas.append(SampleArea("own", own["code"], own["name"], None, people, shape, tuple(own["buurten"])))
    streets = {one["code"]: tuple(one["streets"]) for wijk in sketch["wijken_drawn"] for one in wijk["buurten"]}
    return Town("GM9999", "Waterveld", "14 0199", sketch["year"], SOURCE, tuple(areas), streets)


def point_in(buurt_code: str, chance: random.Random) -> tuple[float, float]:
    """Return a longitude and latitude inside a buurt, away from its border."""
    inner = _inner(buurt_code)
    west, south, east, north = inner.bounds
    while True:
        longitude, latitude = round(chance.uniform(west, east), 6), round(chance.uniform(south, north), 6)
        if shapely.contains_xy(inner, longitude, latitude):
            return longitude, latitude


@cache
def _inner(buurt_code: str) -> BaseGeometry:
    inner = town().area(buurt_code).geometry.buffer(-_MARGIN)
    shapely.prepare(inner)
    return inner


def _drawn(feature: dict[str, dict[str, str | int]]) -> SampleArea:
    properties = feature["properties"]
    kind: Literal["wijk", "buurt"] = "buurt" if "buurtcode" in properties else "wijk"
    code = str(properties[f"{kind}code"])
    return SampleArea(
        kind=kind,
        code=code,
        name=str(properties[f"{kind}naam"]),
        parent_code=f"WK{code[2:8]}" if kind == "buurt" else None,
        inhabitants=int(properties["aantalInwoners"]),
        geometry=_polygons(shapely.from_geojson(json.dumps(feature["geometry"]))),
    )


def _polygons(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])
