"""Reads of one card: the look at a plan with all that belongs to it, and what helps to judge."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals.models import Authorship, Proposal
from buurtbegroting.blueprints.proposals.queries import supporters_of
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.blueprints.rounds.models import Criterion, Pot, Round, RoundCriterion
from buurtbegroting.foundation import crypto, search
from buurtbegroting.foundation.database import db

from ..models import Assessment, AssessmentNote, AssessmentVersion, AuthorQuestion, OwnerLink
from ..states import UNDECIDED, AssessmentState

MOST_PRECEDENTS = 3
LOOKED_THROUGH = 20
YES = frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED, ProposalState.NOT_ELECTED})

WHOLE_PLAN = (
    joinedload(Proposal.round).options(selectinload(Round.phases), selectinload(Round.rulebook)),
    joinedload(Proposal.pot).joinedload(Pot.area),
    joinedload(Proposal.theme),
    selectinload(Proposal.authorships).joinedload(Authorship.person),
)
WHOLE_CARD = (
    joinedload(Assessment.proposal).options(*WHOLE_PLAN),
    joinedload(Assessment.assessor).selectinload(Person.grants),
    selectinload(Assessment.marks),
    selectinload(Assessment.questions),
    selectinload(Assessment.links),
)


def _cards() -> Select[Assessment]:
    return select(Assessment).options(*WHOLE_CARD)


def card_of(number: str) -> Assessment | None:
    """Return the newest look at the plan with this number, whole."""
    query = _cards().join(Proposal, Proposal.id == Assessment.proposal_id).where(Proposal.number == number)
    return db.session.scalar(query.order_by(Assessment.look.desc()).limit(1))


def cards_by_id(ids: Sequence[uuid.UUID]) -> Sequence[Assessment]:
    """Return these looks, whole, by the number of their plan."""
    query = _cards().join(Proposal, Proposal.id == Assessment.proposal_id).where(Assessment.id.in_(ids))
    return db.session.scalars(query.order_by(Proposal.number)).all()


def first_look_at(proposal: Proposal) -> Assessment | None:
    """Return the first look at a plan."""
    return db.session.scalar(select(Assessment).where(Assessment.proposal_id == proposal.id, Assessment.look == 1))


def question_of(number: str, question_id: uuid.UUID) -> AuthorQuestion | None:
    """Return one question to the authors of the plan with this number."""
    whole = joinedload(AuthorQuestion.assessment).joinedload(Assessment.proposal).options(*WHOLE_PLAN)
    found = db.session.scalar(select(AuthorQuestion).where(AuthorQuestion.id == question_id).options(whole))
    return found if found and found.assessment.proposal.number == number else None


def link_with(token: str) -> OwnerLink | None:
    """Return the link for an owner from outside with this token, with its card."""
    return _link(OwnerLink.token_hash == crypto.token_hash(token))


def link_of(number: str, link_id: uuid.UUID) -> OwnerLink | None:
    """Return one link of the card of the plan with this number."""
    found = _link(OwnerLink.id == link_id)
    return found if found and found.assessment.proposal.number == number else None


def _link(condition: object) -> OwnerLink | None:
    card = joinedload(OwnerLink.assessment).options(*WHOLE_CARD)
    return db.session.scalar(select(OwnerLink).where(condition).options(card))  # type: ignore[arg-type]


def notes_of(card: Assessment) -> Sequence[AssessmentNote]:
    """Return what was noted on a card, newest first."""
    query = select(AssessmentNote).where(AssessmentNote.assessment_id == card.id)
    newest = query.options(joinedload(AssessmentNote.writer)).order_by(AssessmentNote.made_at.desc())
    return db.session.scalars(newest).all()


def criteria_of(round_: Round) -> Sequence[RoundCriterion | Criterion]:
    """Return the questions by which the plans of a round are judged; those of the municipality when it has no own."""
    query = select(RoundCriterion).where(RoundCriterion.round_id == round_.id).order_by(RoundCriterion.position)
    return db.session.scalars(query).all() or rounds.criteria()


def plans_to_open() -> Sequence[Proposal]:
    """Return the plans that wait for an answer and have no card in hand; without enough support a plan waits."""
    in_hand = select(Assessment.proposal_id).where(Assessment.state_name != AssessmentState.PUBLISHED)
    query = (
        select(Proposal)
        .join(Proposal.round)
        .where(Round.state == "published", Proposal.state_name == ProposalState.SUBMITTED)
        .where(Proposal.id.not_in(in_hand))
    )
    found = db.session.scalars(query.options(*WHOLE_PLAN).order_by(Proposal.number)).all()
    return [each for each in found if not each.needs_support or _has_enough_support(each)]


def _has_enough_support(proposal: Proposal) -> bool:
    supporters = supporters_of(proposal)
    return supporters.total >= supporters.needed


def open_cards_of(person_id: uuid.UUID) -> Sequence[Assessment]:
    """Return the cards that somebody has and that were not decided, whole, what is due first on top."""
    mine = (Assessment.assessor_id == person_id, Assessment.state_name.in_(sorted(UNDECIDED)))
    return db.session.scalars(_cards().where(*mine).order_by(Assessment.due)).all()


def precedents(proposal: Proposal) -> Sequence[Proposal]:
    """Return up to three plans that look like this one and that the municipality said yes to, the likest first."""
    text = f"{proposal.title} {proposal.summary}"
    keys = [each.key for each in search.similar(db.session(), text, ("plan",), LOOKED_THROUGH)]
    query = select(Proposal).join(Proposal.round).where(Round.state == "published", Proposal.number.in_(keys))
    said_yes = query.where(Proposal.state_name.in_(sorted(YES)), Proposal.id != proposal.id)
    found = {each.number: each for each in db.session.scalars(said_yes.options(joinedload(Proposal.round)))}
    return [found[key] for key in keys if key in found][:MOST_PRECEDENTS]


def next_version_number(proposal_id: uuid.UUID) -> int:
    """Return the number of the next judgement of a plan that is published."""
    highest = select(func.max(AssessmentVersion.number)).where(AssessmentVersion.proposal_id == proposal_id)
    return (db.session.scalar(highest) or 0) + 1
