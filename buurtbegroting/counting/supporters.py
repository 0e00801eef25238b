"""Ballots as arrays: who supports which project, with how many voters per group of equal ballots."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from .elections import Election

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Candidate:
    """A project that may still win: its supporting groups, and the utility it has for each of their voters.

    ``utility`` is the cost (cost utility) or 1 (count utility): all supporters of a project value it alike.
    """

    id: str
    cost: Fraction
    utility: Fraction
    groups: Ints
    votes: int


@dataclass(frozen=True)
class Electorate:
    """``sizes[g]`` voters cast the same ballot g; candidates have supporters and fit in the whole budget."""

    sizes: Ints
    candidates: tuple[Candidate, ...]


def electorate(election: Election, utility: str) -> Electorate:
    """Arrange an approval election for equal shares; free projects and those nobody chose stay out."""
    sizes = np.array([ballot.count for ballot in election.ballots], dtype=np.int64)
    groups: dict[str, list[int]] = {project.id: [] for project in election.projects}
    for number, ballot in enumerate(election.ballots):
        for project_id, points in ballot.choices:
            if points > 0:
                groups[project_id].append(number)
    candidates = [
        Candidate(
            id=project.id,
            cost=project.cost,
            utility=project.cost if utility == "cost" else Fraction(1),
            groups=np.array(groups[project.id], dtype=np.int64),
            votes=int(sizes[groups[project.id]].sum()),
        )
        for project in election.projects
        if groups[project.id] and 0 < project.cost <= election.budget
    ]
    return Electorate(sizes, tuple(sorted(candidates, key=lambda each: each.id)))
