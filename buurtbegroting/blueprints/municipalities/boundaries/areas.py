"""What a boundary file says, once it has been read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shapely import MultiPolygon

Kind = Literal["wijk", "buurt"]

_NUMBERED = re.compile(r"^(?:wijk|buurt)\s+\d{1,4}[a-z]?[\s:.-]+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Boundary:
    """A wijk or a buurt; ``geometry`` is valid WGS84 (lon, lat) with 6 decimals, outer rings anticlockwise."""

    kind: Kind
    code: str
    name: str
    parent_code: str | None
    inhabitants: int | None
    geometry: MultiPolygon

    @property
    def short_name(self) -> str:
        """The name without a leading "Wijk 01": what residents call it."""
        return _NUMBERED.sub("", self.name)

    @property
    def municipality_code(self) -> str:
        """The code of the municipality it lies in, such as GM0632."""
        return f"GM{self.code[2:6]}"


@dataclass(frozen=True)
class Boundaries:
    """The areas of one file, by code; ``source`` is the line to show wherever they are drawn."""

    year: int
    source: str
    areas: tuple[Boundary, ...]

    @property
    def wijken(self) -> tuple[Boundary, ...]:
        """Only the wijken."""
        return tuple(area for area in self.areas if area.kind == "wijk")

    @property
    def buurten(self) -> tuple[Boundary, ...]:
        """Only the buurten."""
        return tuple(area for area in self.areas if area.kind == "buurt")
