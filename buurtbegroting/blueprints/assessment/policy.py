"""Who may do what at the desk, and what the authors of a plan may ask of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from buurtbegroting.blueprints.proposals.policy import (
    NOT_THERE,
    SIGN_IN_FIRST,
    AnsweredFacts,
    as_author,
    list_is_settled,
    may_see_proposal,
)
from buurtbegroting.blueprints.proposals.states import ANSWERABLE, ProposalState
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotNow
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import IN_HAND, UNDECIDED, AssessmentState


class CardFacts(Protocol):
    """What a policy reads of a look at a plan."""

    @property
    def proposal(self) -> AnsweredFacts: ...
    @property
    def state(self) -> AssessmentState: ...
    @property
    def department(self) -> str: ...
    @property
    def assessor_id(self) -> object: ...
    @property
    def involved(self) -> Collection[str]: ...
    @property
    def first_judges(self) -> Collection[str]: ...


class QuestionFacts(Protocol):
    """What a policy reads of a question to the authors."""

    @property
    def assessment(self) -> CardFacts: ...
    @property
    def answered_on(self) -> date | None: ...


class LinkFacts(Protocol):
    """What a policy reads of a link for an owner from outside."""

    @property
    def assessment(self) -> CardFacts: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


class StandingFacts(Protocol):
    """What a policy reads of all that was published about a plan."""

    @property
    def proposal(self) -> AnsweredFacts: ...
    @property
    def second_look_ends(self) -> datetime | None: ...
    @property
    def has_second_look(self) -> bool: ...
    @property
    def open_amount(self) -> int | None: ...


def may_run_desk(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials divide the work, publish, and look after everything at the desk; so does the house itself at night."""
    if actor.is_system or actor.has_role(RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only an official of the municipality may do this.")) if actor.is_signed_in else SIGN_IN_FIRST


def may_see_desk(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials and assessors come to the desk; an assessor finds there what was given to them."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.has_role(RoleName.OFFICIAL, RoleName.ASSESSOR):
        return Yes()
    return No(_r("Only who looks at plans for the municipality comes here."))


def may_see_card(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Officials see every card, assessors those of theirs or their department; never one of a plan they wrote."""
    if not (desk := may_see_desk(actor, card, now)):
        return desk
    if actor.person_id in card.proposal.author_ids:
        return No(_r("You wrote this plan yourself. Somebody else looks at it."))
    is_of_department = bool(card.department) and actor.has_role_in(RoleName.ASSESSOR, department=card.department)
    if actor.has_role(RoleName.OFFICIAL) or str(card.assessor_id) == actor.id or is_of_department:
        return Yes()
    return No(_r("This plan was given to somebody else to look at."))


def may_judge(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Who has the card writes on it, but for who is involved and, at a second look, who did the first."""
    if not (seen := may_see_card(actor, card, now)):
        return seen
    if actor.id in card.involved:
        return No(_r("You said that you are involved in this plan. Somebody else looks at it."))
    if actor.id in card.first_judges:
        return No(_r("You did the first look. Somebody else does the second."))
    if card.state not in IN_HAND:
        return No(_r("This card cannot be written on now."), NotNow)
    return _open_for_answers(card.proposal, now)


def _open_for_answers(proposal: AnsweredFacts, now: datetime) -> Verdict:
    if proposal.state not in ANSWERABLE:
        return No(_r("This plan is not looked at any more."), NotNow)
    if list_is_settled(proposal, now):
        return No(_r("The list of plans for the vote is settled. No answer changes any more."), NotNow)
    return Yes()


def may_note(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Who sees the card writes notes for colleagues, at any moment."""
    return may_see_card(actor, card, now)


def may_assign(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Officials give a card to a department or an assessor as long as nothing was decided."""
    if not (desk := may_run_desk(actor, card, now)):
        return desk
    if card.state in UNDECIDED:
        return Yes()
    return No(_r("This plan was answered already."), NotNow)


def may_pass_on(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Who has the card gives it to a colleague, says that it is not theirs, or that they are involved."""
    if not (seen := may_see_card(actor, card, now)):
        return seen
    if card.state in UNDECIDED:
        return Yes()
    return No(_r("This plan was answered already."), NotNow)


def may_ask_authors(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Who may judge asks the authors something, one question at a time."""
    if not (judges := may_judge(actor, card, now)):
        return judges
    if card.state is AssessmentState.OPEN:
        return Yes()
    return No(_r("Wait for the answer to what was asked first."), NotNow)


def may_hand_over(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Who may judge lets an owner from outside fill in some of the marks."""
    if not (judges := may_judge(actor, card, now)):
        return judges
    if card.state in (AssessmentState.OPEN, AssessmentState.HANDED_OVER):
        return Yes()
    return No(_r("Wait for the answer to what was asked first."), NotNow)


def may_withdraw_link(actor: Actor, link: LinkFacts, now: datetime) -> Verdict:
    """Who has the card lets a link be worth nothing any more."""
    return may_pass_on(actor, link.assessment, now)


def may_open_again(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """An answer that was not published yet is taken back by who may see the card."""
    if not (seen := may_see_card(actor, card, now)):
        return seen
    if card.state is AssessmentState.ANSWERED:
        return Yes()
    return No(_r("There is no answer to take back."), NotNow)


def may_publish(actor: Actor, card: CardFacts, now: datetime) -> Verdict:
    """Officials publish an answer, as long as the list for the vote is not settled; never that to their own plan."""
    if not (desk := may_run_desk(actor, card, now)):
        return desk
    if actor.person_id is not None and (
        actor.person_id in card.proposal.author_ids or actor.person_id in card.involved
    ):
        return No(_r("You have to do with this plan yourself. Somebody else publishes the answer."))
    if card.state is not AssessmentState.ANSWERED:
        return No(_r("There is no answer to publish."), NotNow)
    return _open_for_answers(card.proposal, now)


def may_answer_question(actor: Actor, question: QuestionFacts, now: datetime) -> Verdict:
    """The authors answer what they were asked, once."""
    proposal = question.assessment.proposal
    if not (author := as_author(actor, proposal, now)):
        return author
    if question.answered_on is not None or question.assessment.state is not AssessmentState.ASKED:
        return No(_r("This question was answered already."), AlreadyDone)
    if proposal.state in ANSWERABLE:
        return Yes()
    return No(_r("This plan is not looked at any more."), NotNow)


def may_ask_second_look(actor: Actor, standing: StandingFacts, now: datetime) -> Verdict:
    """The authors ask once for a second look, within two weeks after an answer that is not a plain yes."""
    proposal = standing.proposal
    if not (author := as_author(actor, proposal, now)):
        return author
    if standing.has_second_look:
        return No(_r("A second look was asked already. There is one for each plan."), AlreadyDone)
    if proposal.state not in (ProposalState.INFEASIBLE, ProposalState.CHANGEABLE) or standing.second_look_ends is None:
        return No(_r("There is no answer to look at again."), NotNow)
    if now >= standing.second_look_ends:
        return No(_r("You could ask for a second look until two weeks after the answer."), NotNow)
    return _open_for_answers(proposal, now)


def may_agree_with_amount(actor: Actor, standing: StandingFacts, now: datetime) -> Verdict:
    """The authors take over the amount that the municipality found, after its answer was published."""
    if not (author := as_author(actor, standing.proposal, now)):
        return author
    if standing.open_amount is None:
        return No(_r("There is no other amount to agree with."), NotNow)
    return _open_for_answers(standing.proposal, now)


def may_fill_in_as_owner(actor: Actor, link: LinkFacts, now: datetime) -> Verdict:
    """Whoever has the link fills in what was asked, until it ends, is withdrawn, or the plan is answered."""
    if link.withdrawn_at is not None or now >= link.expires_at:
        return NOT_THERE
    if link.assessment.state in IN_HAND:
        return _open_for_answers(link.assessment.proposal, now)
    return No(_r("This plan was answered already. You need not do anything."), NotNow)


def may_be_away(actor: Actor, person: object, now: datetime) -> Verdict:
    """Who comes to the desk says that they are away; officials say it of others too."""
    return may_see_desk(actor, person, now)


def may_see_judgements(actor: Actor, standing: StandingFacts, now: datetime) -> Verdict:
    """Everybody who sees a plan reads what was published about it."""
    return may_see_proposal(actor, standing.proposal, now)
