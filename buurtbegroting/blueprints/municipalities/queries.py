"""Reads of municipalities, areas and postcodes."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import shapely
from sqlalchemy import Select, or_, select, true

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.terms import Term
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db

from .models import Area, AreaKind, Municipality, MunicipalityHost, OwnText, Postcode, RegionMember, TermChoice

AREA_CODE = re.compile(r"(WK|BU|OG)[0-9A-Z]{1,10}")

# As many as one question to the database may name.
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Tenant:
    """What a page needs to know of its municipality, kept apart from the database row."""

    id: uuid.UUID
    code: str
    kind: str
    name: str
    languages: tuple[str, ...]
    phone: str
    phone_hours: str
    counter: str
    host: str
    theme_version: int
    has_theme: bool
    switched_off: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The municipality as it signs: Gemeente Waterveld."""
        return f"Gemeente {self.name}" if self.kind == "municipality" else self.name

    @property
    def phone_href(self) -> str:
        """The address that dials the number."""
        return "tel:" + re.sub(r"[^0-9+]", "", self.phone)


def tenant_for_host(host: str) -> Tenant | None:
    """Return the municipality that answers to a host name; the only one there is answers to any."""
    query = select(Municipality).order_by(Municipality.code)
    named = query.join(MunicipalityHost).where(MunicipalityHost.host == host)
    found = db.session.scalar(named)
    if found is None:
        candidates = db.session.scalars(query.limit(2)).all()
        is_single = len(candidates) == 1 and db.session.scalar(select(MunicipalityHost).limit(1)) is None
        found = candidates[0] if is_single else None
    return _tenant(found) if found else None


def _tenant(row: Municipality) -> Tenant:
    return Tenant(
        id=row.id,
        code=row.code,
        kind=row.kind,
        name=row.name,
        languages=tuple(row.languages),
        phone=row.phone,
        phone_hours=row.phone_hours,
        counter=row.counter,
        host=db.session.scalar(_hosts_of(row.id)) or "",
        theme_version=row.version,
        has_theme=bool(row.theme),
        switched_off=tuple(row.switched_off),
    )


def _hosts_of(municipality_id: uuid.UUID) -> Select[str]:
    hosts = select(MunicipalityHost.host).where(MunicipalityHost.municipality_id == municipality_id)
    return hosts.order_by(MunicipalityHost.host).limit(1)


def tenant_by_id(municipality_id: uuid.UUID) -> Tenant:
    """Return the municipality with this id, which has to be there."""
    return _tenant(db.session.get_one(Municipality, municipality_id))


def this_municipality() -> Municipality:
    """Return the municipality that was entered."""
    return db.session.get_one(Municipality, tenancy.current(db.session()))


def municipality_by_code(code: str) -> Municipality | None:
    """Return the municipality with this CBS code."""
    return db.session.scalar(select(Municipality).where(Municipality.code == code))


def local_term(term: Term) -> Term:
    """Return how long something takes here: as the municipality chose, or else as the house says."""
    chosen = db.session.scalar(select(TermChoice).where(TermChoice.key == term.key))
    return with_choice(term, chosen)


def local_terms(terms: Sequence[Term]) -> list[Term]:
    """Return how long things take here, all of them at once."""
    chosen = {each.key: each for each in db.session.scalars(select(TermChoice))}
    return [with_choice(each, chosen.get(each.key)) for each in terms]


def with_choice(term: Term, chosen: TermChoice | None) -> Term:
    """Return a term with what a municipality chose instead."""
    if chosen is None:
        return term
    return replace(term, length=chosen.length, named_source=chosen.named_source or term.named_source)


def own_text(page: str, language: str) -> OwnText | None:
    """Return what the municipality says in its own words on a page."""
    return db.session.scalar(select(OwnText).where(OwnText.page == page, OwnText.language == language))


def own_texts() -> dict[tuple[str, str], OwnText]:
    """Return every text of the municipality's own, by page and language."""
    return {(each.page, each.language): each for each in db.session.scalars(select(OwnText))}


def municipalities() -> Sequence[Municipality]:
    """Return every municipality of this installation, by code."""
    return db.session.scalars(select(Municipality).order_by(Municipality.code)).all()


def members_of(region_id: uuid.UUID) -> list[Tenant]:
    """Return the municipalities that take part in a region, by name."""
    query = select(Municipality).join(RegionMember, RegionMember.municipality_id == Municipality.id)
    rows = db.session.scalars(query.where(RegionMember.region_id == region_id).order_by(Municipality.name))
    return [_tenant(row) for row in rows.all()]


def regions_of(municipality_id: uuid.UUID) -> list[Tenant]:
    """Return the regions in which a municipality takes part, by name."""
    query = select(Municipality).join(RegionMember, RegionMember.region_id == Municipality.id)
    rows = db.session.scalars(query.where(RegionMember.municipality_id == municipality_id).order_by(Municipality.name))
    return [_tenant(row) for row in rows.all()]


def chosen_municipality(code: str | None) -> Municipality:
    """Return the municipality that a command is about; raise Invalid when that is not clear."""
    if code:
        found = municipality_by_code(code)
        if found is None:
            raise Invalid(_r("There is no municipality %(code)s here.", code=code))
        return found
    present = municipalities()
    if len(present) != 1:
        codes = ", ".join(each.code for each in present) or "none"
        raise Invalid(_r("Say for which municipality with --municipality; there is: %(codes)s.", codes=codes))
    return present[0]


def current_areas(*kinds: AreaKind) -> Sequence[Area]:
    """Return the areas of these kinds as they are drawn now, by code."""
    query = select(Area).where(Area.is_current, Area.kind.in_(kinds)).order_by(Area.kind.desc(), Area.code)
    return db.session.scalars(query).all()


def area_by_code(code: str) -> Area | None:
    """Return the area with this code as it is drawn now."""
    return db.session.scalar(select(Area).where(Area.is_current, Area.code == code))


def buurt_at(longitude: float, latitude: float) -> Area | None:
    """Return the buurt in which a place lies, its border included; None for a place outside the municipality."""
    for area in current_areas(AreaKind.BUURT):
        if shapely.intersects_xy(shapely.from_geojson(json.dumps(area.geometry)), longitude, latitude):
            return area
    return None


def buurten_of(wijk: Area) -> Sequence[Area]:
    """Return the buurten of a wijk, by code."""
    query = select(Area).where(Area.is_current, Area.kind == AreaKind.BUURT, Area.parent_code == wijk.code)
    return db.session.scalars(query.order_by(Area.code)).all()


def wijken_at(postcode: str, house_number: int | None) -> Sequence[Area]:
    """Return the wijken in which an address may lie: one, or more where only the house number could tell."""
    rows = db.session.scalars(
        select(Postcode.buurt_code).where(
            Postcode.postcode == postcode,
            or_(
                Postcode.house_number.is_(None),
                true() if house_number is None else Postcode.house_number == house_number,
            ),
        )
    ).all()
    wijken = {code.replace("BU", "WK", 1)[:8] for code in rows}
    query = select(Area).where(Area.is_current, Area.kind == AreaKind.WIJK, Area.code.in_(wijken))
    return db.session.scalars(query.order_by(Area.code)).all()


def wijk_at(postcode: str, house_number: int | None) -> Area:
    """Return the wijk of an address; raise Invalid when it is not known, or lies in more than one."""
    found = wijken_at(postcode, house_number) or wijken_at(postcode, None)
    if not found:
        reason = _r("We do not know this postcode. Choose your wijk in the list below.")
        raise Invalid(reason, {"postcode": reason})
    if len(found) > 1:
        names = " / ".join(wijk.name for wijk in found)
        reason = _r("This postcode lies in more than one wijk: %(names)s. Fill in your house number.", names=names)
        raise Invalid(reason, {"house_number": reason})
    return found[0]


def buurten_by_address(postcodes: Collection[str]) -> dict[tuple[str, int | None], str]:
    """Return the codes of buurten by postcode and house number; by None where a whole postcode lies in one."""
    wanted = sorted(postcodes)
    found: dict[tuple[str, int | None], str] = {}
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = Postcode.postcode.in_(wanted[start : start + MOST_AT_ONCE])
        rows = db.session.execute(select(Postcode.postcode, Postcode.house_number, Postcode.buurt_code).where(some))
        found |= {(postcode, number): code for postcode, number, code in rows}
    return found
