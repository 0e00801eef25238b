"""Ballots taken apart: one voter at a time, with what every project is worth to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from buurtbegroting.counting.elections import Election


@dataclass(frozen=True)
class Voter:
    """One voter: the people it stands for, what each project is worth to it, and what it said of them."""

    weight: Fraction
    utility: Mapping[str, Fraction]
    votes: Mapping[str, Fraction]


def voters_of(election: Election, utility: str, weights: Mapping[str, Fraction]) -> list[Voter]:
    ballots = [ballot for ballot in election.each_ballot() for _ in range(ballot.count)]
    cost = {project.id: project.cost for project in election.projects}
    longest = election.max_choices or max((len(ballot.choices) for ballot in ballots), default=0)
    voters = []
    for ballot in ballots:
        worth = {}
        for place, (id_, points) in enumerate(ballot.choices):
            values = {
                "cost": cost[id_],
                "count": Fraction(1),
                "points": points,
                "borda": Fraction(len(ballot.choices) - 1 - place),
                "places": Fraction(longest - place),
            }
            if points > 0 and values[utility] > 0:
                worth[id_] = values[utility]
        voters.append(Voter(Fraction(weights.get(ballot.channel, 1)), worth, dict(ballot.choices)))
    return voters
