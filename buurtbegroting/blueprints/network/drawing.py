"""The network of a wijk as one calm drawing: initiatives on the left, houses and organisations on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .queries.ties import Network

WIDTH = 490
LEFT, RIGHT = 148, 342
STEP, TOP = 30, 24
LONGEST = 18
# How far the line between two of one side swings out, at least and at most.
NEAREST, FARTHEST = 24, 90


@dataclass(frozen=True)
class Dot:
    """Somebody on the drawing; ``label`` is what fits of the name."""

    kind: str
    title: str
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A tie on the drawing, from one to another."""

    kind: str
    title: str
    path: str


@dataclass(frozen=True)
class Picture:
    """The drawing of a network, ``height`` units high."""

    height: int
    dots: Sequence[Dot]
    lines: Sequence[Line]


Key = tuple[str, object]


def draw(network: Network) -> Picture | None:
    """Return the drawing of a network with the same facts as its tables; None when nobody is there."""
    left, right = _sides(network)
    if not left and not right:
        return None
    rows = max(len(left), len(right))
    dots = _column("initiative", left, LEFT, rows) | _column("", right, RIGHT, rows)
    lines = [
        *(_line("tie", dots, ("initiative", each.first_id), ("initiative", each.second_id)) for each in network.ties),
        *(
            _line("meets", dots, ("initiative", each.initiative_id), ("house", each.house_id))
            for each in network.meetings
        ),
        *(
            _line("runs", dots, ("organisation", each.organisation_id), ("house", each.id))
            for each in network.houses
            if ("organisation", each.organisation_id) in dots
        ),
    ]
    return Picture(2 * TOP + (rows - 1) * STEP, list(dots.values()), lines)


def _sides(network: Network) -> tuple[Mapping[Key, str], Mapping[Key, str]]:
    """Return who stands left and who right: those of the wijk first, then those elsewhere to whom a tie leads."""
    left: dict[Key, str] = {("initiative", each.id): each.title for each in network.initiatives}
    for tie in network.ties:
        for end in (tie.first, tie.second):
            left.setdefault(("initiative", end.id), end.title)
    for meeting in network.meetings:
        left.setdefault(("initiative", meeting.initiative_id), meeting.initiative.title)
    right: dict[Key, str] = {("house", each.id): each.name for each in network.houses}
    for meeting in network.meetings:
        right.setdefault(("house", meeting.house_id), meeting.house.name)
    runners = {each.organisation for each in network.houses if each.organisation is not None}
    for organisation in sorted({*network.organisations, *runners}, key=lambda each: each.name.lower()):
        right[("organisation", organisation.id)] = organisation.name
    return left, right


def _column(kind: str, side: Mapping[Key, str], x: float, rows: int) -> dict[Key, Dot]:
    # The shorter side is spread over the height of the longer one.
    step = STEP * (rows - 1) / (len(side) - 1) if len(side) > 1 else 0
    start = TOP if len(side) > 1 else TOP + STEP * (rows - 1) / 2
    return {
        key: Dot(kind or str(key[0]), title, _short(title), x, round(start + place * step, 1))
        for place, (key, title) in enumerate(side.items())
    }


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def _line(kind: str, dots: Mapping[Key, Dot], one: Key, other: Key) -> Line:
    start, end = dots[one], dots[other]
    if start.x == end.x:
        swing = min(FARTHEST, NEAREST + abs(end.y - start.y) / 6)
        bend = start.x + swing if start.x == LEFT else start.x - swing
        first, second = (bend, start.y), (bend, end.y)
    else:
        middle = (start.x + end.x) / 2
        first, second = (middle, start.y), (middle, end.y)
    path = f"M{start.x} {start.y}C{first[0]:g} {first[1]} {second[0]:g} {second[1]} {end.x} {end.y}"
    return Line(kind, f"{start.title} – {end.title}", path)
