"""Roles: asking somebody in, giving, confirming by a second person, ending."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select

from buurtbegroting.blueprints.municipalities.queries import area_by_code
from buurtbegroting.civic import roles
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotNow
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import notices, queries
from ..models import Channel, Person, Purpose, RoleGrant
from ..policy import may_confirm_role, may_end_role, may_give_role, may_invite
from .signing_in import end_sign_ins, new_link, normal

INVITATION_LASTS = timedelta(days=7)


@deed("accounts:person:invited")
def invite(actor: Actor, name: str, email: str, language: str = "nl") -> Person:
    """Ask somebody in who will work on the site; a mail lets them choose a password. Known addresses are found."""
    now = clock.now(db.session())
    insist(may_invite(actor, None, now))
    email = normal(email)
    person = queries.person_by_email(email)
    if person is None:
        person = Person(name=name, email=email, language=language, channel=Channel.EMAIL, made_on=clock.local_day(now))
        db.session.add(person)
        db.session.flush()
    mail_invitation(person)
    return person


def mail_invitation(person: Person) -> None:
    """Mail a link with which somebody chooses a password."""
    _, token, _ = new_link(Purpose.INVITATION, person.email or "", person, INVITATION_LASTS)
    outbox.send(db.session(), notices.INVITATION, notices.recipient(person), token=token)


@deed("accounts:role:given")
def give_role(actor: Actor, person: Person, role: Role) -> RoleGrant:
    """Give somebody a role; one that takes two persons waits for the second."""
    now = clock.now(db.session())
    insist(may_give_role(actor, person, now, role.name))
    _check_scope(role)
    known = _open_grant(person, role)
    if known is not None and known.confirmed_at is not None:
        raise AlreadyDone(_r("This person has this role already."))
    if known is not None and now - known.granted_at <= roles.CONFIRM_WITHIN:
        raise AlreadyDone(_r("This role was proposed already. It waits for another admin."))
    if known is not None:
        known.ended_at = now
        db.session.flush()
    needs_second = role.name in roles.BY_TWO_PERSONS and not actor.is_system
    grant = RoleGrant(
        person_id=person.id,
        role=role.name,
        area_code=role.area_code or "",
        department=role.department or "",
        granted_at=now,
        granted_by_id=_id_of(actor),
        confirmed_at=None if needs_second else now,
    )
    db.session.add(grant)
    db.session.flush()
    db.session.refresh(person, ["grants"])
    if needs_second:
        _tell_admins(notices.ROLE_WAITS, person, grant, but=actor)
    else:
        _tell_of_role(person, grant)
    return grant


def _id_of(actor: Actor) -> uuid.UUID | None:
    return uuid.UUID(actor.id) if actor.id else None


def _check_scope(role: Role) -> None:
    if role.area_code and (role.name not in roles.WITH_AREA or area_by_code(role.area_code) is None):
        reason = _r("This role cannot be held for this area.")
        raise Invalid(reason, {"area_code": reason})
    if role.department and role.name not in roles.WITH_DEPARTMENT:
        reason = _r("This role has no department.")
        raise Invalid(reason, {"department": reason})
    if role.name is RoleName.ASSESSOR and not role.department:
        reason = _r("Fill in for which department this assessor answers.")
        raise Invalid(reason, {"department": reason})


def _open_grant(person: Person, role: Role) -> RoleGrant | None:
    query = select(RoleGrant).where(
        RoleGrant.person_id == person.id,
        RoleGrant.role == role.name,
        RoleGrant.area_code == (role.area_code or ""),
        RoleGrant.department == (role.department or ""),
        RoleGrant.ended_at.is_(None),
    )
    return db.session.scalar(query)


@deed("accounts:role:confirmed")
def confirm_role(actor: Actor, grant: RoleGrant) -> RoleGrant:
    """Let a role that was proposed count, as the second of two persons."""
    now = clock.now(db.session())
    insist(may_confirm_role(actor, grant, now))
    grant.confirmed_at, grant.confirmed_by_id = now, _id_of(actor)
    db.session.flush()
    _tell_of_role(grant.person, grant)
    return grant


@deed("accounts:role:ended")
def end_role(actor: Actor, grant: RoleGrant) -> RoleGrant:
    """Take a role away, or a proposal back; its holder is signed out everywhere."""
    now = clock.now(db.session())
    insist(may_end_role(actor, grant, now))
    if _is_last(grant):
        raise NotNow(_r("This is the last admin. Make somebody else admin first."))
    grant.ended_at = now
    end_sign_ins(grant.person)
    if grant.confirmed_at is not None:
        outbox.send(db.session(), notices.ROLE_ENDED, notices.recipient(grant.person), role=grant.role)
    return grant


def _is_last(grant: RoleGrant) -> bool:
    if grant.role != RoleName.ADMIN or grant.confirmed_at is None:
        return False
    others = select(RoleGrant.id).where(
        RoleGrant.role == RoleName.ADMIN,
        RoleGrant.confirmed_at.is_not(None),
        RoleGrant.ended_at.is_(None),
        RoleGrant.person_id != grant.person_id,
    )
    return db.session.scalar(others.limit(1)) is None


def _tell_of_role(person: Person, grant: RoleGrant) -> None:
    """A new role counts from the next sign-in; its holder and all admins hear of it."""
    end_sign_ins(person)
    outbox.send(db.session(), notices.ROLE_GIVEN, notices.recipient(person), role=grant.role)
    _tell_admins(notices.ROLE_WAS_GIVEN, person, grant)


def _tell_admins(notice: str, person: Person, grant: RoleGrant, but: Actor | None = None) -> None:
    for each in queries.holders_of(RoleName.ADMIN):
        if each.id != person.id and (but is None or str(each.id) != but.id):
            outbox.send(db.session(), notice, notices.recipient(each), role=grant.role, who=person.name)
