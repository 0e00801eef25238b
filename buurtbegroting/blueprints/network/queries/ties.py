"""Reads of what ties initiatives, organisations and houses of a wijk."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload

from buurtbegroting.blueprints.accounts.models import Organisation
from buurtbegroting.blueprints.initiatives import queries as initiatives
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.foundation.database import db

from ..models import House, MeetingPlace, Tie
from . import houses

_BOTH_ENDS = (
    joinedload(Tie.first).selectinload(Initiative.members),
    joinedload(Tie.second).selectinload(Initiative.members),
)


@dataclass(frozen=True)
class Network:
    """Who is in a wijk and what ties them; ties may lead to initiatives and houses elsewhere."""

    initiatives: Sequence[Initiative]
    organisations: Sequence[Organisation]
    houses: Sequence[House]
    meetings: Sequence[MeetingPlace]
    ties: Sequence[Tie]


def network_of(wijk_code: str) -> Network:
    """Return the public network of a wijk."""
    found = initiatives.all_found(initiatives.Filters(wijk=wijk_code))
    organisations = select(Organisation).where(Organisation.wijk_code == wijk_code).order_by(Organisation.name)
    return Network(
        initiatives=sorted(found, key=lambda each: each.title.lower()),
        organisations=db.session.scalars(organisations).all(),
        houses=houses.houses(wijk_code),
        meetings=_meetings(wijk_code),
        ties=_agreed(wijk_code),
    )


def _going_on() -> Sequence[uuid.UUID]:
    return db.session.scalars(initiatives.found(initiatives.Filters()).with_only_columns(Initiative.id)).all()


def _meetings(wijk_code: str) -> Sequence[MeetingPlace]:
    query = select(MeetingPlace).join(MeetingPlace.initiative).join(MeetingPlace.house)
    query = query.where(
        MeetingPlace.initiative_id.in_(_going_on()),
        House.is_gone.is_(False),
        or_(Initiative.wijk_code == wijk_code, House.wijk_code == wijk_code),
    ).order_by(func.lower(Initiative.title), func.lower(House.name))
    return db.session.scalars(
        query.options(
            joinedload(MeetingPlace.initiative), joinedload(MeetingPlace.house).joinedload(House.organisation)
        )
    ).all()


def _agreed(wijk_code: str) -> Sequence[Tie]:
    first, second, shown = aliased(Initiative), aliased(Initiative), _going_on()
    query = select(Tie).join(first, Tie.first_id == first.id).join(second, Tie.second_id == second.id)
    query = query.where(
        Tie.agreed_on.is_not(None),
        Tie.first_id.in_(shown),
        Tie.second_id.in_(shown),
        or_(first.wijk_code == wijk_code, second.wijk_code == wijk_code),
    ).order_by(func.lower(first.title), func.lower(second.title))
    return db.session.scalars(query.options(*_BOTH_ENDS)).all()


def counts_by_wijk() -> tuple[Counter[str], Counter[str]]:
    """Return how many initiatives go on and how many houses there are, per wijk."""
    going_on = initiatives.found(initiatives.Filters()).with_only_columns(Initiative.wijk_code)
    standing = houses.visible_houses().with_only_columns(House.wijk_code)
    return Counter(filter(None, db.session.scalars(going_on))), Counter(db.session.scalars(standing))


def meetings_of(initiative_id: uuid.UUID) -> Sequence[MeetingPlace]:
    """Return the houses in which an initiative meets."""
    query = select(MeetingPlace).join(MeetingPlace.house).where(MeetingPlace.initiative_id == initiative_id)
    query = query.where(House.is_gone.is_(False)).order_by(func.lower(House.name))
    return db.session.scalars(query.options(joinedload(MeetingPlace.house))).all()


def meeting_by_id(meeting_id: uuid.UUID) -> MeetingPlace | None:
    """Return one such house with its initiative and its members."""
    surroundings = joinedload(MeetingPlace.initiative).selectinload(Initiative.members), joinedload(MeetingPlace.house)
    return db.session.scalar(select(MeetingPlace).where(MeetingPlace.id == meeting_id).options(*surroundings))


def ties_of(initiative_id: uuid.UUID) -> Sequence[Tie]:
    """Return every tie of an initiative, asked and agreed, oldest first."""
    query = select(Tie).where(or_(Tie.first_id == initiative_id, Tie.second_id == initiative_id))
    return db.session.scalars(query.order_by(Tie.asked_on, Tie.id).options(*_BOTH_ENDS)).all()


def tie_by_id(tie_id: uuid.UUID) -> Tie | None:
    """Return one tie with both initiatives and their members."""
    return db.session.scalar(select(Tie).where(Tie.id == tie_id).options(*_BOTH_ENDS))


def tie_between(one: uuid.UUID, other: uuid.UUID) -> Tie | None:
    """Return the tie between two initiatives."""
    first, second = sorted((one, other))
    return db.session.scalar(select(Tie).where(Tie.first_id == first, Tie.second_id == second).options(*_BOTH_ENDS))
