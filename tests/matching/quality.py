"""How good suggestions are on a written set: of what stands first how much fits, and how much of what fits is there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buurtbegroting.blueprints.matching.states import Kind
from buurtbegroting.blueprints.matching.suggesting import Asked, suggest

FILE = Path(__file__).parent / "pairs.toml"
PRECISE, FIRST = 3, 5


@dataclass(frozen=True)
class Outcome:
    """One need: which offers stood first, and which should."""

    need: str
    first: list[str]
    wanted: list[str]

    @property
    def precision(self) -> float:
        """Of as many as there are to find, at most three, how many fit."""
        many = min(PRECISE, len(self.wanted))
        return len(set(self.first[:many]) & set(self.wanted)) / many

    @property
    def recall(self) -> float:
        """Of what fits, how much stood among the first five."""
        return len(set(self.first) & set(self.wanted)) / len(self.wanted)

    @property
    def plain_precision(self) -> float:
        """Of the first three that were shown, how many fit; a need with one offer that fits can reach a third."""
        shown = self.first[:PRECISE]
        return len(set(shown) & set(self.wanted)) / len(shown) if shown else 0.0


def _asked(name: str, kind: str, wijk: str, days: str, text: str) -> Asked[str]:
    return Asked(name, Kind(kind), text, wijk or None, frozenset(days.split()))


def outcomes() -> list[Outcome]:
    """Ask suggestions for every need of the set."""
    written: dict[str, Any] = tomllib.loads(FILE.read_text())
    offers = [_asked(name, *row) for name, row in written["offers"].items()]
    found = []
    for name, (*row, wanted) in written["needs"].items():
        suggested = suggest(_asked(name, *row), offers, {}, FIRST)
        found.append(Outcome(name, [each.thing for each in suggested], wanted))
    return found


def means(found: list[Outcome]) -> tuple[float, float, float]:
    """Return the precision, the plain precision and the recall of all needs together."""
    names = ("precision", "plain_precision", "recall")
    first, plain, recall = (sum(getattr(each, name) for each in found) / len(found) for name in names)
    return first, plain, recall
