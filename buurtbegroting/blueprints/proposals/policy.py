"""Who may do what to a proposal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import RoundFacts, may_manage_rounds, may_see_round
from buurtbegroting.civic.actors import Actor, RoleName, Verification
from buurtbegroting.civic.phases import Act, PhaseKind, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import ANSWERABLE, AT_WORK, ProposalState

# So long after plans could come in, what came in on paper in time is still typed over.
TYPED_WITHIN = timedelta(days=7)
NOT_THERE = No(_r("This page does not exist, or no longer does."), NotFound)
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


class EnteredFacts(ProposalFacts, Protocol):
    """What a policy reads of a proposal that may have come in on paper."""

    @property
    def entered_on(self) -> date | None: ...


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
    if not (author := _as_author(actor, proposal, now)):
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


def may_work_with_paper(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials, neighbourhood workers and paper clerks type over plans that came in on paper or at the counter."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not actor.has_role(RoleName.OFFICIAL, RoleName.NEIGHBOURHOOD_WORKER, RoleName.PAPER_CLERK):
        return No(_r("Only who works for the municipality may do this."))
    if actor.on_behalf_of:
        return No(_r("You are filling in for somebody. Propose a plan for them, or stop filling in first."), NotNow)
    return Yes()


def may_enter_from_paper(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """They do so while plans come in, and for what came in on time a week longer."""
    if not (works := may_work_with_paper(actor, round_, now)):
        return works
    if not (seen := may_see_round(actor, round_, now)):
        return seen
    if allows(round_.phases, Act.PROPOSE, now) or allows(round_.phases, Act.PROPOSE, now - TYPED_WITHIN):
        return Yes()
    return No(_r("You cannot enter plans for this round now."), NotNow)


def may_hand_out_receipt(actor: Actor, proposal: EnteredFacts, now: datetime) -> Verdict:
    """They hand out a receipt of a plan that came in on paper."""
    if not (works := may_work_with_paper(actor, proposal, now)):
        return works
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    return Yes() if proposal.entered_on else NOT_THERE


def may_have_plans(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Everybody who signed in has a page of their own plans."""
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_write_draft(actor: Actor, draft: DraftFacts, now: datetime) -> Verdict:
    """A plan that is being written is there for nobody but who writes it."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if str(draft.person_id) == actor.person_id else NOT_THERE


def _as_author(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.person_id in proposal.author_ids:
        return Yes()
    return No(_r("Only who made this plan may do this."))


def may_change_proposal(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Its authors change a plan while plans come in, and after that only when the municipality asked for it."""
    if not (author := _as_author(actor, proposal, now)):
        return author
    act = {ProposalState.SUBMITTED: Act.CHANGE, ProposalState.CHANGEABLE: Act.AMEND}.get(proposal.state)
    if act and _is_open(proposal.round, act, now):
        return Yes()
    return No(_r("This plan cannot be changed any more."), NotNow)


def _is_open(round_: RoundFacts, act: Act, now: datetime) -> bool:
    """Tell whether authors may do something: the phase allows it, and the list of the round is not fixed."""
    return round_.list_frozen_at is None and allows(round_.phases, act, now)


def may_withdraw_proposal(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Its authors take a plan back as long as nobody votes."""
    if not (author := _as_author(actor, proposal, now)):
        return author
    if proposal.state in AT_WORK and _is_open(proposal.round, Act.WITHDRAW, now):
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
    if proposal.state in AT_WORK and _is_open(proposal.round, Act.WITHDRAW, now):
        return Yes()
    return No(_r("This plan cannot be changed any more."), NotNow)


def may_leave_proposal(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """An author stops being one when there are others; who is alone withdraws the plan."""
    if not (author := _as_author(actor, proposal, now)):
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


class SupportedFacts(ProposalFacts, Protocol):
    """What a policy reads of a proposal that asks for support."""

    @property
    def needs_support(self) -> bool: ...


def may_support(actor: Actor, proposal: SupportedFacts, now: datetime) -> Verdict:
    """Everybody who signed in supports a plan, or no longer, while plans come in and the rules ask for support."""
    if not (open_ := _asks_for_support(actor, proposal, now)):
        return open_
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.verification >= Verification.EMAIL:
        return Yes()
    return No(_r("Confirm your e-mail address first. Then we know that you support it once."))


def _asks_for_support(actor: Actor, proposal: SupportedFacts, now: datetime) -> Verdict:
    if not (seen := may_see_proposal(actor, proposal, now)):
        return seen
    is_asked = proposal.needs_support and proposal.state in AT_WORK
    if is_asked and _is_open(proposal.round, Act.SUPPORT, now):
        return Yes()
    return No(_r("This plan does not ask for support now."), NotNow)


def may_enter_support_list(actor: Actor, proposal: SupportedFacts, now: datetime) -> Verdict:
    """Officials and paper clerks enter lists of signatures."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not actor.has_role(RoleName.OFFICIAL, RoleName.PAPER_CLERK):
        return No(_r("Only an official of the municipality may do this."))
    return _asks_for_support(actor, proposal, now)
