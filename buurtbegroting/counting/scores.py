"""What a project scores when votes or points are simply added up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from .ballots import Ints
from .elections import Choices, Election
from .supporters import supporting, values_of, weighed


def scores(election: Election, utility: str, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return what greedy goes by: points by place for borda and places, else the points given, else votes."""
    if utility in ("borda", "places"):
        return _sums(election, weights, {id_: values_of(election, each, utility) for id_, each in _all(election)}, 1)
    if election.ballots.points is None:
        return votes(election, weights)
    given = {id_: values_of(election, each, "points") for id_, each in _all(election)}
    return _sums(election, weights, given, election.ballots.scale)


def votes(election: Election, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return how many votes support each project, with votes weighed by channel."""
    support = {id_: supporting(election, each).astype(np.int64) for id_, each in _all(election)}
    return _sums(election, weights, support, 1)


def _all(election: Election) -> list[tuple[str, Choices]]:
    return list(election.choices.items())


def _sums(
    election: Election, weights: Mapping[str, Fraction], values: Mapping[str, Ints], scale: int
) -> dict[str, Fraction]:
    parts, parts_per_vote = weighed(election, weights)
    return {
        id_: Fraction(int(np.dot(parts[each.groups], values[id_])), parts_per_vote * scale)
        for id_, each in election.choices.items()
    }
