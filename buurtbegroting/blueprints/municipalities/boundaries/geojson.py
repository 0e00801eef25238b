"""Features out of a GeoJSON file, with limits so that no file can exhaust the machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .features import Feature, simplified
from .projections import Crs, declared_crs

MAX_BYTES = 150_000_000
MAX_FEATURES = 30_000  # the whole country has about 18,000 wijken and buurten


def read_geojson(path: Path) -> tuple[Crs | None, str | None, list[Feature]]:
    """Return the coordinate system and attribution that the file names, if any, and its features."""
    document = _document(path)
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise Invalid(
            _r(
                "%(file)s is not a GeoJSON FeatureCollection; export the layer as GeoJSON and try again.",
                file=path.name,
            )
        )
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise Invalid(_r("%(file)s holds no features; export the layer with its wijken or buurten.", file=path.name))
    refuse_too_many(path.name, len(features))
    attribution = document.get("attribution")
    return (
        declared_crs(path.name, document.get("crs")),
        attribution if isinstance(attribution, str) else None,
        list(_features(path.name, features)),
    )


def refuse_too_many(file: str, count: int) -> None:
    """Refuse more features than the whole country has."""
    if count > MAX_FEATURES:
        raise Invalid(
            _r(
                "%(file)s holds %(count)s features and the limit is %(limit)s; leave out other municipalities.",
                file=file,
                count=count,
                limit=MAX_FEATURES,
            )
        )


def _document(path: Path) -> Any:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Invalid(
            _r(
                "%(file)s is %(size)s MB and the limit is %(limit)s MB; leave out other municipalities or use a "
                "GeoPackage.",
                file=path.name,
                size=size // 1_000_000,
                limit=MAX_BYTES // 1_000_000,
            )
        )

    def refuse_constant(name: str) -> NoReturn:
        raise Invalid(
            _r("%(file)s holds %(value)s where a number must stand; mend the file.", file=path.name, value=name)
        )

    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=refuse_constant)
    except RecursionError:
        raise Invalid(
            _r("%(file)s is nested too deeply to be a boundary file; export the layer again.", file=path.name)
        ) from None
    except ValueError as error:
        raise Invalid(
            _r(
                "%(file)s is not JSON (%(error)s); export the layer as GeoJSON in UTF-8 and try again.",
                file=path.name,
                error=str(error)[:120],
            )
        ) from None


def _features(file: str, features: list[Any]) -> Iterator[Feature]:
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        if not isinstance(feature, Mapping) or not isinstance(properties, Mapping | None):
            raise Invalid(
                _r(
                    "%(file)s, feature %(feature)s is not a GeoJSON Feature with properties; export the layer again.",
                    file=file,
                    feature=number,
                )
            )
        yield Feature(file, number, simplified(properties or {}), feature.get("geometry"))
