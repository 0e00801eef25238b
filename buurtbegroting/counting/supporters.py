"""An election arranged for counting: who takes part, with how much weight, and what a project is worth to whom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .ballots import Ints
from .elections import Choices, Election, Project


@dataclass(frozen=True)
class Candidate:
    """A project that may win, with the groups of ballots that support it, in ascending order.

    A voter of ``groups[k]`` gets utility ``utilities[k] * worth`` from it; ``parts[k]`` is the weight of that group.
    """

    id: str
    cost: Fraction
    worth: Fraction
    groups: Ints
    parts: Ints
    utilities: Ints
    rivals: frozenset[str] = frozenset()

    @cached_property
    def is_alike(self) -> bool:
        """Whether all its supporters value it alike."""
        return bool(np.all(self.utilities == 1))

    @cached_property
    def utility(self) -> int:
        """The sum of ``utilities`` over all supporters."""
        return self.weigh(self.utilities)

    def weigh(self, values: Ints) -> int:
        """Return the sum of a value per supporting group, each as often as the group has parts."""
        return int(np.dot(self.parts, values))


@dataclass(frozen=True)
class Electorate:
    """``sizes[g]`` people cast ballot g; its weight is ``parts[g]``, and a vote that counts once has so many parts."""

    sizes: Ints
    parts: Ints
    parts_per_vote: int
    candidates: tuple[Candidate, ...]

    @cached_property
    def weight(self) -> int:
        """How many parts all voters have together."""
        return int(self.parts.sum())

    @cached_property
    def greatest_utility(self) -> int:
        """The greatest utility that one voter gets from one project."""
        return max((int(each.utilities.max()) for each in self.candidates), default=1)


def electorate(
    election: Election, utility: str, weights: Mapping[str, Fraction], projects: Iterable[Project]
) -> Electorate:
    """Arrange an election for the projects that take part; those without cost or supporters stay out."""
    parts, parts_per_vote = weighed(election, weights)
    candidates = [
        candidate
        for project in projects
        if project.cost > 0 and (candidate := _candidate(election, project, utility, parts)).utility
    ]
    return Electorate(
        election.ballots.sizes, parts, parts_per_vote, tuple(sorted(candidates, key=lambda each: each.id))
    )


def weighed(election: Election, weights: Mapping[str, Fraction]) -> tuple[Ints, int]:
    """Return the weight of each group of ballots in parts of a vote, and how many parts a single vote has.

    Raises Invalid when a weight is below zero.
    """
    ballots = election.ballots
    if not weights:
        return ballots.sizes, 1
    for channel, weight in weights.items():
        if weight < 0:
            raise Invalid(_r("The weight of %(channel)s is below zero.", channel=channel))
    whole = math.lcm(*(weight.denominator for weight in weights.values()))
    per_channel = [int(weights.get(channel, Fraction(1)) * whole) for channel in ballots.channels]
    by_channel = ballots.channel if ballots.channel is not None else np.zeros(len(ballots), dtype=np.int64)
    return ballots.sizes * np.array(per_channel, dtype=np.int64)[by_channel], whole


def _candidate(election: Election, project: Project, utility: str, parts: Ints) -> Candidate:
    chosen = election.choices[project.id]
    values = values_of(election, chosen, utility)
    is_support = (values > 0) & supporting(election, chosen)
    groups, values = chosen.groups[is_support], values[is_support]
    return Candidate(
        id=project.id,
        cost=project.cost,
        worth=project.cost if utility == "cost" else Fraction(1),
        groups=groups,
        parts=_saved(parts[groups]),
        utilities=_saved(values),
        rivals=election.rivals[project.id],
    )


def _saved(values: Ints) -> Ints:
    """Return the same values; ones in next to no memory, as that is what most are."""
    return np.broadcast_to(np.int64(1), len(values)) if np.all(values == 1) else values


def supporting(election: Election, chosen: Choices) -> NDArray[np.bool]:
    """Tell of each group that chose a project whether it supports it: where points are given, with more than none."""
    points = election.ballots.points
    return np.broadcast_to(np.True_, len(chosen.groups)) if points is None else points[chosen.places] > 0


def values_of(election: Election, chosen: Choices, utility: str) -> Ints:
    """Return what a project is worth to a voter of each group that chose it, in points if they are given.

    Points in units of 1/scale. ``borda``: the number of projects ranked below it. ``places``: the number of places on
    the ballot for the first, one less for each next one.
    """
    ballots = election.ballots
    if utility == "points" and ballots.points is not None:
        return ballots.points[chosen.places]
    if utility not in ("borda", "places"):
        return np.broadcast_to(np.int64(1), len(chosen.groups))
    place = chosen.places - ballots.starts[chosen.groups]
    if utility == "borda":
        return ballots.lengths[chosen.groups] - 1 - place
    points: Ints = np.maximum(0, most_choices(election) - place)
    return points


def most_choices(election: Election) -> int:
    """Return how many places a ranking had: as the election says, else as many as the longest ballot names."""
    return election.max_choices or int(election.ballots.lengths.max(initial=0))
