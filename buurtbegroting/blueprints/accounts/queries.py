"""Reads of people, their roles, sign-ins and organisations."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.blueprints.municipalities.queries import current_areas
from buurtbegroting.civic import roles
from buurtbegroting.civic.actors import ANONYMOUS, Actor, Role, RoleName, Verification
from buurtbegroting.foundation import crypto
from buurtbegroting.foundation.database import db

from .models import Identity, MailedLink, Method, Organisation, OrganisationMember, Person, RoleGrant, SignIn

# How long a sign-in lasts; who has a role that asks for a second factor is signed out after half an hour of nothing.
LASTS = timedelta(hours=24)
LASTS_FOR_STAFF = timedelta(hours=8)
IDLE_FOR_STAFF = timedelta(minutes=30)
HALF_LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Visitor:
    """Who makes a request: the actor for policies, and what a page shows of the person.

    ``is_half`` means that a password was right and the second factor is still to come: nobody is acting yet.
    """

    sign_in_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    actor: Actor
    is_half: bool
    has_second_factor: bool
    seen_at: datetime
    behalf_name: str | None


def visitor_with(token: str, now: datetime) -> Visitor | None:
    """Return who holds this token, unless the sign-in was ended or has lasted too long."""
    query = select(SignIn).where(SignIn.token_hash == crypto.token_hash(token), SignIn.ended_at.is_(None))
    found = db.session.scalar(query.options(joinedload(SignIn.person).selectinload(Person.grants)))
    if found is None or found.person.forgotten_on is not None:
        return None
    held = active_roles(found.person)
    is_staff = roles.needs_second_factor(frozenset(role.name for role in held))
    # Who chose a second factor is asked for it, also without a role.
    is_half = (is_staff or found.person.has_second_factor) and found.second_factor_at is None
    if _is_over(found, now, is_staff=is_staff, is_half=is_half):
        return None
    return Visitor(
        sign_in_id=found.id,
        person_id=found.person_id,
        name=found.person.name,
        actor=ANONYMOUS if is_half else _actor(found, held),
        is_half=is_half,
        has_second_factor=found.person.has_second_factor,
        seen_at=found.seen_at,
        behalf_name=_name_of(found.on_behalf_of_id),
    )


def _is_over(sign_in: SignIn, now: datetime, *, is_staff: bool, is_half: bool) -> bool:
    if is_half:
        return now - sign_in.started_at > HALF_LASTS
    if is_staff and now - sign_in.seen_at > IDLE_FOR_STAFF:
        return True
    return now - sign_in.started_at > (LASTS_FOR_STAFF if is_staff else LASTS)


def _actor(sign_in: SignIn, held: frozenset[Role]) -> Actor:
    person = sign_in.person
    mine = select(OrganisationMember.organisation_id).where(OrganisationMember.person_id == person.id)
    return Actor(
        id=str(person.id),
        roles=held,
        verification=Verification.PROVIDER if sign_in.method == Method.PROVIDER else Verification.EMAIL,
        second_factor_at=sign_in.second_factor_at,
        organisations=frozenset(str(each) for each in db.session.scalars(mine)),
        wijk_code=_wijk_of(sign_in.on_behalf_of_id) if sign_in.on_behalf_of_id else person.wijk_code,
        on_behalf_of=str(sign_in.on_behalf_of_id) if sign_in.on_behalf_of_id else None,
    )


def _name_of(person_id: uuid.UUID | None) -> str | None:
    if person_id is None:
        return None
    return db.session.scalar(select(Person.name).where(Person.id == person_id))


def _wijk_of(person_id: uuid.UUID) -> str | None:
    return db.session.scalar(select(Person.wijk_code).where(Person.id == person_id))


def active_roles(person: Person) -> frozenset[Role]:
    """Return the roles that somebody has now: confirmed where two persons are needed, and not ended."""
    return frozenset(
        Role(RoleName(grant.role), grant.area_code or None, grant.department or None)
        for grant in person.grants
        if is_active(grant)
    )


def is_active(grant: RoleGrant) -> bool:
    """Tell whether a role counts now."""
    return grant.ended_at is None and grant.confirmed_at is not None


def person_by_id(person_id: uuid.UUID) -> Person | None:
    """Return a person of this municipality with their roles."""
    return db.session.scalar(select(Person).where(Person.id == person_id).options(selectinload(Person.grants)))


def person_by_email(email: str) -> Person | None:
    """Return who has this address in this municipality."""
    query = select(Person).where(Person.email == email, Person.forgotten_on.is_(None))
    return db.session.scalar(query.options(selectinload(Person.grants)))


def link_with(token: str) -> MailedLink | None:
    """Return the mailed link with this token, whatever became of it."""
    return db.session.scalar(select(MailedLink).where(MailedLink.token_hash == crypto.token_hash(token)))


def link_by_id(link_id: uuid.UUID) -> MailedLink | None:
    """Return a mailed link by its id, which only the browser that asked for it knows."""
    return db.session.scalar(select(MailedLink).where(MailedLink.id == link_id))


def sign_in_by_id(sign_in_id: uuid.UUID) -> SignIn | None:
    """Return one sign-in with its person."""
    query = select(SignIn).where(SignIn.id == sign_in_id)
    return db.session.scalar(query.options(joinedload(SignIn.person).selectinload(Person.grants)))


def open_sign_ins(person_id: uuid.UUID) -> Sequence[SignIn]:
    """Return in which browsers somebody is signed in, newest first."""
    query = select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    return db.session.scalars(query.order_by(SignIn.seen_at.desc())).all()


def identity_of(issuer: str, subject: str) -> Identity | None:
    """Return as whom a provider knows somebody here."""
    query = select(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    return db.session.scalar(query.options(joinedload(Identity.person).selectinload(Person.grants)))


def identity_by_id(identity_id: uuid.UUID) -> Identity | None:
    """Return one way in by a provider, with its person."""
    query = select(Identity).where(Identity.id == identity_id)
    return db.session.scalar(query.options(joinedload(Identity.person)))


def identities_of(person_id: uuid.UUID) -> Sequence[Identity]:
    """Return by which providers somebody comes in."""
    return db.session.scalars(select(Identity).where(Identity.person_id == person_id).order_by(Identity.issuer)).all()


def grant_by_id(grant_id: uuid.UUID) -> RoleGrant | None:
    """Return one role that was given, with its person."""
    query = select(RoleGrant).where(RoleGrant.id == grant_id)
    return db.session.scalar(query.options(joinedload(RoleGrant.person)))


def open_grants() -> Sequence[RoleGrant]:
    """Return every role that was not ended, with its person, by name."""
    query = select(RoleGrant).where(RoleGrant.ended_at.is_(None)).join(RoleGrant.person)
    return db.session.scalars(query.options(joinedload(RoleGrant.person)).order_by(Person.name, RoleGrant.role)).all()


def wijken() -> Sequence[Area]:
    """Return the wijken somebody can live in, by code."""
    return current_areas(AreaKind.WIJK)


def names_of_areas() -> dict[str, str]:
    """Return the name of every wijk by its code."""
    return {wijk.code: wijk.name for wijk in wijken()}


def holders_of(role: RoleName) -> Sequence[Person]:
    """Return who has a role now, by name."""
    query = select(Person).join(RoleGrant, RoleGrant.person_id == Person.id)
    held = (RoleGrant.role == role, RoleGrant.confirmed_at.is_not(None), RoleGrant.ended_at.is_(None))
    return db.session.scalars(query.where(*held).order_by(Person.name).distinct()).all()


def people(words: str, page: int, size: int) -> tuple[Sequence[Person], int]:
    """Return a page of the people whose name or address holds these words, and how many there are."""
    query = select(Person).where(Person.forgotten_on.is_(None))
    if words:
        holds = [column.icontains(words, autoescape=True) for column in (Person.name, Person.email)]
        query = query.where(or_(*holds))
    found = db.paginate(
        query.options(selectinload(Person.grants)).order_by(Person.name, Person.id),
        page=page,
        per_page=size,
        error_out=False,
    )
    return found.items, found.total or 0


def organisations() -> Sequence[Organisation]:
    """Return the organisations of this municipality with their members, by name."""
    members = selectinload(Organisation.members).joinedload(OrganisationMember.person)
    return db.session.scalars(select(Organisation).options(members).order_by(Organisation.name)).all()


def organisations_of(person_id: uuid.UUID) -> Sequence[Organisation]:
    """Return the organisations that somebody speaks for, by name."""
    query = select(Organisation).join(OrganisationMember).where(OrganisationMember.person_id == person_id)
    return db.session.scalars(query.order_by(Organisation.name)).all()


Membership = tuple[Organisation, OrganisationMember]


def membership(organisation_id: uuid.UUID, member_id: uuid.UUID) -> Membership | None:
    """Return an organisation and one of its members."""
    organisation = organisation_by_id(organisation_id)
    found = [each for each in organisation.members if each.id == member_id] if organisation else []
    return (organisation, found[0]) if organisation and found else None


def organisation_by_id(organisation_id: uuid.UUID) -> Organisation | None:
    """Return one organisation with its members."""
    members = selectinload(Organisation.members).joinedload(OrganisationMember.person)
    return db.session.scalar(select(Organisation).where(Organisation.id == organisation_id).options(members))
