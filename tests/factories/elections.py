"""Small elections, written as a table of votes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from buurtbegroting.counting.ballots import Ballot, Ballots, grouped
from buurtbegroting.counting.elections import Election, Project


def approval(budget: int, costs: Mapping[str, int], ballots: Sequence[str], **facts: object) -> Election:
    """Make an approval election; a ballot is the ids of its projects, one letter each ("" is a blank ballot)."""
    return Election(
        budget=Fraction(budget),
        projects=tuple(Project(id_, Fraction(cost), f"Plan {id_}") for id_, cost in costs.items()),
        ballots=grouped(list(costs), (Ballot(tuple((id_, Fraction(1)) for id_ in ballot)) for ballot in ballots)),
        **facts,  # type: ignore[arg-type]
    )


def shuffled(election: Election, chance: random.Random) -> Election:
    """Return the same election with its projects and ballots in another order, and equal ballots apart."""
    ballots = [one for ballot in election.each_ballot() for one in [ballot] * ballot.count]
    projects = list(election.projects)
    chance.shuffle(ballots)
    chance.shuffle(projects)
    places = {project.id: place for place, project in enumerate(projects)}
    chosen = [chance.sample(ballot.choices, len(ballot.choices)) for ballot in ballots]
    arrays = Ballots(
        sizes=np.ones(len(ballots), dtype=np.int64),
        starts=np.cumsum([0, *map(len, chosen)]),
        chosen=np.array([places[id_] for choices in chosen for id_, _ in choices], dtype=np.int64),
    )
    return replace(election, projects=tuple(projects), ballots=arrays)
