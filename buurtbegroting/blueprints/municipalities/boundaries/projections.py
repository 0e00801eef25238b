"""Which coordinates a file uses (WGS84 or the Dutch RD grid), and RD made into WGS84."""

from __future__ import annotations

import enum
import re
from functools import cache

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid


class Crs(enum.Enum):
    """The two coordinate systems that Dutch boundary files come in; the value is (west, south, east, north)."""

    WGS84 = (3.0, 50.5, 7.5, 54.0)
    RD = (-10_000.0, 290_000.0, 300_000.0, 640_000.0)

    @property
    def title(self) -> str:
        """How a message calls it."""
        return "WGS84 (EPSG:4326)" if self is Crs.WGS84 else "RD (EPSG:28992)"


# ETRS89 differs from WGS84 by less than a metre here; 7415 is RD with heights.
_KNOWN = {"4326": Crs.WGS84, "CRS84": Crs.WGS84, "84": Crs.WGS84, "4258": Crs.WGS84, "28992": Crs.RD, "7415": Crs.RD}


def declared_crs(file: str, member: object) -> Crs | None:
    """Return the coordinate system that a GeoJSON ``crs`` member names, or None where there is no such member."""
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return named_crs(file, name if isinstance(name, str) else str(member))


def named_crs(file: str, name: str) -> Crs:
    """Return the coordinate system of a name such as ``urn:ogc:def:crs:EPSG::28992``; refuse others."""
    match = re.search(r"(?:^|[:/])(CRS84|\d+)$", name.strip(), re.IGNORECASE)
    known = _KNOWN.get(match.group(1).upper()) if match else None
    if known is None:
        raise Invalid(
            _r(
                "%(file)s uses the coordinate system “%(crs)s”; export it in WGS84 (EPSG:4326) or RD (EPSG:28992).",
                file=file,
                crs=name[:80],
            )
        )
    return known


def observed_crs(file: str, feature: str, geometry: BaseGeometry) -> Crs:
    """Return the coordinate system that the numbers of a shape can only be; refuse a shape outside the Netherlands."""
    west, south, east, north = geometry.bounds
    for crs in Crs:
        left, bottom, right, top = crs.value
        if left <= west and east <= right and bottom <= south and north <= top:
            return crs
    left, bottom, right, top = Crs.WGS84.value
    if left <= south and north <= right and bottom <= west and east <= top:
        raise Invalid(
            _r(
                "%(file)s, feature %(feature)s has latitude before longitude; export it with longitude first.",
                file=file,
                feature=feature,
            )
        )
    raise Invalid(
        _r(
            "%(file)s, feature %(feature)s lies at %(x).6g, %(y).6g, which is not in the Netherlands in WGS84 or RD; "
            "export it in one of these.",
            file=file,
            feature=feature,
            x=west,
            y=south,
        )
    )


def to_wgs84(geometry: BaseGeometry, crs: Crs) -> BaseGeometry:
    """Return the shape in degrees, longitude first."""
    if crs is Crs.WGS84:
        return geometry
    return shapely.transform(geometry, _degrees)


def _degrees(metres: np.ndarray) -> np.ndarray:
    return np.column_stack(_rd_to_wgs84().transform(metres[:, 0], metres[:, 1]))


@cache
def _rd_to_wgs84() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(28992, 4326, always_xy=True)
