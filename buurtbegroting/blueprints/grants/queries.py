"""Reads of funds and seed grants."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Integer, Select, cast, func, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.initiatives.models import Initiative, Member
from buurtbegroting.blueprints.initiatives.queries import visible
from buurtbegroting.blueprints.rounds.models import LedgerEntry, Pot, Round
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.database import db

from .models import SeedFund, SeedGrant
from .states import GrantState

PAGE_SIZE = 25
OF_FUND = joinedload(SeedFund.pot).options(joinedload(Pot.round), joinedload(Pot.area))
MONEY = joinedload(SeedGrant.fund).joinedload(SeedFund.pot).options(joinedload(Pot.round), joinedload(Pot.area))


def funds(*, only_open: bool) -> Sequence[SeedFund]:
    """Return the funds with their pot and round, by title."""
    query = select(SeedFund).order_by(SeedFund.title)
    query = query.where(SeedFund.is_open) if only_open else query
    return db.session.scalars(query.options(OF_FUND)).all()


def left_in(those: Sequence[SeedFund]) -> dict[uuid.UUID, Money]:
    """Return what nobody was promised yet of some funds, by their ids."""
    pots = [each.pot_id for each in those]
    chosen = select(LedgerEntry.pot_id, func.sum(LedgerEntry.cents)).where(LedgerEntry.pot_id.in_(pots))
    voted = dict(db.session.execute(chosen.where(LedgerEntry.kind == "voted").group_by(LedgerEntry.pot_id)).all())
    return {
        each.id: Money(each.pot.amount_cents - int(voted.get(each.pot_id) or 0), each.pot.round.currency)
        for each in those
    }


def fund_by_id(fund_id: uuid.UUID) -> SeedFund | None:
    """Return one fund with its pot and round."""
    return db.session.scalar(select(SeedFund).where(SeedFund.id == fund_id).options(OF_FUND))


def possible_pots() -> Sequence[Pot]:
    """Return the pots of published rounds of which no fund is made yet, with round and area."""
    taken = select(SeedFund.pot_id)
    query = select(Pot).join(Pot.round).where(Round.state == "published", Pot.id.not_in(taken))
    shown = query.order_by(Round.number.desc(), Pot.position)
    return db.session.scalars(shown.options(joinedload(Pot.round), joinedload(Pot.area), joinedload(Pot.theme))).all()


def grant_by_number(number: str) -> SeedGrant | None:
    """Return one seed grant with its fund, its initiative and the members of that."""
    members = joinedload(SeedGrant.initiative).selectinload(Initiative.members).joinedload(Member.person)
    query = select(SeedGrant).where(SeedGrant.number == number).options(MONEY, members)
    return db.session.scalar(query)


def next_number(year: int) -> str:
    """Return the next number for people of a year."""
    numbers = select(func.max(cast(func.substr(SeedGrant.number, 6), Integer)))
    last = db.session.scalar(numbers.where(SeedGrant.number.like(f"{year}-%"))) or 0
    return f"{year}-{last + 1:03d}"


def grants_of(initiative_id: uuid.UUID) -> Sequence[SeedGrant]:
    """Return what an initiative asked and got, newest first."""
    query = select(SeedGrant).where(SeedGrant.initiative_id == initiative_id).options(MONEY)
    return db.session.scalars(query.order_by(SeedGrant.number.desc())).all()


def _public() -> Select[SeedGrant]:
    shown = visible().with_only_columns(Initiative.id)
    return select(SeedGrant).where(SeedGrant.initiative_id.in_(shown), SeedGrant.state_name != GrantState.WITHDRAWN)


def page(number: int) -> tuple[Sequence[SeedGrant], int]:
    """Return a page of the seed grants that the public may know of, newest first, and how many there are."""
    total = db.session.scalar(_public().with_only_columns(func.count(SeedGrant.id))) or 0
    rows = _public().order_by(SeedGrant.asked_on.desc(), SeedGrant.number.desc())
    rows = rows.options(MONEY, joinedload(SeedGrant.initiative))
    return db.session.scalars(rows.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all(), total


def all_public() -> Sequence[SeedGrant]:
    """Return every seed grant that the public may know of, by number."""
    rows = _public().order_by(SeedGrant.number).options(MONEY, joinedload(SeedGrant.initiative))
    return db.session.scalars(rows).all()


def in_state(*states: GrantState) -> Sequence[SeedGrant]:
    """Return the seed grants in some states with fund and initiative, what is due first."""
    which: ColumnElement[bool] = SeedGrant.state_name.in_([state.value for state in states])
    rows = select(SeedGrant).where(which).order_by(SeedGrant.turn_due.asc().nulls_last(), SeedGrant.number)
    return db.session.scalars(rows.options(MONEY, joinedload(SeedGrant.initiative))).all()


def to_be_told(today: date) -> Sequence[SeedGrant]:
    """Return the paid grants of which it is time to tell, not reminded yet, with the members of their initiative."""
    waits = (SeedGrant.state_name == GrantState.PAID, SeedGrant.tell_due <= today, SeedGrant.reminded_on.is_(None))
    members = joinedload(SeedGrant.initiative).selectinload(Initiative.members).joinedload(Member.person)
    return db.session.scalars(select(SeedGrant).where(*waits).options(members)).all()


def average_grade() -> tuple[float | None, int]:
    """Return the average grade that groups gave to what came of it, and of how many."""
    row = db.session.execute(_public().with_only_columns(func.avg(SeedGrant.grade), func.count(SeedGrant.grade))).one()
    return (float(row[0]) if row[0] is not None else None, row[1])
