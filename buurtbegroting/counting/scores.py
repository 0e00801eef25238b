"""What a project scores when votes or points are simply added up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from .elections import Election
from .supporters import supporting, values_of, weighed


def scores(election: Election, utility: str, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the votes of each project (utility cost or count) or its points, with votes weighed by channel."""
    parts, parts_per_vote = weighed(election, weights)
    per_vote = parts_per_vote * (election.ballots.scale if utility == "points" else 1)
    sums = {}
    for id_, chosen in election.choices.items():
        values = values_of(election, chosen, utility)
        if utility != "points":
            values = values * supporting(election, chosen)
        sums[id_] = Fraction(int(np.dot(parts[chosen.groups], values)), per_vote)
    return sums
