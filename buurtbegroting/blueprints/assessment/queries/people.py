"""Reads of who works at the desk, for which department, and who is away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.accounts.models import Person, RoleGrant
from buurtbegroting.blueprints.rounds.models import Criterion, RoundCriterion
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation.database import db

from ..models import Absence, Assessment, DeskRule

AT_DESK = (RoleName.ASSESSOR, RoleName.OFFICIAL)


def people_of_desk() -> Sequence[Person]:
    """Return the assessors and officials, by name."""
    held = (RoleGrant.role.in_(AT_DESK), RoleGrant.confirmed_at.is_not(None), RoleGrant.ended_at.is_(None))
    holders = select(RoleGrant.person_id).where(*held)
    query = select(Person).where(Person.id.in_(holders), Person.forgotten_on.is_(None))
    return db.session.scalars(query.options(selectinload(Person.grants)).order_by(Person.name)).all()


def departments() -> Sequence[str]:
    """Return every department that a criterion, a role, a rule or a card names, by name."""
    named = (Criterion.department, RoundCriterion.department, DeskRule.department, Assessment.department)
    found = {each for column in named for each in db.session.scalars(select(column).distinct())}
    found |= {grant.department for person in people_of_desk() for grant in person.grants if grant.ended_at is None}
    return sorted(found - {""})


def assessors_of(department: str) -> Sequence[Person]:
    """Return the assessors of one department, by name."""
    return [each for each in people_of_desk() if department and _assesses_for(each, department)]


def _assesses_for(person: Person, department: str) -> bool:
    return any(
        grant.role == RoleName.ASSESSOR and grant.department == department and grant.ended_at is None
        for grant in person.grants
    )


def officials() -> Sequence[Person]:
    """Return the officials, by name."""
    return [
        each
        for each in people_of_desk()
        if any(grant.role == RoleName.OFFICIAL and grant.ended_at is None for grant in each.grants)
    ]


def who_has(card: Assessment) -> Sequence[Person]:
    """Return who looks after a card: its assessor, or else those of its department, or else the officials."""
    if card.assessor is not None:
        return [card.assessor]
    return assessors_of(card.department) or officials()


def absence_of(person_id: uuid.UUID, today: date) -> Absence | None:
    """Return that somebody is away today, if so."""
    query = select(Absence).where(Absence.person_id == person_id, Absence.until >= today)
    return db.session.scalar(query.options(joinedload(Absence.person), joinedload(Absence.substitute)))


def absences(today: date) -> Sequence[Absence]:
    """Return who is away, who is back first on top."""
    query = select(Absence).where(Absence.until >= today).order_by(Absence.until)
    return db.session.scalars(query.options(joinedload(Absence.person), joinedload(Absence.substitute))).all()


def absence_by_person(person_id: uuid.UUID) -> Absence | None:
    """Return what is known of somebody's absence, also when it is over."""
    return db.session.scalar(select(Absence).where(Absence.person_id == person_id))


def rules() -> dict[uuid.UUID, DeskRule]:
    """Return who looks at what by default, by the id of the theme."""
    return {each.theme_id: each for each in db.session.scalars(select(DeskRule))}
