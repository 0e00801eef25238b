"""From a file of CBS or PDOK to the checked wijken and buurten of one municipality."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .areas import Boundaries, Boundary
from .features import Feature
from .geojson import read_geojson
from .geopackage import read_geopackage
from .outlines import outline, tidy
from .projections import Crs, observed_crs, to_wgs84

_SQLITE = b"SQLite format 3\x00"
_SHOWN = 5


def read_boundaries(path: Path, municipality_code: str | None, year: int | None) -> Boundaries:
    """Read wijken and buurten from GeoJSON or a GeoPackage, in WGS84 or RD.

    With a municipality code only its areas are taken; without a year the file or its name must tell it.
    Refuses (``Invalid``) with one sentence that names the file, the feature and what to do.
    """
    declared, attribution, features = _read(path, municipality_code)
    ours = _of_municipality(path.name, [one for one in features if not one.is_water], municipality_code)
    _refuse_duplicates(ours)
    drawn = [(feature, outline(feature)) for feature in ours]
    crs = _one_crs(path.name, declared, drawn)
    found = year or _year(path, ours)
    areas = [_boundary(feature, tidy(feature, to_wgs84(shape, crs))) for feature, shape in drawn]
    return Boundaries(
        year=found,
        source=attribution or f"Grenzen: CBS / Kadaster, CC BY 4.0, {found}",
        areas=tuple(sorted(areas, key=lambda area: area.code)),
    )


def _read(path: Path, municipality_code: str | None) -> tuple[Crs | None, str | None, list[Feature]]:
    try:
        if not path.is_file():
            raise Invalid(_r("%(file)s is not a file that can be read; check its name.", file=path.name))
        with path.open("rb") as stream:
            is_geopackage = stream.read(len(_SQLITE)) == _SQLITE
        if is_geopackage:
            crs, features = read_geopackage(path, municipality_code)
            return crs, None, features
        return read_geojson(path)
    except OSError as error:
        raise Invalid(
            _r(
                "%(file)s cannot be read (%(error)s); check the file and its permissions.",
                file=path.name,
                error=error.strerror or type(error).__name__,
            )
        ) from None


def _of_municipality(file: str, features: Sequence[Feature], municipality_code: str | None) -> list[Feature]:
    if not features:
        raise Invalid(_r("%(file)s holds only water; export the layer with its wijken or buurten.", file=file))
    if municipality_code is None:
        return list(features)
    ours = [one for one in features if one.municipality_code() == municipality_code]
    if not ours:
        held = sorted({one.municipality_code() for one in features})
        more = f" (+{len(held) - _SHOWN})" if len(held) > _SHOWN else ""
        raise Invalid(
            _r(
                "%(file)s holds no areas of %(code)s, only of %(held)s; choose the file of this municipality.",
                file=file,
                code=municipality_code,
                held=", ".join(held[:_SHOWN]) + more,
            )
        )
    return ours


def _refuse_duplicates(features: Iterable[Feature]) -> None:
    counted: Counter[str] = Counter()
    for feature in features:
        counted[feature.code()] += 1
        if counted[feature.code()] > 1:
            raise Invalid(
                _r(
                    "%(file)s, feature %(feature)s has a code that an earlier feature has too; keep one of them.",
                    file=feature.file,
                    feature=feature.label,
                )
            )


def _one_crs(file: str, declared: Crs | None, drawn: Sequence[tuple[Feature, BaseGeometry]]) -> Crs:
    first: Crs | None = None
    for feature, shape in drawn:
        observed = observed_crs(file, feature.label, shape)
        if observed is not (declared or observed):
            raise Invalid(
                _r(
                    "%(file)s says it is in %(declared)s, but feature %(feature)s is in %(observed)s; export it again.",
                    file=file,
                    declared=declared.title if declared else "",
                    feature=feature.label,
                    observed=observed.title,
                )
            )
        first = first or observed
        if observed is not first:
            raise Invalid(
                _r(
                    "%(file)s mixes coordinate systems: feature %(feature)s is in %(observed)s and those before it "
                    "in %(first)s; export it in one.",
                    file=file,
                    feature=feature.label,
                    observed=observed.title,
                    first=first.title,
                )
            )
    return first or Crs.WGS84


def _year(path: Path, features: Iterable[Feature]) -> int:
    named = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", path.stem)
    years = {year for feature in features if (year := feature.year())} or ({int(named.group(1))} if named else set())
    if len(years) != 1:
        raise Invalid(
            _r(
                "%(file)s does not tell one year of its areas (%(years)s); give it with --year.",
                file=path.name,
                years=", ".join(str(year) for year in sorted(years)) or "-",
            )
        )
    return years.pop()


def _boundary(feature: Feature, geometry: MultiPolygon) -> Boundary:
    code = feature.code()
    is_buurt = code.startswith("BU")
    return Boundary(
        kind="buurt" if is_buurt else "wijk",
        code=code,
        name=feature.name(),
        parent_code=f"WK{code[2:8]}" if is_buurt else None,
        inhabitants=feature.inhabitants(),
        geometry=geometry,
    )
