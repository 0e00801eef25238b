"""What everybody may know of the assessment of a plan: only what was published, and what was asked in public."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import proposal_by_number
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from ..models import Assessment, AssessmentVersion, AuthorQuestion, ExclusivePair
from ..states import PairState

SECOND_LOOK_DAYS = 14


@dataclass(frozen=True)
class Standing:
    """A plan with what was published about it, newest last.

    ``request`` and ``requested_on`` are why and when a second look was asked for, which everybody reads.
    """

    proposal: Proposal
    versions: Sequence[AssessmentVersion]
    has_second_look: bool
    request: str
    requested_on: date | None

    def money(self, cents: int) -> Money:
        """Return an amount in the currency of the plan's round."""
        return Money(cents, self.proposal.round.currency)

    @property
    def newest(self) -> AssessmentVersion | None:
        """What the municipality says now."""
        return self.versions[-1] if self.versions else None

    @property
    def is_second_look_under_way(self) -> bool:
        """Whether a second look was asked for and is not published yet."""
        return self.has_second_look and not any(each.look > 1 for each in self.versions)

    @property
    def answered_on(self) -> date | None:
        """On which day the answer came that stands now."""
        return self.newest.published_on if self.newest else self.proposal.answered_on

    @property
    def second_look_until(self) -> date | None:
        """Until which day its authors can ask for a second look."""
        return self.answered_on + timedelta(days=SECOND_LOOK_DAYS) if self.answered_on else None

    @property
    def second_look_ends(self) -> datetime | None:
        """The moment at which that day is over."""
        until = self.second_look_until
        return datetime.combine(until + timedelta(days=1), time(), clock.AMSTERDAM) if until else None

    @property
    def open_amount(self) -> int | None:
        """Another amount than the plan asks, as the municipality published it, in cents."""
        found: int | None = self.newest.content["cost_cents"] if self.newest else None
        return found if found and found != self.proposal.cost_cents else None


def standing_of(proposal: Proposal) -> Standing:
    """Return what everybody may know of the assessment of a plan."""
    query = select(AssessmentVersion).where(AssessmentVersion.proposal_id == proposal.id)
    versions = db.session.scalars(query.order_by(AssessmentVersion.number)).all()
    # Only these two columns of a look that is under way are for everybody.
    asked = select(Assessment.request, Assessment.begun_on).where(Assessment.proposal_id == proposal.id)
    second = db.session.execute(asked.where(Assessment.look > 1)).one_or_none()
    request, on = second or ("", None)
    return Standing(proposal, versions, second is not None, request, on)


def standing_by_number(number: str) -> Standing | None:
    """Return what everybody may know of the assessment of the plan with this number."""
    proposal = proposal_by_number(number)
    return standing_of(proposal) if proposal else None


def questions_about(proposal: Proposal, *, is_author: bool) -> Sequence[AuthorQuestion]:
    """Return what the authors were asked, oldest first; what was asked in private only to them."""
    query = select(AuthorQuestion).join(AuthorQuestion.assessment).where(Assessment.proposal_id == proposal.id)
    if not is_author:
        query = query.where(AuthorQuestion.is_public)
    whole = joinedload(AuthorQuestion.assessment)
    return db.session.scalars(query.options(whole).order_by(AuthorQuestion.asked_at)).all()


def rivals_of(proposal: Proposal) -> Sequence[tuple[Proposal, str]]:
    """Return the plans that cannot be carried out together with this one, with the reason."""
    confirmed = ExclusivePair.state_name == PairState.CONFIRMED
    either = or_(ExclusivePair.first_id == proposal.id, ExclusivePair.second_id == proposal.id)
    whole = (joinedload(ExclusivePair.first), joinedload(ExclusivePair.second))
    pairs = db.session.scalars(select(ExclusivePair).where(confirmed, either).options(*whole))
    found = [(each.second if each.first_id == proposal.id else each.first, each.reason) for each in pairs]
    return sorted(found, key=lambda rival: rival[0].number)


def exclusive_keys(pot_id: uuid.UUID) -> list[frozenset[str]]:
    """Return the confirmed pairs of a pot, by the names under which ballots know the plans."""
    query = select(ExclusivePair).where(ExclusivePair.state_name == PairState.CONFIRMED)
    query = query.join(Proposal, Proposal.id == ExclusivePair.first_id).where(Proposal.pot_id == pot_id)
    whole = (joinedload(ExclusivePair.first), joinedload(ExclusivePair.second))
    return [
        frozenset({each.first.ballot_key, each.second.ballot_key}) for each in db.session.scalars(query.options(*whole))
    ]
