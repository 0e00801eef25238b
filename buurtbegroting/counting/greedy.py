"""Greedy: the project with the highest score first, and so on, as long as there is money."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from .elections import Project
from .ties import Tie

BreakTie = Callable[[int, Sequence[str]], Tie]


def greedy(
    projects: Iterable[Project],
    scores: Mapping[str, Fraction],
    budget: Fraction,
    break_tie: BreakTie,
    *,
    rivals: Mapping[str, frozenset[str]],
    first_round: int = 1,
    stops_when_full: bool = False,
    most_winners: int | None = None,
) -> tuple[list[Project], list[Tie]]:
    """Return the projects that are bought with ``budget``, in order, and the ties that were met.

    What does not fit is skipped, or with ``stops_when_full`` ends it all. A winner's rivals are out. When skipping,
    a tie is broken only where it matters: among projects that all still fit.
    """
    left = {project.id: project for project in projects}
    bought: list[Project] = []
    ties: list[Tie] = []
    while most_winners is None or len(bought) < most_winners:
        able = [each for each in left.values() if stops_when_full or each.cost <= budget]
        if not able:
            break
        highest = max(scores[each.id] for each in able)
        equal = [each.id for each in able if scores[each.id] == highest]
        if len(equal) > 1:
            ties.append(break_tie(first_round + len(bought), equal))
        project = left[ties[-1].first if len(equal) > 1 else equal[0]]
        if project.cost > budget:
            break
        bought.append(project)
        budget -= project.cost
        for id_ in (project.id, *rivals[project.id]):
            left.pop(id_, None)
    return bought, ties
