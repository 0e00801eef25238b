"""What somebody filled in on a ballot, right or wrong, so that it can be shown again as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .ballot_paper import BallotPaper, Option
from .secrecy import Choices

TICK = "keuze"
POINTS = "punten-"
_MOST_DIGITS = 6


@dataclass(frozen=True)
class Marks:
    """The options that were ticked, in the order of preference where that counts, and what was typed as points."""

    keys: tuple[str, ...] = ()
    points: Mapping[str, str] = field(default_factory=dict)

    def choices(self, paper: BallotPaper) -> Choices:
        """Return what was chosen; raise Invalid for what is no choice."""
        if not paper.has_points:
            return [(key, Fraction(1)) for key in self.keys]
        given = {key: _points(text) for key, text in self.points.items() if text.strip()}
        return [(key, points) for key, points in given.items() if points]

    def chosen(self, paper: BallotPaper) -> list[Option]:
        """Return the chosen options, in the order of preference where that counts."""
        by_key = {each.key: each for each in paper.options}
        if paper.has_points:
            return [each for each in paper.options if self.points.get(each.key, "").strip() not in ("", "0")]
        if paper.is_ranking:
            return [by_key[key] for key in self.keys if key in by_key]
        return [each for each in paper.options if each.key in self.keys]

    def moved(self, key: str, by: int) -> Marks:
        """Return the same marks with one of them moved up (-1) or down (1) in the order."""
        keys = list(self.keys)
        if key not in keys:
            return self
        place = keys.index(key)
        target = min(max(place + by, 0), len(keys) - 1)
        keys.insert(target, keys.pop(place))
        return replace(self, keys=tuple(keys))

    def without(self, key: str) -> Marks:
        """Return the same marks without one of them."""
        return Marks(
            tuple(each for each in self.keys if each != key),
            {name: text for name, text in self.points.items() if name != key},
        )


def marks_in(filled: Mapping[str, Sequence[str]], paper: BallotPaper) -> Marks:
    """Read the marks of a form; what is ticked later comes after what had its place already."""
    known = {each.key for each in paper.options}
    ticked = tuple(dict.fromkeys(key for key in filled.get(TICK, ()) if key in known))
    points = {key: filled[POINTS + key][0][:20] for key in known if filled.get(POINTS + key)}
    return Marks(ticked, points if paper.has_points else {})


def _points(text: str) -> Fraction:
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit() or len(plain) > _MOST_DIGITS:
        raise Invalid(_r("Give whole points, 0 or more."))
    return Fraction(int(plain))
