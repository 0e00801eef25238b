"""Organisations that take part, and who speaks for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Organisation, OrganisationKind, OrganisationMember
from ..policy import may_manage_organisations
from .signing_in import normal


@dataclass(frozen=True)
class Wanted:
    """What somebody fills in about an organisation."""

    name: str
    kind: OrganisationKind
    wijk_code: str | None
    website: str


@deed("accounts:organisation:made")
def make_organisation(actor: Actor, wanted: Wanted) -> Organisation:
    """Let an organisation take part; raise Invalid when its name is in use."""
    insist(may_manage_organisations(actor, None, clock.now(db.session())))
    organisation = Organisation()
    _fill(organisation, wanted)
    db.session.add(organisation)
    db.session.flush()
    return organisation


@deed("accounts:organisation:changed")
def change_organisation(actor: Actor, organisation: Organisation, wanted: Wanted) -> Organisation:
    """Change what an organisation is called or where it is."""
    insist(may_manage_organisations(actor, organisation, clock.now(db.session())))
    _fill(organisation, wanted)
    return organisation


def _fill(organisation: Organisation, wanted: Wanted) -> None:
    same_name = select(Organisation.id).where(Organisation.name == wanted.name, Organisation.id != organisation.id)
    with db.session.no_autoflush:
        if db.session.scalar(same_name) is not None:
            reason = _r("There is an organisation with this name already.")
            raise Invalid(reason, {"name": reason})
    organisation.name, organisation.kind = wanted.name, wanted.kind
    organisation.wijk_code, organisation.website = wanted.wijk_code, wanted.website


@deed("accounts:organisation:member added")
def add_member(actor: Actor, organisation: Organisation, email: str) -> Organisation:
    """Let somebody speak for an organisation; raise Invalid for an address without an account."""
    insist(may_manage_organisations(actor, organisation, clock.now(db.session())))
    person = queries.person_by_email(normal(email))
    if person is None:
        reason = _r("There is no account for this address. Ask them to make one first.")
        raise Invalid(reason, {"email": reason})
    if person.id not in {member.person_id for member in organisation.members}:
        organisation.members.append(OrganisationMember(person_id=person.id))
    return organisation


@deed("accounts:organisation:member removed")
def remove_member(actor: Actor, organisation: Organisation, member: OrganisationMember) -> Organisation:
    """Let somebody no longer speak for an organisation."""
    insist(may_manage_organisations(actor, organisation, clock.now(db.session())))
    organisation.members.remove(member)
    return organisation
