"""Reads of the desk as a whole: the list with its filters, what waits, and how it went."""

from __future__ import annotations

import statistics
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.foundation.database import db

from ..models import Assessment, AssessmentVersion
from ..states import UNDECIDED, AssessmentState
from .cards import WHOLE_CARD

PAGE_SIZE = 30
SOON = timedelta(days=7)
GONE = (ProposalState.WITHDRAWN, ProposalState.MERGED, ProposalState.HIDDEN)


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see of the desk; empty means everything."""

    words: str = ""
    round: str = ""
    department: str = ""
    state: str = ""
    is_late: bool = False


def _of(actor: Actor) -> ColumnElement[bool]:
    """Return which cards somebody sees: officials all, assessors those of theirs and their departments."""
    if actor.is_system or actor.has_role(RoleName.OFFICIAL):
        return true()
    mine = [role.department for role in actor.roles if role.name is RoleName.ASSESSOR]
    own = Assessment.assessor_id == uuid.UUID(str(actor.id))
    if None in mine:
        return or_(own, Assessment.department != "")
    return or_(own, Assessment.department.in_([each for each in mine if each]))


def is_late(today: date) -> ColumnElement[bool]:
    """Tell which cards are late; the authors never are."""
    theirs = Assessment.state_name == AssessmentState.ASKED
    return and_(Assessment.due < today, ~theirs, Assessment.state_name != AssessmentState.PUBLISHED)


def _found(actor: Actor, filters: Filters, today: date) -> Select[Assessment]:
    query = select(Assessment).join(Assessment.proposal).join(Proposal.round)
    query = query.where(_of(actor), Proposal.state_name.not_in(GONE))
    if filters.words:
        holds = [column.icontains(filters.words, autoescape=True) for column in (Proposal.title, Proposal.number)]
        query = query.where(or_(*holds))
    if filters.round:
        query = query.where(Round.number == filters.round)
    if filters.department:
        query = query.where(Assessment.department == filters.department)
    if filters.state:
        query = query.where(Assessment.state_name == filters.state)
    if filters.is_late:
        query = query.where(is_late(today))
    return query


def _group(today: date) -> ColumnElement[int]:
    """Number the groups in which the list is shown: late, this week, later, to publish, waits, published."""
    state = Assessment.state_name
    return case(
        (state == AssessmentState.PUBLISHED, 5),
        (state == AssessmentState.ASKED, 4),
        (is_late(today), 0),
        (state == AssessmentState.ANSWERED, 3),
        (Assessment.due <= today + SOON, 1),
        else_=2,
    )


@dataclass(frozen=True)
class Row:
    """A card in the list, and the number of its group."""

    card: Assessment
    group: int


def page(actor: Actor, filters: Filters, today: date, number: int, size: int = PAGE_SIZE) -> list[Row]:
    """Return one page of the cards that fit the filters: whose turn it is first, then what is due first."""
    group = _group(today)
    query = _found(actor, filters, today).add_columns(group).options(*WHOLE_CARD)
    ordered = query.order_by(group, Assessment.due, Proposal.number)
    return [Row(*each) for each in db.session.execute(ordered.limit(size).offset((number - 1) * size)).unique()]


def everything(actor: Actor, filters: Filters, today: date) -> Sequence[Assessment]:
    """Return all cards that fit the filters with their plan and its round, by the number of the plan."""
    query = _found(actor, filters, today).order_by(Proposal.number, Assessment.look)
    return db.session.scalars(query.options(joinedload(Assessment.proposal).joinedload(Proposal.round))).all()


def count(actor: Actor, filters: Filters, today: date) -> int:
    """Return how many cards fit the filters."""
    return db.session.scalar(_found(actor, filters, today).with_only_columns(func.count(Assessment.id))) or 0


def counts_by_state(actor: Actor, filters: Filters, today: date) -> dict[str, int]:
    """Return per state how many cards fit the other filters."""
    query = _found(actor, replace(filters, state=""), today)
    columns = query.with_only_columns(Assessment.state_name, func.count(Assessment.id))
    found = dict(db.session.execute(columns.group_by(Assessment.state_name)).all())
    return {each.value: found.get(each.value, 0) for each in AssessmentState}


def counts_by_group(actor: Actor, filters: Filters, today: date) -> dict[int, int]:
    """Return per group of the list how many cards fit the filters."""
    query = _found(actor, filters, today).with_only_columns(_group(today).label("place"), func.count(Assessment.id))
    return dict(db.session.execute(query.group_by("place")).all())


def ready(actor: Actor) -> Sequence[Assessment]:
    """Return the answers that were not published yet, by the number of their plan."""
    query = select(Assessment).join(Assessment.proposal).where(_of(actor), Proposal.state_name.not_in(GONE))
    answered = query.where(Assessment.state_name == AssessmentState.ANSWERED).options(*WHOLE_CARD)
    return db.session.scalars(answered.order_by(Proposal.number)).all()


def in_hand_of(actor: Actor, most: int) -> Sequence[Assessment]:
    """Return the cards that wait for an assessor, what is due first on top."""
    query = select(Assessment).join(Assessment.proposal).where(_of(actor), Proposal.state_name.not_in(GONE))
    open_ = query.where(Assessment.state_name == AssessmentState.OPEN).options(joinedload(Assessment.proposal))
    return db.session.scalars(open_.order_by(Assessment.due, Proposal.number).limit(most)).all()


@dataclass(frozen=True)
class Waiting:
    """How many cards wait for officials, and since when the oldest does; nothing waits when it is 0."""

    count: int
    since: date | None


def without_anybody() -> Waiting:
    """Return the cards that nobody looks at: not given to anybody, not theirs, or whose assessor is away."""
    nobody = and_(Assessment.department == "", Assessment.assessor_id.is_(None))
    lost = Assessment.state_name.in_([AssessmentState.NOT_OURS, AssessmentState.ABSENT])
    return _waiting(Assessment.state_name.in_(sorted(UNDECIDED)), or_(nobody, lost))


def ready_to_publish() -> Waiting:
    """Return the answers that wait to be published."""
    return _waiting(Assessment.state_name == AssessmentState.ANSWERED)


def late(today: date) -> Waiting:
    """Return the cards that are late."""
    return _waiting(is_late(today))


def _waiting(*conditions: ColumnElement[bool]) -> Waiting:
    query = select(func.count(Assessment.id), func.min(Assessment.since)).join(Assessment.proposal)
    counted, since = db.session.execute(query.where(*conditions, Proposal.state_name.not_in(GONE))).one()
    return Waiting(counted, since)


def to_be_reminded(until: date, today: date) -> Sequence[Assessment]:
    """Return the cards of which somebody has to hear that they are due soon, or were due yesterday or before."""
    soon = and_(Assessment.due <= until, Assessment.due >= today, Assessment.reminded == "")
    over = and_(Assessment.due < today, Assessment.reminded != "late")
    mine = Assessment.state_name.in_([AssessmentState.OPEN, AssessmentState.HANDED_OVER])
    query = select(Assessment).join(Assessment.proposal).where(Proposal.state_name.not_in(GONE))
    return db.session.scalars(query.where(mine, or_(soon, over)).options(*WHOLE_CARD).order_by(Assessment.due)).all()


@dataclass(frozen=True)
class Figures:
    """How it went: how many answers, how many days in the middle, how many within the term."""

    department: str
    answers: int
    median_days: float
    in_time: int

    @property
    def of_100(self) -> int:
        """How many of every 100 came within the term."""
        return round(100 * self.in_time / self.answers)


def figures(round_number: str = "") -> list[Figures]:
    """Return the figures of everything together and of each department; nothing when there is no answer yet."""
    query = select(AssessmentVersion.department, AssessmentVersion.days, AssessmentVersion.is_in_time)
    if round_number:
        query = query.join(Proposal, Proposal.id == AssessmentVersion.proposal_id).join(Proposal.round)
        query = query.where(Round.number == round_number)
    rows = db.session.execute(query).all()
    names = sorted({row.department for row in rows})
    groups = [("", rows), *((name, [row for row in rows if row.department == name]) for name in names if name)]
    return [_figures(name, found) for name, found in groups if found]


def _figures(department: str, rows: Sequence[Any]) -> Figures:
    days = statistics.median(row.days for row in rows)
    return Figures(department, len(rows), days, sum(row.is_in_time for row in rows))


def verdicts_published(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, AssessmentVersion]:
    """Return what was published last of each of these looks, by their ids."""
    query = select(AssessmentVersion).where(AssessmentVersion.assessment_id.in_(ids))
    return {each.assessment_id: each for each in db.session.scalars(query.order_by(AssessmentVersion.number))}
