"""Greedy by votes: the project with most votes first, skipping what no longer fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from .elections import Project
from .ties import Tie

BreakTie = Callable[[int, Sequence[str]], Tie]


def greedy(
    projects: Iterable[Project],
    votes: Mapping[str, Fraction],
    budget: Fraction,
    break_tie: BreakTie,
    first_round: int = 1,
) -> tuple[list[Project], list[Tie]]:
    """Return the projects that are bought with ``budget``, in order, and the ties that were met.

    A tie is broken only where it matters: among projects that all still fit.
    """
    left = {project.id: project for project in projects}
    bought: list[Project] = []
    ties: list[Tie] = []
    while fitting := [each for each in left.values() if each.cost <= budget]:
        most = max(votes[each.id] for each in fitting)
        equal = [each.id for each in fitting if votes[each.id] == most]
        if len(equal) > 1:
            ties.append(break_tie(first_round + len(bought), equal))
        project = left.pop(ties[-1].first if len(equal) > 1 else equal[0])
        bought.append(project)
        budget -= project.cost
    return bought, ties
