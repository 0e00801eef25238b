"""Reads of plans of one pot that may exclude each other."""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.states import AT_WORK
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.foundation import search
from buurtbegroting.foundation.database import db

from ..models import ExclusivePair
from ..states import PairState

NEAR_METRES = 60
METRES_PER_DEGREE = 111_320
LIKEST = 3


@dataclass(frozen=True)
class Candidate:
    """Two plans that may exclude each other: how far apart, and whether their texts are alike."""

    first: Proposal
    second: Proposal
    metres: int | None
    is_alike: bool


def candidates() -> list[Candidate]:
    """Return the pairs of plans at work in one pot that lie near each other or read alike, by number."""
    query = select(Proposal).join(Proposal.round).where(Round.state == "published")
    at_work = query.where(Proposal.state_name.in_(sorted(AT_WORK))).order_by(Proposal.number)
    by_pot: dict[uuid.UUID, list[Proposal]] = defaultdict(list)
    for each in db.session.scalars(at_work):
        by_pot[each.pot_id].append(each)
    return [found for plans in by_pot.values() for found in _in_pot(plans)]


def _in_pot(plans: Sequence[Proposal]) -> Iterator[Candidate]:
    near, alike = dict(_near(plans)), set(_alike(plans))
    by_number = {each.number: each for each in plans}
    for first, second in sorted(near.keys() | alike):
        pair = (first, second)
        yield Candidate(by_number[first], by_number[second], near.get(pair), pair in alike)


def _near(plans: Sequence[Proposal]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the pairs that lie near each other; on a grid, so that a thousand plans are not a million pairs."""
    cells: dict[tuple[int, int], list[Proposal]] = defaultdict(list)
    for each in plans:
        if each.latitude is None or each.longitude is None:
            continue
        row, column = _cell(each.latitude, each.longitude)
        around = [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
        for other in (other for cell in around for other in cells[cell]):
            metres = distance(each, other)
            if metres <= NEAR_METRES:
                first, second = sorted((each.number, other.number))
                yield (first, second), round(metres)
        cells[row, column].append(each)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    # A degree of longitude is shorter than one of latitude, so cells this wide are never narrower than what is near;
    # in the Netherlands it is at least half as long.
    size = NEAR_METRES / METRES_PER_DEGREE
    return int(latitude // size), int(longitude // (size * 2))


def distance(one: Proposal, other: Proposal) -> float:
    """Return how many metres two plans with a point lie apart."""
    assert one.latitude is not None and one.longitude is not None  # noqa: S101, PT018
    assert other.latitude is not None and other.longitude is not None  # noqa: S101, PT018
    north = (one.latitude - other.latitude) * METRES_PER_DEGREE
    east = (one.longitude - other.longitude) * METRES_PER_DEGREE * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)


def _alike(plans: Sequence[Proposal]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of which each is among the likest of the other."""
    numbers = {each.number for each in plans}
    likest: dict[str, set[str]] = {}
    for each in plans:
        found = search.similar(db.session(), f"{each.title} {each.summary}", ("plan",), LIKEST + 1)
        likest[each.number] = {other.key for other in found if other.key != each.number} & numbers
    for first, others in likest.items():
        yield from ((first, other) for other in others if first < other and first in likest[other])


def known_pairs() -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Return which pairs were found before, whatever became of them."""
    return {
        (first, second) for first, second in db.session.execute(select(ExclusivePair.first_id, ExclusivePair.second_id))
    }


_WHOLE = (
    joinedload(ExclusivePair.first).options(joinedload(Proposal.round), joinedload(Proposal.pot)),
    joinedload(ExclusivePair.second).joinedload(Proposal.round),
)


def pairs(state: PairState) -> Sequence[ExclusivePair]:
    """Return the pairs in a state, by the number of the first plan."""
    query = select(ExclusivePair).join(ExclusivePair.first).where(ExclusivePair.state_name == state)
    return db.session.scalars(query.options(*_WHOLE).order_by(Proposal.number, ExclusivePair.id)).all()


def pair_by_id(pair_id: uuid.UUID) -> ExclusivePair | None:
    """Return one pair with both plans."""
    return db.session.scalar(select(ExclusivePair).where(ExclusivePair.id == pair_id).options(*_WHOLE))


def number_to_decide() -> int:
    """Return how many pairs wait for a person to look at them."""
    query = select(func.count(ExclusivePair.id)).where(ExclusivePair.state_name == PairState.FOUND)
    return db.session.scalar(query) or 0
