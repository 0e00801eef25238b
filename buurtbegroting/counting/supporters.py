"""Ballots as arrays: who supports which project, with how many voters per group of equal ballots."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .ballots import Ints
from .elections import Election


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
    candidates = [
        Candidate(
            id=project.id,
            cost=project.cost,
            utility=project.cost if utility == "cost" else Fraction(1),
            groups=election.choices[project.id].groups,
            votes=election.supporters[project.id],
        )
        for project in election.projects
        if election.supporters[project.id] and 0 < project.cost <= election.budget
    ]
    return Electorate(election.ballots.sizes, tuple(sorted(candidates, key=lambda each: each.id)))
