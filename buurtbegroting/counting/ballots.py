"""Ballots as arrays: groups of equal ballots, what each group chose, and how many people cast it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

Ints = NDArray[np.integer[Any]]
# Sums of counts and points stay below this, so that 64 bits hold them and no sum is rounded.
MAX_SUM = 2**62
_ROWS_AT_ONCE = 50_000
# Above this share of different ballots, taking equal ones together costs more than it saves.
_NEARLY_ALL = 0.9
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Ballot:
    """What ``count`` voters said alike, as ``(project id, points)``; in a ranking the first is wanted most."""

    choices: tuple[tuple[str, Fraction], ...]
    count: int = 1
    channel: str = ""


@dataclass(frozen=True, eq=False)
class Ballots:
    """Group g is ``sizes[g]`` voters who chose ``chosen[starts[g]:starts[g + 1]]``, the places of projects in a list.

    ``points`` are those of each choice, in units of 1/``scale``; None where a choice is a vote and no more.
    ``channel[g]`` is the place in ``channels`` of the way in which a group voted; None where that does not matter.
    """

    sizes: Ints
    starts: Ints
    chosen: Ints
    points: Ints | None = None
    scale: int = 1
    channels: tuple[str, ...] = ("",)
    channel: Ints | None = None

    def __post_init__(self) -> None:
        most = 1 if self.points is None or not len(self.points) else int(np.abs(self.points).max())
        if int(self.sizes.sum(dtype=np.int64)) * most >= MAX_SUM:
            raise Invalid(_r("There are more points than can be counted exactly; write smaller numbers."))

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def lengths(self) -> Ints:
        """How many projects each group chose."""
        return np.diff(self.starts)

    def groups_of_choices(self) -> Ints:
        """Return for every choice the group it belongs to."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    def by_project(self, projects: int) -> tuple[Ints, ...]:
        """Return for each project the places in ``chosen`` where it stands, in ascending order."""
        small = self.chosen.astype(np.min_scalar_type(projects)) if projects < 2**16 else self.chosen
        order = np.argsort(small, kind="stable")
        ends = np.cumsum(np.bincount(self.chosen, minlength=projects))
        return tuple(order[start:end] for start, end in pairwise((0, *ends.tolist())))

    def each(self, ids: Sequence[str]) -> Iterator[Ballot]:
        """Yield the ballots one group at a time; ``ids`` are those of the projects."""
        for row in range(len(self)):
            chosen = [ids[number] for number in self.chosen[self.starts[row] : self.starts[row + 1]].tolist()]
            channel = "" if self.channel is None else self.channels[self.channel[row]]
            yield Ballot(tuple(zip(chosen, self._points_of(row), strict=True)), int(self.sizes[row]), channel)

    def _points_of(self, row: int) -> list[Fraction]:
        start, end = self.starts[row], self.starts[row + 1]
        if self.points is None:
            return [Fraction(1)] * int(end - start)
        return [Fraction(points, self.scale) for points in self.points[start:end].tolist()]

    def lines(self, ids: Sequence[str], is_ranking: bool) -> Iterator[str]:
        """Yield a line per different ballot, sorted: ``ballot``, its choices, its channel if it has one, its voters."""
        counts: Counter[str] = Counter()
        rank = np.argsort(np.argsort(np.array(ids, dtype=object), kind="stable"), kind="stable")
        names = [repr(each) for each in sorted(ids)]
        for first in range(0, len(self), _ROWS_AT_ONCE):
            self._count_lines(first, min(first + _ROWS_AT_ONCE, len(self)), rank, names, is_ranking, counts)
        for line in sorted(counts):
            yield f"ballot {line} {counts[line]}"

    def _count_lines(
        self, first: int, last: int, rank: Ints, names: list[str], is_ranking: bool, counts: Counter[str]
    ) -> None:
        starts = self.starts[first : last + 1] - self.starts[first]
        part = slice(int(self.starts[first]), int(self.starts[last]))
        chosen = rank[self.chosen[part]]
        rows = np.repeat(np.arange(last - first), np.diff(starts))
        order = np.arange(len(chosen)) if is_ranking else np.argsort(rows * len(names) + chosen, kind="stable")
        words = [names[number] for number in chosen[order].tolist()]
        if self.points is not None and np.any(self.points != self.scale):
            values = self.points[part][order].tolist()
            words = [f"{word}:{Fraction(value, self.scale)}" for word, value in zip(words, values, strict=True)]
        sizes = self.sizes[first:last].tolist()
        channels = (
            [""] * len(sizes) if self.channel is None else [self.channels[each] for each in self.channel[first:last]]
        )
        for size, channel, (start, end) in zip(sizes, channels, pairwise(starts.tolist()), strict=True):
            counts[",".join(words[start:end]) + (f" {channel!r}" if channel else "")] += size


def grouped(ids: Sequence[str], ballots: Iterable[Ballot], *, is_ranking: bool = False) -> Ballots:
    """Take equal ballots together; where order does not matter it is forgotten.

    ``ids`` are those of the projects that could be chosen; raises Invalid when a ballot names another.
    """
    counts: Counter[tuple[str, tuple[tuple[str, Fraction], ...]]] = Counter()
    for ballot in ballots:
        counts[ballot.channel, ballot.choices if is_ranking else tuple(sorted(ballot.choices))] += ballot.count
    place = {id_: number for number, id_ in enumerate(ids)}
    kinds = sorted(counts)
    flat = [choice for _, choices in kinds for choice in choices]
    unknown = next((id_ for id_, _ in flat if id_ not in place), None)
    if unknown is not None:
        raise Invalid(_r("A ballot names project %(id)s, which is not in the list.", id=unknown))
    scale = math.lcm(*(points.denominator for _, points in flat)) if flat else 1
    points = [int(points * scale) for _, points in flat]
    channels = tuple(sorted({channel for channel, _ in kinds})) or ("",)
    return Ballots(
        sizes=np.array([counts[kind] for kind in kinds], dtype=np.int64),
        starts=np.cumsum([0, *(len(choices) for _, choices in kinds)]),
        chosen=np.array([place[id_] for id_, _ in flat], dtype=np.int32),
        points=None if all(each == 1 for each in points) and scale == 1 else whole_numbers(points),
        scale=scale,
        channels=channels,
        channel=None if channels == ("",) else np.array([channels.index(channel) for channel, _ in kinds]),
    )


def whole_numbers(points: Sequence[int]) -> Ints:
    """Return points as an array; raise Invalid when one is too big for exact counting."""
    try:
        return np.array(points, dtype=np.int64)
    except OverflowError:
        raise Invalid(_r("There are more points than can be counted exactly; write smaller numbers.")) from None


def together(ballots: Ballots, projects: int, *, is_ranking: bool = False) -> Ballots:
    """Take equal ballots together; where nearly all differ, return them as they are, for nothing is gained.

    Equal ones are found by a sum over their choices, and compared before they are joined: two different ballots with
    one sum stay two groups, which changes no count.
    """
    sums = _sums(ballots, projects, is_ranking)
    in_a_row = np.sort(sums)
    if np.count_nonzero(in_a_row[1:] != in_a_row[:-1]) >= len(ballots) * _NEARLY_ALL:
        return ballots
    order = np.argsort(sums, kind="stable")
    ordered = _taken(ballots if is_ranking else _with_choices_sorted(ballots, projects), order)
    firsts = np.flatnonzero(np.concatenate(([True], ~_equals_the_one_before(ordered))))
    return replace(_taken(ordered, firsts), sizes=np.add.reduceat(ordered.sizes, firsts))


def _sums(ballots: Ballots, projects: int, is_ranking: bool) -> NDArray[np.uint64]:
    """Return for each group a number that is the same for equal ones, and seldom for others."""
    weights = np.arange(1, projects + 1, dtype=np.uint64) * _SPREAD
    weights = (weights ^ (weights >> np.uint64(31))) * _SPREAD
    sums = np.zeros(len(ballots), dtype=np.uint64)
    for first in range(0, len(ballots), _ROWS_AT_ONCE):
        starts = ballots.starts[first : first + _ROWS_AT_ONCE + 1]
        part = slice(int(starts[0]), int(starts[-1]))
        each = weights.take(ballots.chosen[part])
        if ballots.points is not None:
            each *= 2 * ballots.points[part].astype(np.uint64) + np.uint64(3)
        if is_ranking:
            place = np.arange(part.start, part.stop) - np.repeat(starts[:-1], np.diff(starts))
            each *= 2 * place.astype(np.uint64) + np.uint64(1)
        # A group without choices has the sum zero; to reduceat it would be one with the first choice of the next.
        has_choices = np.flatnonzero(np.diff(starts))
        if len(has_choices):
            sums[first + has_choices] = np.add.reduceat(each, starts[has_choices] - part.start)
    if ballots.channel is not None:
        sums += (ballots.channel.astype(np.uint64) + np.uint64(1)) * _SPREAD
    return sums


def _with_choices_sorted(ballots: Ballots, projects: int) -> Ballots:
    keys = ballots.groups_of_choices().astype(np.int64) * projects + ballots.chosen
    if ballots.points is None:
        keys.sort()
        return replace(ballots, chosen=(keys % projects).astype(np.int32))
    order = np.argsort(keys, kind="stable")
    return replace(ballots, chosen=ballots.chosen[order], points=ballots.points[order])


def _taken(ballots: Ballots, rows: Ints) -> Ballots:
    """Return the groups at ``rows``, in that order."""
    lengths = ballots.lengths[rows]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    places = np.arange(int(starts[-1])) + np.repeat(ballots.starts[rows] - starts[:-1], lengths)
    return replace(
        ballots,
        sizes=ballots.sizes[rows],
        starts=starts,
        chosen=ballots.chosen[places],
        points=None if ballots.points is None else ballots.points[places],
        channel=None if ballots.channel is None else ballots.channel[rows],
    )


def _equals_the_one_before(ballots: Ballots) -> NDArray[np.bool_]:
    """Return for every group but the first whether it says the same as the group before it."""
    lengths = ballots.lengths
    is_equal: NDArray[np.bool_] = lengths[1:] == lengths[:-1]
    if ballots.channel is not None:
        is_equal &= ballots.channel[1:] == ballots.channel[:-1]
    rows = np.flatnonzero(is_equal) + 1
    places = np.arange(int(lengths[rows].sum()))
    places += np.repeat(ballots.starts[rows] - np.cumsum(lengths[rows]) + lengths[rows], lengths[rows])
    before = places - np.repeat(lengths[rows], lengths[rows])
    differs = ballots.chosen[places] != ballots.chosen[before]
    if ballots.points is not None:
        differs |= ballots.points[places] != ballots.points[before]
    is_equal[np.repeat(rows - 1, lengths[rows])[differs]] = False
    return is_equal
