"""Who may do what in the network of a wijk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from buurtbegroting.blueprints.initiatives.policy import HAS_ENDED, InitiativeFacts, may_see_initiative, may_work_on
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOT_THERE = No(_r("This page does not exist, or no longer does."), NotFound)
SIGN_IN_FIRST = No(_r("Sign in first."), NotSignedIn)


class HouseFacts(Protocol):
    """What a policy reads of a house."""

    @property
    def organisation_id(self) -> object: ...
    @property
    def is_gone(self) -> bool: ...


class ActivityFacts(Protocol):
    """What a policy reads of an activity."""

    @property
    def house(self) -> HouseFacts | None: ...
    @property
    def initiative(self) -> InitiativeFacts | None: ...
    @property
    def day(self) -> date: ...


def may_keep_network(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials keep the houses of the wijk."""
    if actor.has_role(RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only an official of the municipality may do this.")) if actor.is_signed_in else SIGN_IN_FIRST


def may_see_network_desk(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials and who speaks for an organisation see which agendas they keep."""
    return Yes() if actor.organisations else may_keep_network(actor, thing, now)


def may_see_house(actor: Actor, house: HouseFacts, now: datetime) -> Verdict:
    """Everybody sees a house, until it is gone; officials see that too."""
    return Yes() if not house.is_gone or may_keep_network(actor, house, now) else NOT_THERE


def may_fill_agenda(actor: Actor, house: HouseFacts, now: datetime) -> Verdict:
    """Officials and who speaks for the organisation that runs a house keep its agenda."""
    if not (seen := may_see_house(actor, house, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not _speaks_for(actor, house) and not may_keep_network(actor, house, now):
        return No(_r("Only who runs this house may do this."))
    return No(_r("This house is no longer there."), NotNow) if house.is_gone else Yes()


def _speaks_for(actor: Actor, house: HouseFacts) -> bool:
    return house.organisation_id is not None and str(house.organisation_id) in actor.organisations


def may_put_on_agenda(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Members put what their initiative does on the agenda, as long as it goes on."""
    if not (works := may_work_on(actor, initiative, now)):
        return works
    return HAS_ENDED if initiative.stage is Stage.ENDED else Yes()


def may_see_activity(actor: Actor, activity: ActivityFacts, now: datetime) -> Verdict:
    """Everybody sees an activity, unless its house is gone or its initiative is hidden."""
    if activity.house is not None and not (seen := may_see_house(actor, activity.house, now)):
        return seen
    return Yes() if activity.initiative is None else may_see_initiative(actor, activity.initiative, now)


def may_change_activity(actor: Actor, activity: ActivityFacts, now: datetime) -> Verdict:
    """Who runs its house, the members of its initiative and officials change an activity."""
    if not (seen := may_see_activity(actor, activity, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if may_keep_network(actor, activity, now) or (activity.house and _speaks_for(actor, activity.house)):
        return Yes()
    if activity.initiative is not None and may_work_on(actor, activity.initiative, now):
        return Yes()
    return No(_r("Only who put this on the agenda may do this."))


def may_remove_activity(actor: Actor, activity: ActivityFacts, now: datetime) -> Verdict:
    """An activity that is still to come can be taken away as a mistake; after that its days are called off."""
    if not (changes := may_change_activity(actor, activity, now)):
        return changes
    if activity.day > now.astimezone(AMSTERDAM).date():
        return Yes()
    return No(_r("This has begun. Call days off, or say until when it goes on."), NotNow)


class TieFacts(Protocol):
    """What a policy reads of two initiatives that work together."""

    @property
    def asker(self) -> InitiativeFacts: ...
    @property
    def asked(self) -> InitiativeFacts: ...
    @property
    def agreed_on(self) -> date | None: ...


class MeetingFacts(Protocol):
    """What a policy reads of a house in which an initiative meets."""

    @property
    def initiative(self) -> InitiativeFacts: ...


def may_tie(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Members say where their initiative meets and ask others to work together, as long as it goes on."""
    return may_put_on_agenda(actor, initiative, now)


def may_untie_house(actor: Actor, meeting: MeetingFacts, now: datetime) -> Verdict:
    """Members say that their initiative meets in a house no more."""
    return may_work_on(actor, meeting.initiative, now)


def may_agree_tie(actor: Actor, tie: TieFacts, now: datetime) -> Verdict:
    """Members of the initiative that was asked agree, once."""
    if not (works := may_work_on(actor, tie.asked, now)):
        return works
    return Yes() if tie.agreed_on is None else No(_r("This was agreed already."), AlreadyDone)


def may_end_tie(actor: Actor, tie: TieFacts, now: datetime) -> Verdict:
    """Members of either say no, or that they work together no more."""
    return Yes() if may_work_on(actor, tie.asker, now) else may_work_on(actor, tie.asked, now)
