"""Who may do what to a proposal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import RoundFacts, may_manage_rounds, may_see_round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.phases import Act, PhaseKind, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from ..states import ANSWERABLE, AT_WORK, ProposalState

NOT_THERE = No(_r("This page does not exist, or no longer does."), NotFound)
# What the phase must allow for a plan in a state to be changed.
CHANGED_ONLY_WHILE = {ProposalState.SUBMITTED: Act.CHANGE, ProposalState.CHANGEABLE: Act.AMEND}
SIGN_IN_FIRST = No(_r("Sign in first."), NotSignedIn)


class ProposalFacts(Protocol):
    """What a policy reads of a proposal."""

    @property
    def state(self) -> ProposalState: ...
    @property
    def round(self) -> RoundFacts: ...


class WrittenFacts(ProposalFacts, Protocol):
    """What a policy reads of a proposal and who wrote it."""

    @property
    def author_ids(self) -> Collection[str]: ...


class FreezableRound(RoundFacts, Protocol):
    """What a policy reads of a round whose list of plans can be settled."""

    @property
    def list_frozen_at(self) -> datetime | None: ...


class AnsweredFacts(WrittenFacts, Protocol):
    """What a policy reads of a plan that gets an answer."""

    @property
    def round(self) -> FreezableRound: ...


class DraftFacts(Protocol):
    """What a policy reads of a plan that is being written."""

    @property
    def person_id(self) -> object: ...


def may_see_proposal(actor: Actor, proposal: ProposalFacts, now: datetime) -> Verdict:
    """Everybody may see a plan of a published round, unless it is hidden; officials see that too."""
    seen = may_see_round(actor, proposal.round, now)
    is_hidden_from_actor = proposal.state is ProposalState.HIDDEN and not may_manage_rounds(actor, proposal, now)
    return NOT_THERE if seen and is_hidden_from_actor else seen


def may_record_proposal(actor: Actor, proposal: object, now: datetime) -> Verdict:
    """An official, or the operator's command line, may enter plans on behalf of residents."""
    return may_manage_rounds(actor, proposal, now)


def list_is_settled(proposal: AnsweredFacts, now: datetime) -> bool:
    """Tell whether it is settled what is voted on: the list was confirmed, or the vote has begun."""
    has_begun = any(phase.kind is PhaseKind.VOTE and phase.starts_at <= now for phase in proposal.round.phases)
    return has_begun or proposal.round.list_frozen_at is not None


def may_answer_proposal(actor: Actor, proposal: AnsweredFacts, now: datetime) -> Verdict:
    """Officials give the answer of the municipality until it is settled what is voted on; never to their own plan."""
    if not (manages := may_manage_rounds(actor, proposal, now)):
        return manages
    if actor.person_id is not None and actor.person_id in proposal.author_ids:
        return No(_r("You wrote this plan yourself. Somebody else looks at it."))
    if proposal.state in ANSWERABLE and not list_is_settled(proposal, now):
        return Yes()
    return No(_r("This plan gets no other answer any more."), NotNow)


def may_take_over_amount(actor: Actor, proposal: AnsweredFacts, now: datetime) -> Verdict:
    """Its authors take over the amount that the municipality found, until it is settled what is voted on."""
    if not (author := as_author(actor, proposal, now)):
        return author
    if proposal.state in ANSWERABLE and not list_is_settled(proposal, now):
        return Yes()
    return No(_r("This plan cannot be changed any more."), NotNow)


def may_propose(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Everybody who signed in may propose a plan, while the round is open for plans."""
    if not (seen := may_see_round(actor, round_, now)):
        return seen
    if not allows(round_.phases, Act.PROPOSE, now):
        return No(_r("You cannot hand in plans for this round now."), NotNow)
    if round_.conditions_frozen_at is None:
        return No(_r("The conditions of this round are not fixed yet. You can hand in plans after that."), NotNow)
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_have_plans(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Everybody who signed in has a page of their own plans."""
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_write_draft(actor: Actor, draft: DraftFacts, now: datetime) -> Verdict:
    """A plan that is being written is there for nobody but who writes it."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if str(draft.person_id) == actor.person_id else NOT_THERE


def as_author(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Tell whether somebody sees a plan and wrote it."""
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.person_id in proposal.author_ids:
        return Yes()
    return No(_r("Only who made this plan may do this."))


def may_change_proposal(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Its authors change a plan while plans come in, and after that only when the municipality asked for it."""
    if not (author := as_author(actor, proposal, now)):
        return author
    act = CHANGED_ONLY_WHILE.get(proposal.state)
    if act and is_open(proposal.round, act, now):
        return Yes()
    return No(_r("This plan cannot be changed any more."), NotNow)


def is_open(round_: RoundFacts, act: Act, now: datetime) -> bool:
    """Tell whether authors may do something: the phase allows it, and the list of the round is not fixed."""
    return round_.list_frozen_at is None and allows(round_.phases, act, now)


def may_withdraw_proposal(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Its authors take a plan back as long as nobody votes."""
    if not (author := as_author(actor, proposal, now)):
        return author
    if proposal.state in AT_WORK and is_open(proposal.round, Act.WITHDRAW, now):
        return Yes()
    return No(_r("This plan cannot be withdrawn any more."), NotNow)


def may_invite_author(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Its authors let others write along as long as the plan can still be withdrawn."""
    return may_withdraw_proposal(actor, proposal, now)


def may_join(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Whoever has the link may write along, once."""
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.person_id in proposal.author_ids:
        return No(_r("You write this plan already."), AlreadyDone)
    if proposal.state in AT_WORK and is_open(proposal.round, Act.WITHDRAW, now):
        return Yes()
    return No(_r("This plan cannot be changed any more."), NotNow)


def may_leave_proposal(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """An author stops being one when there are others; who is alone withdraws the plan."""
    if not (author := as_author(actor, proposal, now)):
        return author
    if len(proposal.author_ids) > 1:
        return Yes()
    return No(_r("You are the only one who wrote this plan. Withdraw it instead."), NotNow)


def may_illustrate(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Its authors add photos as long as they can withdraw the plan; officials and who moderates always."""
    if actor.has_role(RoleName.OFFICIAL, RoleName.MODERATOR, RoleName.ADMIN):
        return may_see_proposal(actor, proposal, now)
    return may_withdraw_proposal(actor, proposal, now)


def may_take_out_words(actor: Actor, proposal: ProposalFacts, now: datetime) -> Verdict:
    """Who moderates, officials and admins take personal data out of a plan and its earlier versions."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.has_role(RoleName.MODERATOR, RoleName.OFFICIAL, RoleName.ADMIN):
        return Yes()
    return No(_r("Only who moderates may do this."))
