"""Reads of initiatives: one, a page of a filtered list, what happened in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.rounds.models import Theme
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.search import keys_holding

from ..models import (
    Initiative,
    InitiativeLink,
    InitiativeUpdate,
    Member,
)
from ..states import Stage

PAGE_SIZE = 12
UPDATES_SHOWN = 5
ORDERS = ("nieuwste", "naam", "vernieuwd")


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; empty means everything."""

    search: str = ""
    theme: str = ""
    wijk: str = ""
    stage: str = ""
    order: str = "nieuwste"


def visible() -> Select[Initiative]:
    """Select the initiatives that the public may know of: the one answer for page, API, export and search."""
    return select(Initiative).where(Initiative.is_hidden.is_(False))


def found(filters: Filters) -> Select[Initiative]:
    """Select the visible initiatives that fit the filters; who ended is there only when asked for."""
    query = visible().outerjoin(Initiative.theme)
    if filters.search:
        held = keys_holding(filters.search, "initiatief")
        query = query.where(false() if held is None else Initiative.number.in_(held))
    if filters.theme:
        query = query.where(Theme.slug == filters.theme)
    if filters.wijk:
        query = query.where(Initiative.wijk_code == filters.wijk)
    if filters.stage in set(Stage):
        return query.where(Initiative.stage_name == filters.stage)
    return query if filters.search else query.where(Initiative.stage_name != Stage.ENDED)


def count(filters: Filters) -> int:
    """Return how many visible initiatives fit the filters."""
    return db.session.scalar(found(filters).with_only_columns(func.count(Initiative.id))) or 0


def page(filters: Filters, number: int, size: int = PAGE_SIZE) -> Sequence[Initiative]:
    """Return one page of the initiatives that fit the filters, with their theme; ``number`` counts from 1."""
    orders: dict[str, tuple[Any, ...]] = {
        "nieuwste": (Initiative.registered_on.desc(), Initiative.number.desc()),
        "naam": (func.lower(Initiative.title), Initiative.number),
        "vernieuwd": (Initiative.alive_on.desc(), Initiative.number.desc()),
    }
    query = found(filters).order_by(*orders[filters.order]).options(joinedload(Initiative.theme))
    return db.session.scalars(query.limit(size).offset((number - 1) * size)).all()


def all_found(filters: Filters) -> Sequence[Initiative]:
    """Return every initiative that fits the filters, by number, with its theme."""
    query = found(filters).order_by(Initiative.number).options(joinedload(Initiative.theme))
    return db.session.scalars(query).all()


def initiative_by_number(number: str) -> Initiative | None:
    """Return an initiative with its members, answers and referrals, by its number for people."""
    return _whole(Initiative.number == number)


def initiative_by_id(initiative_id: uuid.UUID) -> Initiative | None:
    """Return an initiative with its members, answers and referrals."""
    return _whole(Initiative.id == initiative_id)


def _whole(which: ColumnElement[bool]) -> Initiative | None:
    surroundings = (
        joinedload(Initiative.thread),
        joinedload(Initiative.album),
        joinedload(Initiative.theme),
        joinedload(Initiative.contact),
        selectinload(Initiative.members).joinedload(Member.person),
        selectinload(Initiative.answers),
        selectinload(Initiative.referrals),
    )
    return db.session.scalar(select(Initiative).where(which).options(*surroundings))


def next_number(year: int) -> str:
    """Return the next number for people of a year."""
    numbers = select(func.max(cast(func.substr(Initiative.number, 6), Integer)))
    last = db.session.scalar(numbers.where(Initiative.number.like(f"{year}-%"))) or 0
    return f"{year}-{last + 1:03d}"


def all_numbers() -> Sequence[str]:
    """Return the number of every initiative."""
    return db.session.scalars(select(Initiative.number)).all()


def initiatives_of(person_id: uuid.UUID) -> Sequence[Initiative]:
    """Return the initiatives of which somebody is a member, with all members."""
    mine = select(Member.initiative_id).where(Member.person_id == person_id)
    query = select(Initiative).where(Initiative.id.in_(mine)).order_by(Initiative.number)
    return db.session.scalars(query.options(selectinload(Initiative.members).joinedload(Member.person))).all()


def near(wijk_code: str, size: int) -> tuple[Sequence[Initiative], int]:
    """Return the newest initiatives of a wijk that go on, with their theme, and how many there are."""
    filters = Filters(wijk=wijk_code)
    return page(filters, 1, size), count(filters)


def updates_of(initiative_id: uuid.UUID, number: int, size: int = UPDATES_SHOWN) -> Sequence[InitiativeUpdate]:
    """Return a page of what happened in an initiative, newest first."""
    query = select(InitiativeUpdate).where(InitiativeUpdate.initiative_id == initiative_id)
    newest = query.order_by(InitiativeUpdate.happened_on.desc(), InitiativeUpdate.id)
    return db.session.scalars(newest.limit(size).offset((number - 1) * size)).all()


@dataclass(frozen=True)
class Yield:
    """What an initiative brought, by its own account: how many updates, people who took part, hours given."""

    updates: int
    people: int
    hours: int


def yield_of(initiative_id: uuid.UUID) -> Yield:
    """Return what an initiative brought in all its updates together."""
    sums = select(
        func.count(),
        func.coalesce(func.sum(InitiativeUpdate.people), 0),
        func.coalesce(func.sum(InitiativeUpdate.hours), 0),
    )
    row = db.session.execute(sums.where(InitiativeUpdate.initiative_id == initiative_id)).one()
    return Yield(row[0], row[1] or 0, row[2] or 0)


def update_by_id(update_id: uuid.UUID) -> InitiativeUpdate | None:
    """Return one update with its initiative and its members."""
    with_members = joinedload(InitiativeUpdate.initiative).selectinload(Initiative.members)
    return db.session.scalar(select(InitiativeUpdate).where(InitiativeUpdate.id == update_id).options(with_members))


def links_of(initiative_id: uuid.UUID) -> Sequence[InitiativeLink]:
    """Return what else on this site an initiative has to do with."""
    query = select(InitiativeLink).where(InitiativeLink.initiative_id == initiative_id)
    return db.session.scalars(query.order_by(InitiativeLink.kind, InitiativeLink.key)).all()


def link_by_id(link_id: uuid.UUID) -> InitiativeLink | None:
    """Return one link with its initiative and its members."""
    with_members = joinedload(InitiativeLink.initiative).selectinload(Initiative.members)
    return db.session.scalar(select(InitiativeLink).where(InitiativeLink.id == link_id).options(with_members))


def linking_to(kind: str, key: str) -> Sequence[Initiative]:
    """Return the visible initiatives that have to do with a subject, by title."""
    query = visible().join(InitiativeLink, InitiativeLink.initiative_id == Initiative.id)
    return db.session.scalars(
        query.where(InitiativeLink.kind == kind, InitiativeLink.key == key).order_by(Initiative.title)
    ).all()


def silent_since(day: date) -> Sequence[Initiative]:
    """Return the initiatives that go on and of which nothing was heard since a day, with their members."""
    silent = (Initiative.alive_on < day, Initiative.stage_name != Stage.ENDED, Initiative.is_hidden.is_(False))
    asked_before = or_(Initiative.alive_asked_on.is_(None), Initiative.alive_asked_on < day)
    query = select(Initiative).where(*silent, asked_before).order_by(Initiative.number)
    return db.session.scalars(query.options(selectinload(Initiative.members).joinedload(Member.person))).all()
