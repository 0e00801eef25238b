"""How many matches were made, so that nobody can be recognised in a small number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .models import LastingAnswer, MatchCount

# Fewer than so many is not shown as a number.
SMALL = 5


@dataclass(frozen=True)
class Figures:
    """Matches of one year: all, by kind, and by wijk; None stands for a number too small to show."""

    year: int
    total: int
    kinds: Sequence[tuple[str, int | None]]
    wijken: Sequence[tuple[str, int | None]]


def by_year(counts: Iterable[MatchCount]) -> list[Figures]:
    """Return the figures of each year, newest first."""
    years: dict[int, list[MatchCount]] = {}
    for each in counts:
        years.setdefault(each.year, []).append(each)
    return [_of_year(year, years[year]) for year in sorted(years, reverse=True)]


def _of_year(year: int, counts: list[MatchCount]) -> Figures:
    kinds: Counter[str] = Counter()
    wijken: Counter[str] = Counter()
    for each in counts:
        kinds[each.kind] += each.made
        wijken[each.wijk_code] += each.made
    return Figures(year, kinds.total(), _hidden(kinds), _hidden(wijken))


def _hidden(counted: Counter[str]) -> list[tuple[str, int | None]]:
    """Hide small numbers; when only one is small, the next is hidden too, or the total would give it away."""
    order = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    small = sum(each < SMALL for _, each in order)
    hides = 2 if small == 1 else small
    shown = len(order) - hides
    return [(name, number if place < shown else None) for place, (name, number) in enumerate(order)]


@dataclass(frozen=True)
class Lasting:
    """What was answered to the question whether it lasts."""

    answers: int
    lasted: int
    again: int


def lasting(answers: Sequence[LastingAnswer]) -> Lasting | None:
    """Return what was answered, or None when so few answered that it says nothing and may show who."""
    if len(answers) < SMALL:
        return None
    lasted = sum(each.lasted == "ja" for each in answers)
    return Lasting(len(answers), lasted, sum(each.would_again for each in answers))
