"""Reads of ballots and results."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.deciding.queries import packages_of
from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import proposals_of_pot
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.rules import Method, method
from buurtbegroting.foundation.database import db

from ..models import Result, SealedBallot
from ..secrecy import choices_in

# A plan in one of these states stood on the ballot.
ON_BALLOT = frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED, ProposalState.NOT_ELECTED})


def plans_on_ballot(pot: Pot) -> Sequence[Proposal]:
    """Return the plans that voters of a pot could choose, with their round, by number."""
    return [each for each in proposals_of_pot(pot) if each.state in ON_BALLOT]


@dataclass(frozen=True)
class Listed:
    """What stood on a ballot: a plan, or a package of plans; ``number`` is what people call it by."""

    key: str
    number: str
    title: str
    cents: int
    latitude: float | None = None
    longitude: float | None = None
    is_package: bool = False


def listed_on_ballot(pot: Pot) -> list[Listed]:
    """Return what voters of a pot could choose, by number; its round and rulebook must be loaded."""
    if pot.round.rulebook.decision_form == "packages":
        return [
            Listed(each.letter, each.letter, each.title, each.cents, is_package=True)
            for each in packages_of(pot.round)
            if each.pot_id == pot.id
        ]
    return [
        Listed(each.ballot_key, each.number, each.title, each.cost_cents, each.latitude, each.longitude)
        for each in plans_on_ballot(pot)
    ]


def keys_of_plans(pot: Pot, winners: Collection[str]) -> set[str]:
    """Return the plans that win, by ballot key: the winners themselves, or all plans in a package that won."""
    if pot.round.rulebook.decision_form != "packages":
        return set(winners)
    won = [each for each in packages_of(pot.round) if each.pot_id == pot.id and each.letter in winners]
    return {part.proposal.ballot_key for each in won for part in each.parts}


def election_of(pot: Pot) -> Election:
    """Return what is to be counted for a pot; its round and rulebook must be loaded."""
    ballot_type = _type_of(pot)
    payloads = db.session.scalars(select(SealedBallot.payload).where(SealedBallot.pot_id == pot.id))
    listed = listed_on_ballot(pot)
    ballots = (Ballot(choices_in(payload)) for payload in payloads)
    return Election(
        budget=Fraction(pot.amount_cents, 100),
        projects=tuple(Project(each.key, Fraction(each.cents, 100), each.title) for each in listed),
        ballots=grouped([each.key for each in listed], ballots, is_ranking=ballot_type is BallotType.ORDINAL),
        ballot_type=ballot_type,
        title=pot.round.title,
    )


def _type_of(pot: Pot) -> BallotType:
    book = pot.round.rulebook
    if book.decision_form == "packages":
        return BallotType.CHOOSE_ONE
    # A knapsack ballot is an approval ballot whose plans fit in the pot together.
    return BallotType.APPROVAL if book.ballot_type == "knapsack" else BallotType(book.ballot_type)


def method_of(pot: Pot, election: Election) -> Method:
    """Return how the rulebook of a pot says that its election is counted."""
    book = pot.round.rulebook
    if book.decision_form == "packages":
        return method(election.ballot_type, "packages", tie_chain=tuple(book.ties))
    return method(
        election.ballot_type,
        book.rule,
        book.utility,
        book.completion,
        book.is_exhaustive,
        tuple(book.ties),
        is_compared=book.is_compared,
        has_bar=book.has_bar,
        min_votes=None if book.min_votes is None else Fraction(book.min_votes),
    )


_WHOLE = (
    joinedload(Result.pot).options(
        joinedload(Pot.area).defer(Area.geometry),
        joinedload(Pot.round).options(
            joinedload(Round.rulebook), joinedload(Round.phases), joinedload(Round.pots).joinedload(Pot.area)
        ),
    ),
)


def result_of(number: str, position: int = 1) -> Result | None:
    """Return the newest result of a pot of a round, whole."""
    query = select(Result).join(Result.pot).join(Pot.round)
    query = query.where(Round.number == number, Pot.position == position).order_by(Result.sequence.desc()).limit(1)
    newest = db.session.scalar(query.with_only_columns(Result.id))
    return _whole(newest) if newest else None


def _whole(identity: object) -> Result | None:
    return db.session.scalars(select(Result).where(Result.id == identity).options(*_WHOLE)).unique().one_or_none()


def newest_results() -> Sequence[Result]:
    """Return the newest result of every pot of a published round, last counted first."""
    newest = select(Result.pot_id, func.max(Result.sequence).label("sequence")).group_by(Result.pot_id).subquery()
    query = (
        select(Result)
        .join(newest, (newest.c.pot_id == Result.pot_id) & (newest.c.sequence == Result.sequence))
        .join(Result.pot)
        .join(Pot.round)
        .where(Round.state == "published")
        .order_by(Result.counted_at.desc(), Round.number.desc(), Pot.position)
    )
    return db.session.scalars(query.options(*_WHOLE)).unique().all()


def next_sequence(pot: Pot) -> int:
    """Return the number of the next count of a pot."""
    return (db.session.scalar(select(func.max(Result.sequence)).where(Result.pot_id == pot.id)) or 0) + 1
