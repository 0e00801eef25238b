"""How fair an outcome is, in figures that need no opinion: who sees a plan of their choice go ahead, and how many."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .elections import Election
from .supporters import supporting, values_of, weighed


@dataclass(frozen=True)
class Fairness:
    """``chosen_winners`` is, for 0, 1, 2, ... of their plans elected, how many voters that holds for.

    ``exclusion_ratio`` is the share of voters with none, blank ballots included. ``money_share`` is how much of the
    money went, for the average voter, to plans he or she voted for.
    """

    voters: int
    chosen_winners: tuple[int, ...]
    exclusion_ratio: Fraction
    money_share: Fraction


def fairness(election: Election, winners: Iterable[str]) -> Fairness:
    """Return what an outcome means to the voters as a whole."""
    elected = [election.by_id[id_] for id_ in winners]
    counts = np.bincount(_chosen(election, winners), weights=election.ballots.sizes).astype(np.int64).tolist()
    money = sum((each.cost for each in elected), Fraction(0))
    spent = sum((each.cost * election.supporters[each.id] for each in elected), Fraction(0))
    voters = election.voters
    return Fairness(
        voters=voters,
        chosen_winners=tuple(counts),
        exclusion_ratio=Fraction(counts[0], voters) if voters else Fraction(0),
        money_share=spent / (money * voters) if money and voters else Fraction(0),
    )


def voters_with_a_winner(election: Election, winners: Iterable[str]) -> int:
    """Return how many voters see at least one project of their choice elected."""
    return int(election.ballots.sizes[_chosen(election, winners) > 0].sum())


def _chosen(election: Election, winners: Iterable[str]) -> Any:
    """Return for every group of ballots how many winners it supports."""
    chosen = np.zeros(len(election.ballots), dtype=np.int64)
    for id_ in winners:
        mine = election.choices[id_]
        chosen[mine.groups] += supporting(election, mine)
    return chosen


def better_off(
    election: Election, utility: str, weights: Mapping[str, Fraction], one: Iterable[str], other: Iterable[str]
) -> tuple[Fraction, Fraction, Fraction]:
    """Return how many votes get more utility from the one outcome, from the other, and as much from both."""
    parts, parts_per_vote = weighed(election, weights)
    difference = _satisfaction(election, utility, one) - _satisfaction(election, utility, other)
    sides = (difference > 0, difference < 0, difference == 0)
    first, second, same = (Fraction(int(parts[side.astype(bool)].sum()), parts_per_vote) for side in sides)
    return first, second, same


def _satisfaction(election: Election, utility: str, winners: Iterable[str]) -> Any:
    """Return the utility of every group, as whole numbers of any size, to be compared with each other only."""
    whole = math.lcm(*(project.cost.denominator for project in election.projects))
    sums = np.zeros(len(election.ballots), dtype=object)
    for id_ in winners:
        mine = election.choices[id_]
        worth = int(election.by_id[id_].cost * whole) if utility == "cost" else 1
        sums[mine.groups] += values_of(election, mine, utility) * supporting(election, mine) * worth
    return sums
