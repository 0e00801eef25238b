"""Deeds on municipalities, their areas and their postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from sqlalchemy import delete, insert, select

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Area, AreaBuurt, AreaKind, Municipality, MunicipalityHost, MunicipalityKind, Postcode, RegionMember
from ..policy import may_manage_municipality
from ..theme import checked_theme

if TYPE_CHECKING:
    from ..boundaries import Boundaries, Boundary
    from ..postcodes import PostcodeRow


# The statistics office's code of a municipality; a region has none, and gets one of ours.
CODES = {
    MunicipalityKind.MUNICIPALITY: re.compile(r"GM[0-9]{4}"),
    MunicipalityKind.REGION: re.compile(r"RG[0-9A-Z]{1,8}"),
}


@deed("municipalities:municipality:created")
def create_municipality(
    actor: Actor, municipality: Municipality, hosts: Sequence[str] = (), members: Sequence[Municipality] = ()
) -> Municipality:
    """Make a new municipality or region, and enter it; raise AlreadyDone when its code is in use."""
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    pattern = CODES[MunicipalityKind(municipality.kind or MunicipalityKind.MUNICIPALITY)]
    if not pattern.fullmatch(municipality.code):
        raise Invalid(_r("%(code)s is no code; write GM and four figures, or RG and letters.", code=municipality.code))
    if queries.municipality_by_code(municipality.code):
        raise AlreadyDone(_r("%(code)s is there already.", code=municipality.code))
    if members and municipality.kind != MunicipalityKind.REGION:
        raise Invalid(_r("Only a region has members; %(code)s is a municipality.", code=municipality.code))
    municipality.theme = checked_theme(municipality.theme or {})
    db.session.add(municipality)
    db.session.flush()
    tenancy.enter(db.session(), municipality.id)
    db.session.add_all(MunicipalityHost(host=host.lower(), municipality_id=municipality.id) for host in hosts)
    db.session.add_all(RegionMember(region_id=municipality.id, municipality_id=member.id) for member in members)
    return municipality


@deed("municipalities:municipality:host added")
def add_host(actor: Actor, municipality: Municipality, host: str) -> Municipality:
    """Let a municipality answer to one more host name; raise AlreadyDone when the name is in use."""
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    if db.session.get(MunicipalityHost, host.lower()):
        raise AlreadyDone(_r("%(code)s is there already.", code=host))
    db.session.add(MunicipalityHost(host=host.lower(), municipality_id=municipality.id))
    db.session.flush()
    return municipality


@deed("municipalities:municipality:themed")
def set_theme(actor: Actor, municipality: Municipality, colours: Mapping[str, str]) -> Municipality:
    """Give a municipality its colours; raise Invalid for colours with which pages read badly."""
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    municipality.theme = checked_theme(colours)
    return municipality


@dataclass(frozen=True)
class Settings:
    """What residents see of a municipality on every page; ``version`` is the one that was looked at."""

    name: str
    phone: str
    phone_hours: str
    counter: str
    colours: Mapping[str, str]
    version: int


@deed("municipalities:municipality:changed")
def change_municipality(actor: Actor, municipality: Municipality, wanted: Settings) -> Municipality:
    """Change what a municipality is called, how it is reached and its colours, all or nothing.

    Raises Changed when somebody else was first, and Invalid for colours with which pages read badly.
    """
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    if municipality.version != wanted.version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    municipality.theme = checked_theme(wanted.colours)
    municipality.name, municipality.phone = wanted.name, wanted.phone
    municipality.phone_hours, municipality.counter = wanted.phone_hours, wanted.counter
    return municipality


@dataclass(frozen=True)
class AreaImport:
    """What an import of areas did, in numbers of areas."""

    audit_subject: Municipality
    added: int
    changed: int
    unchanged: int
    retired: int


@deed("municipalities:areas:imported")
def import_areas(actor: Actor, municipality: Municipality, boundaries: Boundaries) -> AreaImport:
    """Take over the wijken and buurten of one year; the newest year that is there becomes the current one.

    Importing the same file again changes nothing.
    """
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    kinds = {boundary.kind for boundary in boundaries.areas}
    known = {area.code: area for area in db.session.scalars(select(Area).where(Area.year == boundaries.year))}
    touched = [_take_over(known.get(each.code), each, boundaries) for each in boundaries.areas]
    db.session.flush()
    return AreaImport(
        audit_subject=municipality,
        added=touched.count("added"),
        changed=touched.count("changed"),
        unchanged=touched.count("unchanged"),
        retired=sum(_keep_newest_current(kind) for kind in sorted(kinds)),
    )


def _take_over(area: Area | None, boundary: Boundary, boundaries: Boundaries) -> str:
    facts = {
        "name": boundary.short_name,
        "kind": boundary.kind,
        "parent_code": boundary.parent_code,
        "inhabitants": boundary.inhabitants,
        "source": boundaries.source,
        "geometry": _geojson(boundary.geometry),
    }
    if area is None:
        db.session.add(Area(code=boundary.code, year=boundaries.year, **facts))
        return "added"
    changed = {name: value for name, value in facts.items() if getattr(area, name) != value}
    for name, value in changed.items():
        setattr(area, name, value)
    return "changed" if changed else "unchanged"


def _geojson(geometry: BaseGeometry) -> dict[str, object]:
    """Return a geometry as GeoJSON made of lists, as it also comes back from the database."""

    def as_lists(part: object) -> object:
        return [as_lists(each) for each in part] if isinstance(part, (list, tuple)) else part

    raw = mapping(geometry)
    return {"type": raw["type"], "coordinates": as_lists(raw["coordinates"])}


def _keep_newest_current(kind: str) -> int:
    """Mark the newest year of a kind as current; return how many areas stopped being so."""
    areas = db.session.scalars(select(Area).where(Area.kind == kind)).all()
    newest = max(area.year for area in areas)
    retired = [area for area in areas if area.is_current and area.year != newest]
    for area in areas:
        area.is_current = area.year == newest
    return len(retired)


@deed("municipalities:area:composed")
def compose_area(actor: Actor, municipality: Municipality, name: str, buurt_codes: Iterable[str]) -> Area:
    """Make an own area out of buurten; raise Invalid for a code that is no current buurt here."""
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    codes = sorted(set(buurt_codes))
    buurten = {area.code: area for area in queries.current_areas(AreaKind.BUURT) if area.code in codes}
    unknown = [code for code in codes if code not in buurten]
    if unknown or not codes:
        raise Invalid(
            _r("Name buurten of this municipality; these are not: %(codes)s.", codes=", ".join(unknown) or "-")
        )
    union = unary_union([shape(area.geometry) for area in buurten.values()])
    counts = [area.inhabitants for area in buurten.values()]
    area = Area(
        kind=AreaKind.OWN,
        code=_next_own_code(municipality),
        year=max(area.year for area in buurten.values()),
        name=name,
        inhabitants=None if None in counts else sum(count or 0 for count in counts),
        source=next(iter(buurten.values())).source,
        geometry=_geojson(union),
        buurten=[AreaBuurt(buurt_code=code) for code in codes],
    )
    db.session.add(area)
    db.session.flush()
    return area


def _next_own_code(municipality: Municipality) -> str:
    taken = db.session.scalars(select(Area.code).where(Area.kind == AreaKind.OWN)).all()
    return f"OG{municipality.code[2:]}{len(taken) + 1:02d}"


@dataclass(frozen=True)
class PostcodeImport:
    """What an import of postcodes did; ``is_changed`` is false when the same rows stood there already."""

    audit_subject: Municipality
    rows: int
    is_changed: bool


@deed("municipalities:postcodes:imported")
def import_postcodes(actor: Actor, municipality: Municipality, rows: Sequence[PostcodeRow]) -> PostcodeImport:
    """Replace the postcodes of a municipality by those of a newer file; the same file again changes nothing."""
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    columns = (Postcode.postcode, Postcode.house_number, Postcode.buurt_code)
    present = {tuple(row) for row in db.session.execute(select(*columns))}
    wanted = {(row.postcode, row.number, row.buurt_code) for row in rows}
    if present != wanted:
        db.session.execute(delete(Postcode))
        names = ("postcode", "house_number", "buurt_code")
        values = [dict(zip(names, row, strict=True), municipality_id=municipality.id) for row in wanted]
        db.session.execute(insert(Postcode), values)
    return PostcodeImport(audit_subject=municipality, rows=len(wanted), is_changed=present != wanted)
