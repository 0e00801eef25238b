"""Reads of houses and of what is on the agenda."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.foundation.database import db

from ..models import Activity, House


def visible_houses(wijk: str = "", kind: str = "") -> Select[House]:
    """Select the houses that everybody may know of: the one answer for page, API, agenda and search."""
    query = select(House).where(House.is_gone.is_(False))
    if wijk:
        query = query.where(House.wijk_code == wijk)
    return query.where(House.kind == kind) if kind else query


def count_houses(wijk: str = "", kind: str = "") -> int:
    """Return how many houses fit."""
    return db.session.scalar(visible_houses(wijk, kind).with_only_columns(func.count(House.id))) or 0


def houses(wijk: str = "", kind: str = "", number: int = 1, size: int = 200) -> Sequence[House]:
    """Return a page of the houses that fit, by name, with who runs them; ``number`` counts from 1."""
    query = visible_houses(wijk, kind).order_by(func.lower(House.name), House.id)
    return db.session.scalars(
        query.options(joinedload(House.organisation)).limit(size).offset((number - 1) * size)
    ).all()


def kept_houses(organisation_ids: Collection[uuid.UUID] | None) -> Sequence[House]:
    """Return all houses, or those that these organisations run, by name; also who is gone."""
    query = select(House).order_by(House.is_gone, func.lower(House.name), House.id)
    if organisation_ids is not None:
        query = query.where(House.organisation_id.in_(organisation_ids), House.is_gone.is_(False))
    return db.session.scalars(query.options(joinedload(House.organisation))).all()


def house_by_id(house_id: uuid.UUID) -> House | None:
    """Return one house with who runs it."""
    return db.session.scalar(select(House).where(House.id == house_id).options(joinedload(House.organisation)))


def house_at(name: str, address: str) -> House | None:
    """Return the house of this name at this address."""
    return db.session.scalar(select(House).where(House.name == name, House.address == address))


def all_house_keys() -> Sequence[str]:
    """Return the key of every house."""
    return [str(each) for each in db.session.scalars(select(House.id))]


_SURROUNDINGS = (
    joinedload(Activity.house),
    joinedload(Activity.initiative).selectinload(Initiative.members),
    selectinload(Activity.cancelled),
)


def activity_by_id(activity_id: uuid.UUID) -> Activity | None:
    """Return one activity with its house, its initiative and the days that are called off."""
    return db.session.scalar(select(Activity).where(Activity.id == activity_id).options(*_SURROUNDINGS))


def visible_activities(
    first: date, last: date | None, wijk: str = "", house: uuid.UUID | None = None
) -> list[Activity]:
    """Return the public activities that may be there in these days (to no end without last), what began first first."""
    query = select(Activity).outerjoin(Activity.house).outerjoin(Activity.initiative)
    query = query.where(
        or_(House.id.is_(None), House.is_gone.is_(False)),
        or_(Initiative.id.is_(None), Initiative.is_hidden.is_(False)),
        or_(Activity.day >= first, Activity.is_weekly),
        or_(Activity.until.is_(None), Activity.until >= first),
    )
    if last is not None:
        query = query.where(Activity.day <= last)
    if wijk:
        query = query.where(Activity.wijk_code == wijk)
    if house:
        query = query.where(Activity.house_id == house)
    return list(db.session.scalars(query.order_by(Activity.day, Activity.starts, Activity.id).options(*_SURROUNDINGS)))


def activities_of_house(house_id: uuid.UUID, since: date) -> Sequence[Activity]:
    """Return what is on the agenda of a house from a day on, hidden initiatives too, for who keeps it."""
    query = select(Activity).where(
        Activity.house_id == house_id,
        or_(Activity.day >= since, Activity.is_weekly),
        or_(Activity.until.is_(None), Activity.until >= since),
    )
    return db.session.scalars(query.order_by(Activity.day, Activity.starts, Activity.id).options(*_SURROUNDINGS)).all()


def activities_of_initiative(initiative_id: uuid.UUID, since: date) -> Sequence[Activity]:
    """Return what an initiative has on the agenda from a day on."""
    query = select(Activity).where(
        Activity.initiative_id == initiative_id,
        or_(Activity.day >= since, Activity.is_weekly),
        or_(Activity.until.is_(None), Activity.until >= since),
    )
    return db.session.scalars(query.order_by(Activity.day, Activity.starts, Activity.id).options(*_SURROUNDINGS)).all()
