"""Who may do what to an initiative."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import ANSWERED, AnswerState, Stage

NOT_THERE = No(_r("This page does not exist, or no longer does."), NotFound)
SIGN_IN_FIRST = No(_r("Sign in first."), NotSignedIn)
HAS_ENDED = No(_r("This initiative has ended. Its members can start it again."), NotNow)


class InitiativeFacts(Protocol):
    """What a policy reads of an initiative."""

    @property
    def stage(self) -> Stage: ...
    @property
    def answer_state(self) -> AnswerState: ...
    @property
    def is_hidden(self) -> bool: ...
    @property
    def member_ids(self) -> Collection[str]: ...
    @property
    def lead_ids(self) -> Collection[str]: ...


class PartFacts(Protocol):
    """What a policy reads of something that belongs to an initiative."""

    @property
    def initiative(self) -> InitiativeFacts: ...


class ReferralFacts(PartFacts, Protocol):
    """What a policy reads of a question that was sent on."""

    @property
    def answered_on(self) -> object: ...


def may_register(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Everybody who signed in may register an initiative."""
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_see_desk(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials answer initiatives and see all that was asked."""
    if actor.has_role(RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only an official of the municipality may do this.")) if actor.is_signed_in else SIGN_IN_FIRST


def may_hide_initiative(actor: Actor, initiative: object, now: datetime) -> Verdict:
    """Who moderates and officials hide an initiative, and show it again."""
    if actor.has_role(RoleName.MODERATOR, RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only who moderates may do this.")) if actor.is_signed_in else SIGN_IN_FIRST


def may_see_initiative(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Everybody sees an initiative, unless it is hidden; its members and who hid it see that too."""
    if not initiative.is_hidden or actor.person_id in initiative.member_ids:
        return Yes()
    return Yes() if may_hide_initiative(actor, initiative, now) else NOT_THERE


def may_work_on(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Its members write what stands on the page of an initiative."""
    if not (seen := may_see_initiative(actor, initiative, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.person_id in initiative.member_ids:
        return Yes()
    return No(_r("Only members of this initiative may do this."))


def may_work_on_part(actor: Actor, part: PartFacts, now: datetime) -> Verdict:
    """Members of an initiative change and remove what they wrote there."""
    return may_work_on(actor, part.initiative, now)


def may_lead(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Who leads an initiative invites members, lets them go and hands over."""
    if not (works := may_work_on(actor, initiative, now)):
        return works
    if actor.person_id in initiative.lead_ids:
        return Yes()
    return No(_r("Only who leads this initiative may do this."))


def may_join_initiative(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Whoever has the link becomes a member, once."""
    if not (seen := may_see_initiative(actor, initiative, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.person_id in initiative.member_ids:
        return No(_r("You are a member of this initiative already."), AlreadyDone)
    return HAS_ENDED if initiative.stage is Stage.ENDED else Yes()


def may_leave_initiative(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """A member stops being one; who leads alone hands over first, or ends the initiative."""
    if not (works := may_work_on(actor, initiative, now)):
        return works
    if set(initiative.lead_ids) - {str(actor.person_id)}:
        return Yes()
    return No(_r("You lead this initiative alone. Hand it over first, or end it."), NotNow)


def may_ask(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Members ask something of the municipality, again when it answered, as long as no question waits."""
    if not (works := may_work_on(actor, initiative, now)):
        return works
    if initiative.stage is Stage.ENDED:
        return HAS_ENDED
    if initiative.answer_state is AnswerState.WAITING:
        return No(
            _r("Your question is with the municipality. Wait for the answer, or take your question back first."), NotNow
        )
    return Yes()


def may_take_back_question(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Members take back a question that was not answered yet."""
    if not (works := may_work_on(actor, initiative, now)):
        return works
    if initiative.answer_state is AnswerState.WAITING:
        return Yes()
    return No(_r("No question waits for an answer."), NotNow)


def may_tell_again(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Members say that they had to tell their story again, once they asked something."""
    if not (works := may_work_on(actor, initiative, now)):
        return works
    if initiative.answer_state is AnswerState.NOT_ASKED:
        return No(_r("You asked nothing of the municipality."), NotNow)
    return Yes()


def may_read_file(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Members and officials read and write what the group and the municipality write to each other."""
    if may_see_desk(actor, initiative, now):
        return Yes()
    return may_work_on(actor, initiative, now)


def may_handle(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Officials handle what an initiative asks, when they are no member of it."""
    if not (official := may_see_desk(actor, initiative, now)):
        return official
    if actor.person_id in initiative.member_ids:
        return No(_r("You are a member of this initiative. Somebody else handles it."))
    return Yes()


def may_answer_initiative(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Officials answer a question that waits, and turn an earlier no or yes-if into something better."""
    if not (handles := may_handle(actor, initiative, now)):
        return handles
    if initiative.answer_state is AnswerState.WAITING or initiative.answer_state in ANSWERED - {AnswerState.YES}:
        return Yes()
    return No(_r("There is nothing to answer now."), NotNow)


def may_refer(actor: Actor, initiative: InitiativeFacts, now: datetime) -> Verdict:
    """Officials send a question that waits on to somebody else."""
    if not (handles := may_handle(actor, initiative, now)):
        return handles
    if initiative.answer_state is AnswerState.WAITING:
        return Yes()
    return No(_r("No question waits for an answer."), NotNow)


def may_note_outcome(actor: Actor, referral: ReferralFacts, now: datetime) -> Verdict:
    """Officials note once what came back on a question that was sent on."""
    if not (handles := may_handle(actor, referral.initiative, now)):
        return handles
    if referral.answered_on is None:
        return Yes()
    return No(_r("What came back on this question is noted already."), AlreadyDone)


def may_run_mornings(actor: Actor, thing: object, now: datetime) -> Verdict:
    """The clock asks groups whether they still go on; nobody does that by hand."""
    return Yes() if actor.is_system else No(_r("This happens by itself."))
