"""Areas drawn as SVG shapes: no tiles, no scripts, one drawing for phone, paper and screen reader alike."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

WIDTH = 610.0
MAX_HEIGHT = 680.0
MARGIN = 12.0
BADGE_RADIUS = 25.0
_TOLERANCE = 0.8  # units of the drawing: details smaller than this cannot be seen
_SPECK = 6.0  # square units: islands smaller than this are dust on the paper


class AreaLike(Protocol):
    """Anything with a code and an outline in degrees: a shape, or GeoJSON as the database keeps it."""

    @property
    def code(self) -> str:
        """The code of the area."""

    @property
    def geometry(self) -> BaseGeometry | Mapping[str, Any]:
        """Polygons, longitude before latitude."""


@dataclass(frozen=True)
class Shape:
    """One area: an SVG path and where its label stands; ``label_radius`` is how large a circle fits there."""

    code: str
    path: str
    label_x: float
    label_y: float
    label_radius: float


@dataclass(frozen=True)
class Projection:
    """From degrees to units of the drawing: locally flat, north up."""

    west: float
    north: float
    x_scale: float
    y_scale: float
    left: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place lies in the drawing, in one decimal."""
        x, y = self.points(np.array([[longitude, latitude]]))[0]
        return round(float(x), 1), round(float(y), 1)

    def points(self, degrees: np.ndarray) -> np.ndarray:
        """Return where places lie in the drawing, row by row."""
        x = self.left + (degrees[:, 0] - self.west) * self.x_scale
        y = MARGIN + (self.north - degrees[:, 1]) * self.y_scale
        return np.column_stack([x, y])


@dataclass(frozen=True)
class MapDrawing:
    """A drawing of areas, ``width`` by ``height`` units; ``point`` puts a place on it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    projection: Projection

    @property
    def view_box(self) -> str:
        """The SVG attribute of the same name."""
        return f"0 0 {_number(self.width)} {_number(self.height)}"

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place lies in this drawing, in one decimal."""
        return self.projection.point(longitude, latitude)

    def holds(self, longitude: float, latitude: float) -> bool:
        """Tell whether a place falls on this drawing at all."""
        x, y = self.point(longitude, latitude)
        return 0 <= x <= self.width and 0 <= y <= self.height


def shapes(areas: Sequence[AreaLike]) -> MapDrawing:
    """Draw areas 610 units wide, in their own order; neighbours keep fitting where they fit in the data."""
    outlines = [_outline(area.geometry) for area in areas]
    projection, height = _fitted([one for one in outlines if not one.is_empty])
    flat = [shapely.transform(one, projection.points) for one in outlines]
    drawn = tuple(_shape(area.code, one) for area, one in zip(areas, _simplified(flat), strict=True))
    return MapDrawing(WIDTH, height, drawn, projection)


def _outline(geometry: BaseGeometry | Mapping[str, Any]) -> BaseGeometry:
    return geometry if isinstance(geometry, BaseGeometry) else shapely.from_geojson(json.dumps(geometry))


def _fitted(outlines: Sequence[BaseGeometry]) -> tuple[Projection, float]:
    if not outlines:
        return Projection(0.0, 0.0, 1.0, 1.0, MARGIN), 2 * MARGIN
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(outlines))
    shrink = math.cos(math.radians((south + north) / 2))
    wide, tall = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / wide, (MAX_HEIGHT - 2 * MARGIN) / tall)
    left = (WIDTH - wide * scale) / 2
    return Projection(west, north, shrink * scale, scale, left), round(tall * scale + 2 * MARGIN, 1)


def _simplified(flat: Sequence[BaseGeometry]) -> Sequence[BaseGeometry]:
    # Coverage simplification takes each shared border once, so that no cracks open between neighbours.
    if shapely.coverage_is_valid(flat):
        simpler = list(shapely.coverage_simplify(flat, _TOLERANCE))
    else:
        simpler = [one.simplify(_TOLERANCE) for one in flat]
    return [new if not new.is_empty else old for new, old in zip(simpler, flat, strict=True)]


def _shape(code: str, flat: BaseGeometry) -> Shape:
    parts = sorted(_polygons(flat), key=lambda part: part.area, reverse=True)
    if not parts:
        return Shape(code, "", 0.0, 0.0, 0.0)
    label = shapely.maximum_inscribed_circle(parts[0], tolerance=1.0)
    (x, y), _ = label.coords
    visible = [part for part in parts if part is parts[0] or part.area >= _SPECK]
    return Shape(
        code=code,
        path="".join(_ring(ring.coords) for part in visible for ring in (part.exterior, *part.interiors)),
        label_x=round(x, 1),
        label_y=round(y, 1),
        label_radius=round(label.length, 1),
    )


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon) and not part.is_empty]


def _ring(coordinates: Sequence[tuple[float, ...]]) -> str:
    # Equal neighbours after rounding are left out, and so is the closing point: "Z" draws that line.
    points = [f"{_number(x)},{_number(y)}" for x, y, *_ in coordinates[:-1]]
    kept = [point for before, point in zip([None, *points], points, strict=False) if point != before]
    return f"M{kept[0]}L{' '.join(kept[1:])}Z" if len(kept) > 2 else ""


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


PATTERNS = ("", "lines", "dots", "grid")
PIN_HEIGHT = 28


class Named(AreaLike, Protocol):
    """An area that can be drawn for people."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def source(self) -> str:
        """Who drew its border, to be named beside every map."""


@dataclass(frozen=True)
class Land:
    """One area on a map: its path, where it leads, and a letter that its line in the list beside it has too."""

    path: str
    href: str
    name: str
    letter: str
    label_x: float
    label_y: float
    label_radius: float
    pattern: str


@dataclass(frozen=True)
class Pin:
    """One place on a map; ``x`` and ``y`` are units of the drawing."""

    title: str
    href: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A map as templates draw it."""

    view_box: str
    attribution: str
    shapes: Sequence[Land]
    pins: Sequence[Pin]


def draw(
    areas: Sequence[Named],
    links: Mapping[str, str],
    places: Sequence[tuple[str, str, float, float]] = (),
) -> Drawing | None:
    """Return the map of some areas; None when there is nothing to draw.

    ``links`` leads from an area's code to its page. Several areas get a letter each, unless there are ``places``:
    (title, address, longitude, latitude), of which those off the map are left out.
    """
    if not areas:
        return None
    drawn = shapes(areas)
    lands = [
        Land(
            path=shape.path,
            href=links.get(area.code, ""),
            name=area.name,
            letter="" if places or len(areas) == 1 else _letter(place),
            label_x=shape.label_x,
            label_y=shape.label_y,
            label_radius=min(BADGE_RADIUS, max(12.0, shape.label_radius)),
            pattern=PATTERNS[place % len(PATTERNS)],
        )
        for place, (area, shape) in enumerate(zip(areas, drawn.shapes, strict=True))
    ]
    # A pin stands above its place; the drawing gets room for those along its top.
    top = PIN_HEIGHT if places else 0
    pins = [Pin(title, href, *drawn.point(*at)) for title, href, *at in places if drawn.holds(*at)]
    view_box = f"0 {-top} {_number(drawn.width)} {_number(drawn.height + top)}"
    return Drawing(view_box, areas[0].source, lands, pins)


def _letter(place: int) -> str:
    """Return the letters of a place in a list: A to Z, then AA, AB and so on."""
    more, last = divmod(place, 26)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)
