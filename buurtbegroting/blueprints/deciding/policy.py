"""Who may confirm a list, and who may enter what a meeting decided."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import RoundFacts, may_make_rounds, may_see_round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.phases import Act, PhaseKind, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow
from buurtbegroting.civic.verdicts import No, Verdict, Yes

# Who decides without a ballot enters what was decided; residents who vote fill in ballots.
IN_MEETINGS = ("jury", "consensus", "live")
# A list is put before residents; a jury may decide about plans as they come.
WITH_LIST = ("vote", "packages", "consensus", "live")


class RulesFacts(Protocol):
    """What a policy reads of a rulebook."""

    @property
    def decision_form(self) -> str: ...


class RuledRound(RoundFacts, Protocol):
    """What a policy reads of a round and how it is decided."""

    @property
    def rulebook(self) -> RulesFacts: ...


class AskedFacts(Protocol):
    """What a policy reads of a list that somebody put forward."""

    @property
    def asked_by(self) -> str: ...
    @property
    def round(self) -> RuledRound: ...


class PackageFacts(Protocol):
    """What a policy reads of a package."""

    @property
    def round(self) -> RuledRound: ...


class MeetingFacts(Protocol):
    """What a policy reads of a meeting."""

    @property
    def round(self) -> RuledRound: ...
    @property
    def published_at(self) -> datetime | None: ...


def may_put_forward_list(actor: Actor, round_: RuledRound, now: datetime) -> Verdict:
    """Officials put the list of a round forward once, when its conditions are fixed and no more plans come in."""
    if not (official := may_make_rounds(actor, round_, now)):
        return official
    if round_.list_frozen_at:
        return No(_r("The list of this round is fixed already."), AlreadyDone)
    if round_.rulebook.decision_form not in WITH_LIST:
        return No(
            _r("In this round a committee decides about the plans as they come. There is no list to fix."), NotNow
        )
    if round_.conditions_frozen_at is None:
        return No(_r("Fix the conditions first."), NotNow)
    if _plans_come_in(round_, now):
        return No(_r("Residents hand in plans until the phase for that is over. Fix the list after that."), NotNow)
    return Yes()


def _plans_come_in(round_: RuledRound, now: datetime) -> bool:
    ends = [phase.ends_at for phase in round_.phases if phase.kind is PhaseKind.PROPOSE]
    return any(end is None or end > now for end in ends)


def may_confirm_list(actor: Actor, asked: AskedFacts, now: datetime) -> Verdict:
    """Another official than who put it forward confirms a list."""
    if not (official := may_put_forward_list(actor, asked.round, now)):
        return official
    if asked.asked_by == actor.id:
        return No(_r("Somebody else confirms the list. You put it forward."))
    return Yes()


def may_take_back_list(actor: Actor, asked: AskedFacts, now: datetime) -> Verdict:
    """Any official takes back a list that is not confirmed yet."""
    return may_put_forward_list(actor, asked.round, now)


def may_put_together_package(actor: Actor, round_: RuledRound, now: datetime) -> Verdict:
    """Officials put packages together until the list is fixed, where residents choose between packages."""
    if not (official := may_put_forward_list(actor, round_, now)):
        return official
    if round_.rulebook.decision_form != "packages":
        return No(_r("In this round residents do not choose between packages."), NotNow)
    return Yes()


def may_take_apart_package(actor: Actor, package: PackageFacts, now: datetime) -> Verdict:
    """Who may put a package together may take it apart."""
    return may_put_together_package(actor, package.round, now)


def may_enter_meeting(actor: Actor, round_: RuledRound, now: datetime) -> Verdict:
    """Officials enter what was decided, where and when is decided without ballots."""
    if not (official := may_make_rounds(actor, round_, now)):
        return official
    if round_.rulebook.decision_form not in IN_MEETINGS:
        return No(_r("In this round residents vote with a ballot."), NotNow)
    if not allows(round_.phases, Act.DECIDE, now):
        return No(_r("It is not time to decide yet."), NotNow)
    if round_.rulebook.decision_form in WITH_LIST and round_.list_frozen_at is None:
        return No(_r("Fix the list first. Two people do that."), NotNow)
    return Yes()


def may_write_meeting(actor: Actor, meeting: MeetingFacts, now: datetime) -> Verdict:
    """Officials change what they entered until it is published."""
    if not (allowed := may_enter_meeting(actor, meeting.round, now)):
        return allowed
    if meeting.published_at:
        return No(_r("This decision is published. It does not change any more."), NotNow)
    return Yes()


def may_see_meeting(actor: Actor, meeting: MeetingFacts, now: datetime) -> Verdict:
    """Everybody sees what a meeting decided once it is published; before that only officials know of it."""
    seen = may_see_round(actor, meeting.round, now)
    if seen and meeting.published_at is None and not may_make_rounds(actor, meeting.round, now):
        return No(_r("This page does not exist, or no longer does."), NotFound)
    return seen
