"""Municipalities, the host names they answer to, their areas, and which buurt an address lies in."""

from __future__ import annotations

import enum
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.foundation.database import Base, Identified
from buurtbegroting.foundation.tenancy import TenantModel


class MunicipalityKind(enum.StrEnum):
    """What kind of tenant this is."""

    MUNICIPALITY = "municipality"
    REGION = "region"


class Municipality(Identified):
    """A tenant: one municipality, or a region of them.

    ``switched_off`` names the practices that it does not use. ``accessibility`` holds what the public register says:
    ``status`` (A to D), ``register``, ``report`` and ``checked_on``.
    """

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("kind IN ('municipality', 'region')", name="kind"),
        CheckConstraint("kind = 'region' OR code LIKE 'GM____'", name="code"),
    )

    code: Mapped[str] = mapped_column(String(10), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default=MunicipalityKind.MUNICIPALITY)
    name: Mapped[str] = mapped_column(String(120))
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["nl", "en"])
    switched_off: Mapped[list[str]] = mapped_column(default=list)
    accessibility: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_moderated_before: Mapped[bool] = mapped_column(default=False)
    theme: Mapped[dict[str, Any]] = mapped_column(default=dict)
    phone: Mapped[str] = mapped_column(String(40), default="")
    phone_hours: Mapped[str] = mapped_column(String(200), default="")
    counter: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class MunicipalityHost(Base):
    """A host name under which a municipality answers."""

    __tablename__ = "municipality_host"

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    municipality_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("municipality.id"), index=True)


class RegionMember(Base):
    """A municipality that takes part in a region."""

    __tablename__ = "region_member"

    region_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    municipality_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("municipality.id"), primary_key=True, index=True)


class OwnText(TenantModel):
    """What a municipality says in its own words on a page that every municipality has; with simple marks."""

    __tablename__ = "own_text"
    __table_args__ = (
        CheckConstraint("language IN ('nl', 'en')", name="language"),
        UniqueConstraint("municipality_id", "page", "language"),
    )

    page: Mapped[str] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(2))
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class TermChoice(TenantModel):
    """How long something takes in this municipality, where it chose otherwise than the house does."""

    __tablename__ = "term_choice"
    __table_args__ = (
        CheckConstraint("length > 0", name="length"),
        UniqueConstraint("municipality_id", "key"),
    )

    key: Mapped[str] = mapped_column(String(60))
    length: Mapped[int]
    named_source: Mapped[str] = mapped_column(String(200), default="")


class AreaKind(enum.StrEnum):
    """A wijk and a buurt are the statistics office's; an own area is the municipality's union of buurten."""

    WIJK = "wijk"
    BUURT = "buurt"
    OWN = "own"


class Area(TenantModel):
    """A wijk, a buurt or an own area, as it was drawn in one year; ``geometry`` is GeoJSON in WGS84."""

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint("kind IN ('wijk', 'buurt', 'own')", name="kind"),
        CheckConstraint("(kind = 'buurt') = (parent_code IS NOT NULL)", name="parent"),
        UniqueConstraint("municipality_id", "code", "year"),
    )

    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    parent_code: Mapped[str | None] = mapped_column(String(12))
    inhabitants: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(200))
    geometry: Mapped[dict[str, Any]]
    is_current: Mapped[bool] = mapped_column(default=True)
    buurten: Mapped[list[AreaBuurt]] = relationship(cascade="all, delete-orphan")


class AreaBuurt(Base):
    """A buurt that an own area is made of."""

    __tablename__ = "area_buurt"

    area_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("area.id", ondelete="CASCADE"), primary_key=True)
    buurt_code: Mapped[str] = mapped_column(String(12), primary_key=True)


class Postcode(TenantModel):
    """The buurt of a postcode, or of one house number where a postcode lies in more than one buurt."""

    __tablename__ = "postcode"
    __table_args__ = (
        CheckConstraint("postcode LIKE '______'", name="postcode"),
        UniqueConstraint("municipality_id", "postcode", "house_number"),
    )

    postcode: Mapped[str] = mapped_column(String(6))
    house_number: Mapped[int | None]
    buurt_code: Mapped[str] = mapped_column(String(12))
