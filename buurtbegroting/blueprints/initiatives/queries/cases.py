"""Reads of what the municipality does with initiatives: the file, the desk, contact persons, figures."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.accounts.models import Person, RoleGrant
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation.database import db

from ..models import ContactAbsence, FileNote, Initiative, InitiativeAnswer, Referral, ToldAgain
from ..states import AnswerState

DESK_SIZE = 30


def notes_of(initiative_id: uuid.UUID) -> Sequence[FileNote]:
    """Return what a group and the municipality wrote to each other, oldest first."""
    query = select(FileNote).where(FileNote.initiative_id == initiative_id)
    return db.session.scalars(query.order_by(FileNote.written_at, FileNote.id)).all()


def notes_by(person_id: uuid.UUID) -> Sequence[FileNote]:
    """Return what somebody wrote as a member of a group."""
    mine = (FileNote.person_id == person_id, FileNote.is_of_municipality.is_(False))
    return db.session.scalars(select(FileNote).where(*mine).order_by(FileNote.written_at)).all()


def referral_by_id(referral_id: uuid.UUID) -> Referral | None:
    """Return one referral with its initiative and its members."""
    with_members = joinedload(Referral.initiative).selectinload(Initiative.members)
    return db.session.scalar(select(Referral).where(Referral.id == referral_id).options(with_members))


def times_told_again(initiative_id: uuid.UUID) -> int:
    """Return how often a group had to tell its story again."""
    query = select(func.count()).select_from(ToldAgain).where(ToldAgain.initiative_id == initiative_id)
    return db.session.scalar(query) or 0


def told_again_on(initiative_id: uuid.UUID, day: date) -> bool:
    """Tell whether a group said already on a day that it had to tell its story again."""
    query = select(ToldAgain.id).where(ToldAgain.initiative_id == initiative_id, ToldAgain.day == day)
    return db.session.scalar(query) is not None


def absence_of(person_id: uuid.UUID, today: date) -> ContactAbsence | None:
    """Return that somebody is away today, with who stands in."""
    away = (ContactAbsence.person_id == person_id, ContactAbsence.until >= today)
    return db.session.scalar(select(ContactAbsence).where(*away).options(joinedload(ContactAbsence.stand_in)))


def absence_noted(person_id: uuid.UUID) -> ContactAbsence | None:
    """Return what somebody last said about being away, also when that is over."""
    return db.session.scalar(select(ContactAbsence).where(ContactAbsence.person_id == person_id))


def possible_contacts() -> Sequence[Person]:
    """Return the officials who may be somebody's contact person, by name."""
    open_grants = (RoleGrant.role == RoleName.OFFICIAL, RoleGrant.ended_at.is_(None))
    holders = select(RoleGrant.person_id).where(*open_grants)
    return db.session.scalars(select(Person).where(Person.id.in_(holders)).order_by(Person.name)).all()


@dataclass(frozen=True)
class DeskFilters:
    """What an official looks for at the desk; empty means everything that waits."""

    whose: str = ""
    state: str = "waiting"


def desk(filters: DeskFilters, person_id: uuid.UUID, number: int) -> tuple[Sequence[Initiative], int]:
    """Return a page of what the desk shows with referrals, what is due first, and how many there are."""
    query = select(Initiative)
    if filters.state in set(AnswerState):
        query = query.where(Initiative.answer_name == filters.state)
    if filters.whose == "mij":
        query = query.where(_handled_by(person_id))
    if filters.whose == "niemand":
        query = query.where(Initiative.contact_id.is_(None))
    total = db.session.scalar(query.with_only_columns(func.count(Initiative.id))) or 0
    order = (Initiative.turn_due.asc().nulls_last(), Initiative.number.desc())
    rows = query.order_by(*order).options(selectinload(Initiative.referrals), joinedload(Initiative.contact))
    return db.session.scalars(rows.limit(DESK_SIZE).offset((number - 1) * DESK_SIZE)).all(), total


def _handled_by(person_id: uuid.UUID) -> ColumnElement[bool]:
    stands_in_for = select(ContactAbsence.person_id).where(ContactAbsence.stand_in_id == person_id)
    return or_(Initiative.contact_id == person_id, Initiative.contact_id.in_(stands_in_for))


def waiting_for(person_id: uuid.UUID) -> Sequence[Initiative]:
    """Return the questions that wait for somebody, or for nobody yet, what is due first."""
    theirs = or_(_handled_by(person_id), Initiative.contact_id.is_(None))
    query = select(Initiative).where(Initiative.answer_name == AnswerState.WAITING, theirs)
    return db.session.scalars(query.order_by(Initiative.turn_due)).all()


def overdue(today: date) -> Sequence[Initiative]:
    """Return the questions whose term has passed, longest first."""
    late = (Initiative.answer_name == AnswerState.WAITING, Initiative.turn_due < today)
    return db.session.scalars(select(Initiative).where(*late).order_by(Initiative.turn_due)).all()


@dataclass(frozen=True)
class Figures:
    """How the municipality answered initiatives since a day."""

    registered: int
    answered: int
    yes: int
    yes_if: int
    no: int
    in_time: int
    by_contact_alone: int
    told_again: int


def figures(since: date) -> Figures:
    """Return how initiatives were answered since a day; ``by_contact_alone`` are those nobody else was asked about."""
    registered = select(func.count()).select_from(Initiative).where(Initiative.registered_on >= since)
    referred = select(Referral.initiative_id).where(Referral.initiative_id == InitiativeAnswer.initiative_id).exists()
    given = select(InitiativeAnswer.kind, InitiativeAnswer.due, InitiativeAnswer.answered_on, referred)
    rows = db.session.execute(given.where(InitiativeAnswer.answered_on >= since)).all()
    kinds = [kind for kind, *_ in rows]
    told = select(func.count()).select_from(ToldAgain).where(ToldAgain.day >= since)
    return Figures(
        registered=db.session.scalar(registered) or 0,
        answered=len(rows),
        yes=kinds.count("yes"),
        yes_if=kinds.count("yes-if"),
        no=kinds.count("no"),
        in_time=sum(answered <= due for _, due, answered, _ in rows),
        by_contact_alone=sum(not was_referred for *_, was_referred in rows),
        told_again=db.session.scalar(told) or 0,
    )
