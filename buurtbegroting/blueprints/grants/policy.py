"""Who may ask, decide, pay and tell."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.blueprints.initiatives.policy import (
    HAS_ENDED,
    InitiativeFacts,
    may_handle,
    may_see_desk,
    may_see_initiative,
    may_work_on,
)
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotNow
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import GrantState


class GrantFacts(Protocol):
    """What a policy reads of a seed grant."""

    @property
    def state(self) -> GrantState: ...
    @property
    def initiative(self) -> InitiativeFacts: ...
    @property
    def follow_up(self) -> str: ...


def may_see_grant(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """Who sees an initiative sees what it asked and got."""
    return may_see_initiative(actor, grant.initiative, now)


def may_ask_grant(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Members ask a seed grant for an initiative that goes on."""
    if not (works := may_work_on(actor, initiative, now)):
        return works
    return HAS_ENDED if initiative.stage is Stage.ENDED else Yes()


def may_withdraw_grant(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """Members take back what was not decided yet."""
    return _as_member(actor, grant, now, GrantState.ASKED, No(_r("This was decided already."), NotNow))


def may_tell_of_grant(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """Members tell once what came of the money, after it was paid."""
    not_now = No(_r("You tell this once, after the money was paid."), NotNow)
    return _as_member(actor, grant, now, GrantState.PAID, not_now)


def _as_member(actor: Actor, grant: GrantFacts, now: datetime, state: GrantState, no: No) -> Verdict:
    if not (works := may_work_on(actor, grant.initiative, now)):
        return works
    return Yes() if grant.state is state else no


def may_keep_funds(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials keep the funds and see what was asked."""
    return may_see_desk(actor, thing, now)


def may_decide_grant(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """An official who is no member of the group decides once."""
    return _as_official(actor, grant, now, GrantState.ASKED, No(_r("This was decided already."), AlreadyDone))


def may_pay_grant(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """An official notes once that a grant was paid."""
    return _as_official(actor, grant, now, GrantState.GRANTED, No(_r("There is nothing to pay now."), NotNow))


def may_follow_up(actor: Actor, grant: GrantFacts, now: datetime) -> Verdict:
    """An official says once what the municipality does after a group told what came of it."""
    if not (told := _as_official(actor, grant, now, GrantState.TOLD, No(_r("The group has to tell first."), NotNow))):
        return told
    return No(_r("This was noted already."), AlreadyDone) if grant.follow_up else Yes()


def _as_official(actor: Actor, grant: GrantFacts, now: datetime, state: GrantState, no: No) -> Verdict:
    if not (handles := may_handle(actor, grant.initiative, now)):
        return handles
    return Yes() if grant.state is state else no


def may_run_mornings(actor: Actor, thing: object, now: datetime) -> Verdict:
    """The clock reminds groups; nobody does that by hand."""
    return Yes() if actor.is_system else No(_r("This happens by itself."))
