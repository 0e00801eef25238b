"""Features out of a GeoPackage: the layers with wijken and buurten of the yearly PDOK file."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .features import Feature, simplified
from .geojson import refuse_too_many
from .projections import Crs, named_crs

MAX_BYTES = 2_000_000_000
_WANTED = (
    "buurtcode",
    "buurtnaam",
    "wijkcode",
    "wijknaam",
    "statcode",
    "statnaam",
    "jrstatcode",
    "jaar",
    "water",
    "aantalinwoners",
)


def read_geopackage(path: Path, municipality_code: str | None) -> tuple[Crs | None, list[Feature]]:
    """Return the coordinate system and the features; shapes are read only for the municipality, if one is given."""
    pyogrio = _pyogrio(path)
    if path.stat().st_size > MAX_BYTES:
        raise Invalid(
            _r(
                "%(file)s is larger than %(limit)s MB; leave out other municipalities.",
                file=path.name,
                limit=MAX_BYTES // 1_000_000,
            )
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is really wrong with a file comes as an error
            layers = _layers(pyogrio, path)
            crss = {named_crs(path.name, str(pyogrio.read_info(path, layer=layer)["crs"])) for layer in layers}
            features = [one for layer in layers for one in _features(pyogrio, path, layer, municipality_code)]
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        shapely.errors.ShapelyError,
    ) as error:
        raise Invalid(
            _r(
                "%(file)s cannot be read as a GeoPackage (%(error)s); download it again.",
                file=path.name,
                error=str(error)[:120],
            )
        ) from None
    if len(crss) > 1:
        raise Invalid(
            _r("The layers of %(file)s use different coordinate systems; export them in one.", file=path.name)
        )
    return crss.pop(), features


def _pyogrio(path: Path) -> Any:
    try:
        importlib.import_module("pyogrio.raw")
        return importlib.import_module("pyogrio")
    except ImportError:
        raise Invalid(
            _r(
                "%(file)s is a GeoPackage, which needs the extra “geo” (pip install buurtbegroting[geo]); install it "
                "or export the layer as GeoJSON.",
                file=path.name,
            )
        ) from None


def _layers(pyogrio: Any, path: Path) -> list[str]:
    names = [str(name) for name, _ in pyogrio.list_layers(path)]
    layers = [name for name in names if "wijk" in _last_word(name) or "buurt" in _last_word(name)]
    if not layers:
        raise Invalid(
            _r(
                "%(file)s has no layer wijken or buurten, only %(layers)s; choose the file with wijken and buurten.",
                file=path.name,
                layers=", ".join(names)[:200] or "-",
            )
        )
    return layers


def _last_word(layer: str) -> str:
    # "wijkenbuurten_gemeenten" is a layer of gemeenten, whatever it begins with.
    return layer.lower().removesuffix("_gegeneraliseerd").replace(":", "_").split("_")[-1]


def _features(pyogrio: Any, path: Path, layer: str, municipality_code: str | None) -> Iterator[Feature]:
    info = pyogrio.read_info(path, layer=layer)
    refuse_too_many(path.name, int(info["features"]))
    columns = [name for name in info["fields"] if name.lower().replace("_", "") in _WANTED]
    meta, fids, _, values = pyogrio.raw.read(path, layer=layer, columns=columns, read_geometry=False, return_fids=True)
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*values, strict=True)]
    features = [Feature(path.name, int(fid), simplified(row), None) for fid, row in zip(fids, rows, strict=True)]
    ours = [one for one in features if municipality_code is None or _is_of(one, municipality_code)]
    shapes = _shapes(pyogrio, path, layer, [one.number for one in ours])
    yield from (Feature(one.file, one.number, one.fields, shapes.get(one.number)) for one in features)


def _is_of(feature: Feature, municipality_code: str) -> bool:
    return not feature.is_water and feature.municipality_code() == municipality_code


def _shapes(pyogrio: Any, path: Path, layer: str, fids: list[int]) -> dict[int, object]:
    if not fids:
        return {}
    _, found, geometry, _ = pyogrio.raw.read(path, layer=layer, columns=[], fids=fids, return_fids=True)
    return dict(zip((int(fid) for fid in found), shapely.from_wkb(geometry), strict=True))
