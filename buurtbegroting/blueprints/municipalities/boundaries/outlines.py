"""The outline of one area: polygons out of GeoJSON coordinates, repaired where that can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .features import Feature

DECIMALS = 6  # of a degree: about 10 cm


def outline(feature: Feature) -> BaseGeometry:
    """Return the polygons of a feature as they stand in the file; refuse other shapes and broken coordinates."""
    geometry = feature.geometry
    if isinstance(geometry, BaseGeometry):
        _refuse_other_type(feature, geometry.geom_type)
        drawn = shapely.force_2d(geometry)
    else:
        drawn = _from_geojson(feature, geometry)
    if drawn.is_empty:
        raise _empty(feature)
    if not np.isfinite(shapely.get_coordinates(drawn)).all():
        raise Invalid(
            _r(
                "%(file)s, feature %(feature)s has a coordinate that is not a finite number; mend or export it again.",
                file=feature.file,
                feature=feature.label,
            )
        )
    return drawn


def tidy(feature: Feature, degrees: BaseGeometry) -> MultiPolygon:
    """Return valid polygons in rounded degrees, outer rings anticlockwise (RFC 7946); refuse what has no surface."""
    rounded = shapely.transform(degrees, lambda points: np.round(points, DECIMALS))
    if not rounded.is_valid:
        repaired = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
        snapped = shapely.set_precision(_polygons(repaired), 10**-DECIMALS)
        rounded = shapely.transform(snapped, lambda points: np.round(points, DECIMALS))
    whole = _polygons(rounded)
    if whole.is_empty or not whole.is_valid or whole.area == 0:
        raise _empty(feature)
    return _polygons(shapely.orient_polygons(whole))


def _polygons(geometry: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)])


def _empty(feature: Feature) -> Invalid:
    return Invalid(
        _r(
            "%(file)s, feature %(feature)s has no surface that can be drawn; mend its geometry or leave it out.",
            file=feature.file,
            feature=feature.label,
        )
    )


def _refuse_other_type(feature: Feature, kind: str) -> None:
    if kind not in ("Polygon", "MultiPolygon"):
        raise Invalid(
            _r(
                "%(file)s, feature %(feature)s has a geometry of type %(type)s; only Polygon and MultiPolygon can be "
                "an area.",
                file=feature.file,
                feature=feature.label,
                type=kind[:40],
            )
        )


def _from_geojson(feature: Feature, geometry: object) -> BaseGeometry:
    if geometry is None:
        raise _empty(feature)
    if not isinstance(geometry, Mapping):
        raise _malformed(feature)
    kind = geometry.get("type")
    _refuse_other_type(feature, str(kind))
    parts = [geometry.get("coordinates")] if kind == "Polygon" else geometry.get("coordinates")
    if not isinstance(parts, list):
        raise _malformed(feature)
    try:
        return MultiPolygon([_polygon(part) for part in parts if part])
    except (ValueError, TypeError, OverflowError, IndexError, shapely.errors.GEOSException):
        raise _malformed(feature) from None


def _polygon(rings: list[Any]) -> Polygon:
    shell, *holes = [_ring(ring) for ring in rings]
    return Polygon(shell, holes)


def _ring(ring: Any) -> np.ndarray:
    points = np.array(ring)
    if points.ndim != 2 or points.shape[1] < 2 or points.dtype.kind not in "if":
        raise ValueError
    return points[:, :2].astype(float)


def _malformed(feature: Feature) -> Invalid:
    return Invalid(
        _r(
            "%(file)s, feature %(feature)s has coordinates that are not rings of number pairs; export the layer again.",
            file=feature.file,
            feature=feature.label,
        )
    )
