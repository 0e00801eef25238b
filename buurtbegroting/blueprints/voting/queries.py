"""Reads of ballots and results."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import proposals_of_pot
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.rules import Method, method
from buurtbegroting.foundation.database import db

from .models import Result, SealedBallot

# A plan in one of these states stood on the ballot.
ON_BALLOT = frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED, ProposalState.NOT_ELECTED})


def plans_on_ballot(pot: Pot) -> Sequence[Proposal]:
    """Return the plans that voters of a pot could choose, with their round, by number."""
    return [each for each in proposals_of_pot(pot) if each.state in ON_BALLOT]


def election_of(pot: Pot) -> Election:
    """Return what is to be counted for a pot; its round and rulebook must be loaded."""
    # A knapsack ballot is an approval ballot whose plans fit in the pot together.
    name = pot.round.rulebook.ballot_type
    ballot_type = BallotType.APPROVAL if name == "knapsack" else BallotType(name)
    payloads = db.session.scalars(select(SealedBallot.payload).where(SealedBallot.pot_id == pot.id))
    plans = plans_on_ballot(pot)
    ballots = (Ballot(_choices(payload)) for payload in payloads)
    return Election(
        budget=Fraction(pot.amount_cents, 100),
        projects=tuple(Project(each.ballot_key, Fraction(each.cost_cents, 100), each.title) for each in plans),
        ballots=grouped([each.ballot_key for each in plans], ballots, is_ranking=ballot_type is BallotType.ORDINAL),
        ballot_type=ballot_type,
        title=pot.round.title,
    )


def method_of(pot: Pot, election: Election) -> Method:
    """Return how the rulebook of a pot says that its election is counted."""
    book = pot.round.rulebook
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


def _choices(payload: str) -> tuple[tuple[str, Fraction], ...]:
    return tuple((key, Fraction(points)) for key, points in json.loads(payload))


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
