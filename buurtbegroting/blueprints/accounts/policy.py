"""Who may get in, and who may do what to people, roles and organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.civic import roles
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NeedsSecondFactor, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

SIGN_IN_FIRST = No(_r("Sign in first."), NotSignedIn)
NOT_THERE = No(_r("This page does not exist, or no longer does."), NotFound)


class PersonFacts(Protocol):
    """What a policy reads of a person."""

    @property
    def id(self) -> object: ...
    @property
    def forgotten_on(self) -> object: ...


class GrantFacts(Protocol):
    """What a policy reads of a role that was given."""

    @property
    def person_id(self) -> object: ...
    @property
    def role(self) -> str: ...
    @property
    def granted_by_id(self) -> object: ...
    @property
    def granted_at(self) -> datetime: ...
    @property
    def confirmed_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


def may_use_account(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Everybody who signed in has an account."""
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_change_person(actor: Actor, person: PersonFacts, now: datetime) -> Verdict:
    """Everybody changes their own account, and nobody else's."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if str(person.id) == actor.id else NOT_THERE


def may_see_people(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Who gives roles sees who there is."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.has_role(RoleName.ADMIN, RoleName.CLERK_OFFICE, RoleName.OPERATOR):
        return Yes()
    return No(_r("Only an admin sees the people of this site."))


def may_see_installation(actor: Actor, thing: object, now: datetime) -> Verdict:
    """The operator sees how it is going in every municipality, in numbers."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if actor.has_role(RoleName.OPERATOR) else No(_r("Only the operator sees this."))


def may_invite(actor: Actor, person: object, now: datetime) -> Verdict:
    """Who may give a role may ask somebody in; the operator's command line makes the first."""
    return Yes() if actor.is_system else may_see_people(actor, person, now)


def may_give_role(actor: Actor, person: PersonFacts, now: datetime, role: RoleName) -> Verdict:
    """Nobody gives a role above their own, to themselves, or without having shown just now who they are."""
    if actor.is_system:
        return Yes()
    if not (seen := may_see_people(actor, person, now)):
        return seen
    if str(person.id) == actor.id:
        return No(_r("You cannot change your own roles. Ask another admin."))
    if not roles.may_give(frozenset(each.name for each in actor.roles), role):
        return No(_r("You cannot give this role: it stands above your own."))
    if person.forgotten_on is not None:
        return No(_r("This person no longer has an account."), NotNow)
    if not actor.has_fresh_second_factor(now):
        return No(_r("Give the code of your second factor once more."), NeedsSecondFactor)
    return Yes()


def may_confirm_role(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """A second person, who may give this role too, confirms it within an hour."""
    if not (seen := may_see_people(actor, grant, now)):
        return seen
    if actor.id in (str(grant.granted_by_id), str(grant.person_id)):
        return No(_r("Somebody else has to confirm this."))
    if grant.confirmed_at is not None or grant.ended_at is not None:
        return No(_r("This was settled already."), AlreadyDone)
    if now - grant.granted_at > roles.CONFIRM_WITHIN:
        return No(_r("This was proposed more than an hour ago. Propose it again."), NotNow)
    if not roles.may_give(frozenset(each.name for each in actor.roles), RoleName(grant.role)):
        return No(_r("You cannot give this role: it stands above your own."))
    if not actor.has_fresh_second_factor(now):
        return No(_r("Give the code of your second factor once more."), NeedsSecondFactor)
    return Yes()


def may_end_role(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """Who may give a role may end it; nobody ends their own."""
    if actor.is_system:
        return Yes()
    if not (seen := may_see_people(actor, grant, now)):
        return seen
    if str(grant.person_id) == actor.id:
        return No(_r("You cannot change your own roles. Ask another admin."))
    if grant.ended_at is not None:
        return No(_r("This was settled already."), AlreadyDone)
    if not roles.may_give(frozenset(each.name for each in actor.roles), RoleName(grant.role)):
        return No(_r("You cannot take this role away: it stands above your own."))
    if not actor.has_fresh_second_factor(now):
        return No(_r("Give the code of your second factor once more."), NeedsSecondFactor)
    return Yes()


def may_reset_second_factor(actor: Actor, person: PersonFacts, now: datetime) -> Verdict:
    """An admin helps who lost a phone, after checking who it is; never themselves."""
    if actor.is_system:
        return Yes()
    if not (seen := may_see_people(actor, person, now)):
        return seen
    if not actor.has_role(RoleName.ADMIN, RoleName.OPERATOR) or str(person.id) == actor.id:
        return No(_r("Another admin has to do this."))
    if not actor.has_fresh_second_factor(now):
        return No(_r("Give the code of your second factor once more."), NeedsSecondFactor)
    return Yes()


def may_manage_organisations(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Admins and officials say which organisations take part."""
    if not actor.is_signed_in:
        return Yes() if actor.is_system else SIGN_IN_FIRST
    if actor.has_role(RoleName.ADMIN, RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only an official of the municipality may do this."))


def may_help(actor: Actor, thing: object, now: datetime) -> Verdict:
    """A neighbourhood worker helps residents on their way."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.has_role(RoleName.NEIGHBOURHOOD_WORKER):
        return Yes()
    return No(_r("Only a neighbourhood worker fills in forms for somebody else."))


def may_record_person(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Who helps residents at a table, at the counter or with what they sent on paper notes who they are."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.has_role(RoleName.NEIGHBOURHOOD_WORKER, RoleName.PAPER_CLERK, RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only who works for the municipality may do this."))


def may_act_on_behalf(actor: Actor, person: PersonFacts, now: datetime) -> Verdict:
    """A neighbourhood worker fills in forms for a resident who asks for it."""
    if not (helps := may_help(actor, person, now)):
        return helps
    if str(person.id) == actor.id or person.forgotten_on is not None:
        return NOT_THERE
    return Yes()
