"""Small elections with many ties, drawn by Hypothesis or from a seed, and ways of counting them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.elections import BallotType, Election, Project

IDS = "abcdef"
CHANNELS = ("", "paper")
WEIGHTS: tuple[dict[str, Fraction], ...] = (
    {},
    {"paper": Fraction(2)},
    {"paper": Fraction(1, 2)},
    {"paper": Fraction(3, 2), "": Fraction(2, 3)},
)
UTILITIES = {
    BallotType.APPROVAL: ("cost", "count"),
    BallotType.CUMULATIVE: ("points", "points", "cost", "count"),
    BallotType.SCORING: ("points", "points", "cost", "count"),
    BallotType.ORDINAL: ("borda", "places", "borda", "places", "cost", "count"),
}
KINDS = tuple(UTILITIES)
RULES = ("greedy", "greedy-stop", "greedy-per-cost", "packages", "equal-shares", "phragmen", "phragmen-skip")
COMPLETIONS = ("none", "greedy", "add1", "add1u")
CHAINS = (
    ("id",),
    ("cheapest", "id"),
    ("dearest", "most-votes", "id"),
    ("most-votes", "drawn"),
    ("cheapest", "most-votes", "drawn"),
    ("drawn",),
)


@dataclass(frozen=True)
class Way:
    """A way of counting, as ``rules.method`` and the textbook take it."""

    rule: str
    utility: str
    completion: str | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def arguments(self) -> dict[str, Any]:
        return {"rule": self.rule, "utility": self.utility, "completion": self.completion, **self.options}


class Chance:
    """Choices from a seeded generator, under the names that are used here."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def whole(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def one_of(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(choices)

    def order(self, items: Sequence[Any]) -> list[Any]:
        return self.random.sample(items, len(items))


class Drawn(Chance):
    """The same choices drawn by Hypothesis, which makes a failing election smaller."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def whole(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def one_of(self, choices: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(choices))

    def order(self, items: Sequence[Any]) -> list[Any]:
        return self.draw(st.permutations(items))


def make_election(chance: Chance, kinds: Sequence[BallotType] = KINDS) -> Election:
    """Make an election of 1 to 6 projects and at most 14 voters; costs and points take few values, so ties abound."""
    kind = chance.one_of(kinds)
    ids = chance.order(IDS[: chance.whole(1, len(IDS))])
    prices = [chance.whole(0, 12) for _ in range(chance.whole(1, 3))]
    share = Fraction(1, chance.one_of((1, 1, 1, 2, 3)))
    ballots = [make_ballot(chance, kind, ids) for _ in range(chance.whole(0, 14))]
    return Election(
        budget=chance.whole(0, 30) * share,
        projects=tuple(Project(id_, chance.one_of(prices) * share, f"Plan {id_}") for id_ in ids),
        ballots=grouped(ids, ballots, is_ranking=kind is BallotType.ORDINAL),
        ballot_type=kind,
        exclusive=tuple(frozenset(chance.order(ids)[:2]) for _ in range(chance.one_of((0, 0, 1, 2))) if len(ids) > 1),
        max_choices=chance.one_of((None, len(ids), len(ids) + 1)) if kind is BallotType.ORDINAL else None,
    )


def enlarged(chance: Chance, election: Election, factor: int) -> Election:
    """Multiply all money by ``factor`` and then change it by at most 2, so that what was equal nearly is."""
    projects = tuple(
        replace(project, cost=project.cost * factor + chance.whole(0, 2)) if project.cost else project
        for project in election.projects
    )
    return replace(election, budget=election.budget * factor + chance.whole(0, 2), projects=projects)


def make_ballot(chance: Chance, kind: BallotType, ids: Sequence[str]) -> Ballot:
    chosen = chance.order(ids)[: chance.whole(0, len(ids))]
    has_points = kind in (BallotType.CUMULATIVE, BallotType.SCORING)
    points = [Fraction(chance.whole(0, 4) if has_points else 1) for _ in chosen]
    return Ballot(tuple(zip(chosen, points, strict=True)), 1, chance.one_of(CHANNELS))


def make_way(chance: Chance, kind: BallotType, rules: Sequence[str] = RULES, *, is_plain: bool = False) -> Way:
    """Make a way of counting that suits these ballots; a plain one has no options but its tie chain."""
    rule = chance.one_of([rule for rule in rules if "phragmen" not in rule or kind is BallotType.APPROVAL])
    options: dict[str, Any] = {"tie_chain": chance.one_of(CHAINS), "seed": chance.one_of(("kermis", "2026-05-01"))}
    completion = None
    if not is_plain:
        options["weights"] = chance.one_of(WEIGHTS)
    if rule == "equal-shares":
        completion = chance.one_of(COMPLETIONS)
        if not is_plain:
            options |= {name: chance.one_of((False, True)) for name in ("is_exhaustive", "is_compared", "has_bar")}
    elif "greedy" in rule and not is_plain:
        options["min_votes"] = chance.one_of((None, None, 1, 3))
    return Way(rule, chance.one_of(UTILITIES[kind]), completion, options)


@st.composite
def elections(draw: st.DrawFn, kinds: Sequence[BallotType] = KINDS) -> Election:
    return make_election(Drawn(draw), kinds)


@st.composite
def counts(
    draw: st.DrawFn, rules: Sequence[str] = RULES, kinds: Sequence[BallotType] = KINDS, *, is_plain: bool = False
) -> tuple[Election, Way]:
    """An election and a way of counting it."""
    chance = Drawn(draw)
    election = make_election(chance, kinds)
    return election, make_way(chance, election.ballot_type, rules, is_plain=is_plain)
