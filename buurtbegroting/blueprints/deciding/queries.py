"""Reads of lists, packages and meetings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import current_areas
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import Filters, all_found, count
from buurtbegroting.blueprints.proposals.states import AT_WORK, ProposalState
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.rounds.queries import WHOLE_ROUND
from buurtbegroting.blueprints.rounds.rulebook import ballot_in, content_of, hash_of
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.database import db

from .models import ListConfirmation, Meeting, Package, PackagePart, PlanVerdict

# What stood on the list goes on standing there, whatever was decided about it.
ON_LIST = frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED, ProposalState.NOT_ELECTED})


def _plans(round_: Round, states: frozenset[ProposalState]) -> Sequence[Proposal]:
    query = select(Proposal).where(
        Proposal.round_id == round_.id, Proposal.state_name.in_(sorted(state.value for state in states))
    )
    surroundings = (
        joinedload(Proposal.round),
        joinedload(Proposal.pot).joinedload(Pot.area),
        joinedload(Proposal.theme),
    )
    return db.session.scalars(query.order_by(Proposal.number).options(*surroundings)).all()


def plans_on_list(round_: Round) -> Sequence[Proposal]:
    """Return the plans between which is chosen in a round, by number."""
    return _plans(round_, ON_LIST)


def plans_to_decide(round_: Round) -> Sequence[Proposal]:
    """Return the plans of a round that can be done and about which is not decided yet, by number."""
    return _plans(round_, frozenset({ProposalState.FEASIBLE}))


def plans_without_answer(round_: Round) -> Sequence[Proposal]:
    """Return the plans of a round about which the municipality has not said its last word, by number."""
    return _plans(round_, AT_WORK - {ProposalState.FEASIBLE})


@dataclass(frozen=True)
class PotOnList:
    """A pot and the plans between which is chosen for it."""

    pot: Pot
    plans: Sequence[Proposal]
    currency: str

    @property
    def money(self) -> Money:
        """What there is in the pot."""
        return Money(self.pot.amount_cents, self.currency)


def list_of(round_: Round) -> list[PotOnList]:
    """Return the list of a round, pot by pot; pots for something else than plans are left out."""
    plans = plans_on_list(round_)
    return [
        PotOnList(pot, [each for each in plans if each.pot_id == pot.id], round_.currency)
        for pot in round_.pots
        if pot.kind == "plans"
    ]


def packages_of(round_: Round) -> Sequence[Package]:
    """Return the packages of a round with their plans, by letter."""
    query = select(Package).where(Package.round_id == round_.id).order_by(Package.pot_id, Package.letter)
    parts = selectinload(Package.parts).joinedload(PackagePart.proposal).joinedload(Proposal.round)
    return db.session.scalars(query.options(parts, joinedload(Package.pot).joinedload(Pot.area))).all()


def package_by_id(package_id: uuid.UUID) -> Package | None:
    """Return a package with its round."""
    query = select(Package).where(Package.id == package_id)
    return db.session.scalar(query.options(joinedload(Package.round).options(*WHOLE_ROUND)))


def list_content(round_: Round) -> dict[str, Any]:
    """Return what the second freeze of a round holds: its plans, pots, packages, ballot and count."""
    places = {pot.id: pot.position for pot in round_.pots}
    plans = [
        {"key": each.ballot_key, "title": each.title, "cents": each.cost_cents, "pot": places[each.pot_id]}
        for each in plans_on_list(round_)
    ]
    packages = [
        {
            "pot": places[each.pot_id],
            "letter": each.letter,
            "title": each.title,
            "plans": sorted(part.proposal.ballot_key for part in each.parts),
        }
        for each in packages_of(round_)
    ]
    return ballot_in(content_of(round_)) | {"plans": plans, "packages": packages}


def hash_of_list(round_: Round) -> str:
    """Return the SHA-256 of the list as it stands now."""
    return hash_of(list_content(round_))


def confirmation_of(round_id: uuid.UUID) -> ListConfirmation | None:
    """Return who put the list of a round forward, and who confirmed it."""
    return db.session.scalar(select(ListConfirmation).where(ListConfirmation.round_id == round_id))


def confirmation_of_number(number: str) -> ListConfirmation | None:
    """Return the confirmation of the list of a round, with the whole round, by the round's number."""
    query = select(ListConfirmation).join(ListConfirmation.round).where(Round.number == number)
    return db.session.scalar(query.options(joinedload(ListConfirmation.round).options(*WHOLE_ROUND)))


def waiting_lists() -> Sequence[ListConfirmation]:
    """Return the lists that wait for a second person, the oldest first."""
    query = select(ListConfirmation).where(ListConfirmation.confirmed_at.is_(None))
    return db.session.scalars(
        query.order_by(ListConfirmation.asked_at).options(joinedload(ListConfirmation.round))
    ).all()


_WHOLE_MEETING = (
    joinedload(Meeting.round).options(*WHOLE_ROUND),
    selectinload(Meeting.verdicts).joinedload(PlanVerdict.proposal).joinedload(Proposal.round),
)


def meeting_by_id(meeting_id: uuid.UUID) -> Meeting | None:
    """Return a meeting with its round and what it decided."""
    return db.session.scalar(select(Meeting).where(Meeting.id == meeting_id).options(*_WHOLE_MEETING))


def meetings_of(round_: Round, *, only_published: bool) -> Sequence[Meeting]:
    """Return the meetings of a round, the newest first."""
    query = select(Meeting).where(Meeting.round_id == round_.id)
    if only_published:
        query = query.where(Meeting.published_at.is_not(None))
    return db.session.scalars(query.order_by(Meeting.number.desc()).options(*_WHOLE_MEETING)).all()


def next_meeting_number(round_id: uuid.UUID) -> int:
    """Return the number of the next meeting of a round."""
    return (db.session.scalar(select(func.max(Meeting.number)).where(Meeting.round_id == round_id)) or 0) + 1


def verdicts_about(proposal: Proposal) -> Sequence[PlanVerdict]:
    """Return what published meetings decided about a plan, the newest first."""
    query = select(PlanVerdict).join(PlanVerdict.meeting).where(PlanVerdict.proposal_id == proposal.id)
    query = query.where(Meeting.published_at.is_not(None)).order_by(Meeting.held_on.desc(), Meeting.number.desc())
    return db.session.scalars(query.options(joinedload(PlanVerdict.meeting))).all()


def has_plans(round_: Round) -> bool:
    """Tell whether a round has plans that the public may know of."""
    return count(Filters(round=round_.number)) > 0


def wijk_names() -> dict[str, str]:
    """Return what the wijken are called, by their code."""
    return {area.code: area.name for area in current_areas(AreaKind.WIJK)}


def public_plans_of(round_: Round) -> Sequence[Proposal]:
    """Return every plan of a round that the public may know of, by number."""
    return all_found(Filters(round=round_.number)) if round_.state == "published" else ()
