"""Reads of the wish to make two plans one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.foundation import search
from buurtbegroting.foundation.database import db

from ..models import Authorship, MergeConsent, MergeRequest, Proposal
from ..states import AT_WORK, MergeState

MOST_ALIKE = 5
# There are plans of other rounds among those that look alike.
MOST_LOOKED_AT = 40


def _whole() -> Select[MergeRequest]:
    """Select wishes with all of both plans that it takes to make them one."""
    plans = (MergeRequest.proposal, MergeRequest.other)
    whole = [
        option
        for plan in plans
        for option in (
            joinedload(plan)
            .joinedload(Proposal.round)
            .options(selectinload(Round.phases), selectinload(Round.rulebook)),
            joinedload(plan).joinedload(Proposal.pot).joinedload(Pot.area).selectinload(Area.buurten),
            joinedload(plan).joinedload(Proposal.thread),
            joinedload(plan).selectinload(Proposal.authorships).joinedload(Authorship.person),
        )
    ]
    return select(MergeRequest).options(*whole, selectinload(MergeRequest.consents).joinedload(MergeConsent.person))


def merge_by_id(merge_id: uuid.UUID) -> MergeRequest | None:
    """Return one wish, whole."""
    return db.session.scalar(_whole().where(MergeRequest.id == merge_id))


def open_merges_of(proposal_id: uuid.UUID) -> Sequence[MergeRequest]:
    """Return the wishes about a plan that are not settled, whole; there is one at most, but for a race."""
    about = or_(MergeRequest.proposal_id == proposal_id, MergeRequest.other_id == proposal_id)
    return db.session.scalars(_whole().where(about, MergeRequest.state_name == MergeState.OPEN.value)).all()


def open_merges() -> Sequence[MergeRequest]:
    """Return all wishes that are not settled, whole, oldest first."""
    query = _whole().where(MergeRequest.state_name == MergeState.OPEN.value)
    return db.session.scalars(query.order_by(MergeRequest.asked_at)).all()


def merges_asked_by(person_id: uuid.UUID) -> Sequence[MergeRequest]:
    """Return the wishes of somebody, whole, oldest first."""
    return db.session.scalars(
        _whole().where(MergeRequest.asked_by_id == person_id).order_by(MergeRequest.asked_at)
    ).all()


def merging_numbers(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return of these plans, by id, the number of the plan with which they may become one."""
    query = select(MergeRequest).where(MergeRequest.state_name == MergeState.OPEN.value)
    query = query.options(joinedload(MergeRequest.proposal), joinedload(MergeRequest.other))
    found: dict[uuid.UUID, str] = {}
    about = or_(MergeRequest.proposal_id.in_(ids), MergeRequest.other_id.in_(ids))
    for each in db.session.scalars(query.where(about)):
        found[each.proposal_id], found[each.other_id] = each.other.number, each.proposal.number
    return found


def merged_into(proposal: Proposal) -> Sequence[Proposal]:
    """Return the plans that went into this one, by number."""
    query = select(Proposal).where(Proposal.merged_into_id == proposal.id)
    return db.session.scalars(query.order_by(Proposal.number)).all()


def plans_alike(proposal: Proposal) -> Sequence[Proposal]:
    """Return plans of the same round that may be about the same and can still be merged, the likest first."""
    text = f"{proposal.title} {proposal.summary}"
    keys = [each.key for each in search.similar(db.session(), text, ("plan",), MOST_LOOKED_AT)]
    query = select(Proposal).where(Proposal.round_id == proposal.round_id, Proposal.number.in_(keys))
    at_work = query.where(Proposal.id != proposal.id, Proposal.state_name.in_(sorted(AT_WORK)))
    return sorted(db.session.scalars(at_work), key=lambda each: keys.index(each.number))[:MOST_ALIKE]
