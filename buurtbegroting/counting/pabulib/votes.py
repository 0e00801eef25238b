"""The section VOTES, read into arrays a block of lines at a time; no Python object is made for a ballot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting.ballots import Ballots, Ints, whole_numbers

from .amounts import amount_from
from .blocks import BLANK, Block, Fields, blocks, shown
from .records import refusal
from .spellings import Spellings
from .tables import Votes

NEEDED = ("vote", "points", "voting_method")
_WRONG = -3


def ballots_of(votes: Votes, projects: Mapping[str, int], *, with_points: bool, with_channels: bool) -> Ballots:
    """Return a group for every line; ``projects`` are the ids and their places in the list."""
    return _Reader(votes, projects, with_points, with_channels).ballots()


class _Reader:
    def __init__(self, votes: Votes, projects: Mapping[str, int], with_points: bool, with_channels: bool) -> None:
        self._votes = votes
        self._projects = projects
        self._points: list[Fraction] = []
        self._channels: dict[str, int] = {}
        self._ids = Spellings({id_.encode(): place for id_, place in projects.items()}, self._project)
        self._numbers = Spellings({}, self._point) if with_points and "points" in votes.columns else None
        has_channels = with_channels and "voting_method" in votes.columns
        self._methods = Spellings({}, self._channel) if has_channels else None

    def ballots(self) -> Ballots:
        chosen, lengths, points, channels = [], [], [], []
        for block in blocks(self._votes, NEEDED):
            votes = self._chosen_in(block)
            chosen.append(votes.numbers)
            lengths.append(votes.lengths)
            if self._numbers is not None:
                points.append(self._points_in(block, self._numbers, votes).numbers)
            if self._methods is not None:
                channels.append(block.cells("voting_method", self._methods).numbers)
        starts = np.concatenate(([0], np.cumsum(_joined(lengths), dtype=np.int64)))
        values, scale = self._values(_joined(points))
        names, channel = self._named_channels(_joined(channels))
        sizes = np.ones(len(starts) - 1, dtype=np.int64)
        return Ballots(sizes, starts, _joined(chosen), values, scale, names, channel)

    def _chosen_in(self, block: Block) -> Fields:
        votes = block.tokens("vote", self._ids)
        self._refuse_wrong(block, votes, "vote")
        if len(votes.lengths) and int(votes.lengths.max()) > len(self._projects):
            row = int(votes.lengths.argmax())
            raise self._refused(_r("vote names more projects than there are."), block.line(row))
        return votes

    def _points_in(self, block: Block, numbers: Spellings, votes: Fields) -> Fields:
        points = block.tokens("points", numbers)
        self._refuse_wrong(block, points, "points")
        uneven = np.flatnonzero(points.lengths != votes.lengths)
        if len(uneven):
            row = int(uneven[0])
            reason = uneven_points(int(points.lengths[row]), int(votes.lengths[row]))
            raise self._refused(reason, block.line(row))
        return points

    def _refuse_wrong(self, block: Block, fields: Fields, column: str) -> None:
        if not len(fields.numbers) or int(fields.numbers.min()) >= 0:
            return
        place = int(np.flatnonzero(fields.numbers < 0)[0])
        spelling = shown(block.text[fields.starts[place] : fields.ends[place]])
        reason = unknown_project(spelling) if column == "vote" else no_number(column, spelling)
        raise self._refused(reason, block.line(fields.row_of(place)))

    def _refused(self, reason: Reason, line: int) -> Invalid:
        return refusal(self._votes.file, reason, line)

    def _project(self, spelling: bytes) -> int:
        id_ = shown(spelling)
        return self._projects.get(id_, _WRONG) if id_ else BLANK

    def _point(self, spelling: bytes) -> int:
        text = shown(spelling)
        number = amount_from(text)
        if number is None:
            return _WRONG if text else BLANK
        self._points.append(number)
        return len(self._points) - 1

    def _channel(self, spelling: bytes) -> int:
        return self._channels.setdefault(shown(spelling), len(self._channels))

    def _values(self, places: NDArray[np.int32]) -> tuple[Ints | None, int]:
        """Return the points of each choice in units of 1/scale; None when there are none, or each is one."""
        if all(point == 1 for point in self._points):
            return None, 1
        scale = math.lcm(*(point.denominator for point in self._points))
        return whole_numbers([int(point * scale) for point in self._points])[places], scale

    def _named_channels(self, places: NDArray[np.int32]) -> tuple[tuple[str, ...], Ints | None]:
        """Return the channels in alphabetical order, and which of them each ballot came through."""
        names = tuple(sorted(self._channels)) or ("",)
        if names == ("",):
            return names, None
        by_name = {name: place for place, name in enumerate(names)}
        return names, np.array([by_name[name] for name in self._channels], dtype=np.int32)[places]


def _joined(parts: Sequence[Ints]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, dtype=np.int32), *parts], dtype=np.int32)


def unknown_project(id_: str) -> Reason:
    """Say that a ballot names what is not in the list."""
    return _r("vote names project %(id)s, which is not in the list.", id=id_[:100] or '""')


def twice_named(id_: str) -> Reason:
    """Say that a ballot names one project twice."""
    return _r("vote names project %(id)s twice.", id=id_)


def uneven_points(given: int, chosen: int) -> Reason:
    """Say that there are not as many points as projects."""
    return _r("points: there are %(given)s for %(chosen)s projects.", given=given, chosen=chosen)


def no_number(column: str, text: str) -> Reason:
    """Say that a field should hold a number."""
    return _r("%(field)s is %(text)s; write a number.", field=column, text=text[:40] or "empty")
