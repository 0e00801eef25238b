"""Sequential Phragmén (1894) for approval: every purchase is a load, spread as evenly as its supporters allow.

In each round the project is bought after which the most burdened of its supporters carries least; all its supporters
then carry that much. So what a voter carries is the load of the last round he or she took part in, and exact sums need
one count per round.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .supporters import Candidate, Electorate
from .ties import Tie

BreakTie = Callable[[int, Sequence[str]], Tie]


@dataclass(frozen=True)
class Load:
    """A project that was bought, and what each part of a vote for it carries from then on."""

    candidate: Candidate
    load: Fraction


class _Loads:
    """What every group carries: the load of the last round it took part in."""

    def __init__(self, voters: Electorate) -> None:
        self._last = np.zeros(len(voters.parts), dtype=np.int64)
        self._loads = [Fraction(0)]

    def after(self, candidate: Candidate) -> Fraction:
        """Return what its supporters would carry if this project were bought now."""
        rounds = self._last[candidate.groups]
        parts = np.zeros(len(self._loads), dtype=np.int64)
        np.add.at(parts, rounds, candidate.parts)
        carried = sum(
            (load * count for load, count in zip(self._loads, parts.tolist(), strict=True) if count), Fraction(0)
        )
        return (candidate.cost + carried) / candidate.utility

    def buy(self, candidate: Candidate, load: Fraction) -> None:
        """Let its supporters carry this load."""
        self._last[candidate.groups] = len(self._loads)
        self._loads.append(load)


def phragmen(
    voters: Electorate, budget: Fraction, break_tie: BreakTie, *, first_round: int, skips: bool
) -> tuple[list[Load], list[Tie]]:
    """Return the projects that are bought, in order, and the ties that were met.

    It stops when the next project does not fit in the budget (of equal ones: any of them); with ``skips`` that
    project is left out and it goes on.
    """
    loads = _Loads(voters)
    left = {each.id: each for each in voters.candidates}
    # A load only grows, so the last known one is a lower bound of what it would be now.
    heap = [(Fraction(each.cost, each.utility), each.id) for each in voters.candidates]
    heapq.heapify(heap)
    bought: list[Load] = []
    ties: list[Tie] = []
    while equal := _least(heap, left, loads):
        if not skips and any(left[id_].cost > budget for _, id_ in equal):
            break
        fitting = [id_ for _, id_ in equal if left[id_].cost <= budget]
        if len(fitting) > 1:
            ties.append(break_tie(first_round + len(bought), fitting))
        for load, id_ in equal:
            if id_ not in fitting:
                del left[id_]
            else:
                heapq.heappush(heap, (load, id_))
        if not fitting:
            continue
        winner = left[ties[-1].first if len(fitting) > 1 else fitting[0]]
        load = equal[0][0]
        bought.append(Load(winner, load))
        loads.buy(winner, load)
        budget -= winner.cost
        for id_ in (winner.id, *winner.rivals):
            left.pop(id_, None)
    return bought, ties


def _least(heap: list[tuple[Fraction, str]], left: dict[str, Candidate], loads: _Loads) -> list[tuple[Fraction, str]]:
    """Take the projects with the least load now from the heap; only those on top are looked at."""
    equal: list[tuple[Fraction, str]] = []
    while heap and (not equal or heap[0][0] <= equal[0][0]):
        _, id_ = heapq.heappop(heap)
        if id_ not in left:
            continue
        now = (loads.after(left[id_]), id_)
        if now[0] > (equal or heap or [now])[0][0]:
            heapq.heappush(heap, now)
        else:
            equal.append(now)
    return equal
