"""One task of pabutools, in a process and an environment of its own; nothing of this product is imported here."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pabutools.fractions
from pabutools.election import (
    Additive_Borda_Sat,
    Additive_Cardinal_Sat,
    AdditiveSatisfaction,
    Cost_Sat,
    parse_pabulib,
)
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

from benchmarks.measuring import Answer, TimeUpError, answer, peak_mb, timed

SATISFACTION = {
    "approval": Cost_Sat,
    "choose-1": Cost_Sat,
    "cumulative": Additive_Cardinal_Sat,
    "scoring": Additive_Cardinal_Sat,
    "ordinal": Additive_Borda_Sat,
}


class _PointsTimesCost(AdditiveSatisfaction):
    """The library's greedy rule divides by cost; with this the order is that of the sum of points."""

    def __init__(self, instance: Any, profile: Any, ballot: Any) -> None:
        super().__init__(instance, profile, ballot, lambda _i, _p, ballot, each, _v: ballot.get(each, 0) * each.cost)


class _PlacesTimesCost(AdditiveSatisfaction):
    """The same for rankings, where the last gets 0."""

    def __init__(self, instance: Any, profile: Any, ballot: Any) -> None:
        super().__init__(instance, profile, ballot, lambda _i, _p, _b, each, places: places.get(each, 0) * each.cost)

    def preprocessing(self, _instance: Any, _profile: Any, ballot: Any) -> dict[Any, int]:
        return {project: len(ballot) - place for place, project in enumerate(ballot, 1)}


VOTES = {**SATISFACTION, "cumulative": _PointsTimesCost, "scoring": _PointsTimesCost, "ordinal": _PlacesTimesCost}


def run(options: argparse.Namespace) -> Answer:
    """Read or count the file that the options name."""
    if options.task == "versions":
        return {"versions": f"pabutools {version('pabutools')}, gmpy2 {version('gmpy2')}"}
    pabutools.fractions.FRACTION = options.numbers
    (instance, profile), measured = timed(parse_pabulib, lambda: str(options.file), options.limit)
    if options.task == "read":
        return measured
    vote_type = instance.meta["vote_type"]
    if options.task == "phragmen" and vote_type not in ("approval", "choose-1"):
        return {"status": "not offered"}
    work = _work(options.task, instance, vote_type)
    return _faster(work, profile, options.limit)


def _work(task: str, instance: Any, vote_type: str) -> Callable[[Any], Any]:
    shares, votes = SATISFACTION[vote_type], VOTES[vote_type]

    def add1(profile: Any) -> Any:
        return method_of_equal_shares(instance, profile, shares, voter_budget_increment=1)

    tasks: dict[str, Callable[[Any], Any]] = {
        "equal-shares": lambda profile: method_of_equal_shares(instance, profile, shares),
        "add1": add1,
        "add1u": lambda profile: greedy_utilitarian_welfare(
            instance, profile, votes, initial_budget_allocation=add1(profile)
        ),
        "greedy": lambda profile: greedy_utilitarian_welfare(instance, profile, votes),
        "phragmen": lambda profile: sequential_phragmen(instance, profile),
    }
    return tasks[task]


def _faster(work: Callable[[Any], Any], profile: Any, limit: float) -> Answer:
    """Count ballots one by one and equal ones together, and answer with the faster of the two.

    What promises to be faster goes first; the other is tried only when a quarter of the time was enough.
    """
    ways: list[tuple[str, Callable[[], Any]]]
    ways = [("one by one", lambda: profile), ("equal ballots together", profile.as_multiprofile)]
    # Hashes, because a second profile of a million ballots would take the memory that the count needs.
    if 2 * len({hash(ballot.frozen()) for ballot in profile}) <= len(profile):
        ways.reverse()
    answers: list[Answer] = []
    for way, make in ways:
        try:
            ballots = make()
            winners, measured = timed(work, lambda ballots=ballots: ballots, limit)
        except (TimeUpError, MemoryError):
            if not answers:
                raise
            break
        names = sorted(str(each.name) for each in winners)
        answers.append({**measured, "way": way, "winners": names, "peak_mb": peak_mb()})
        if measured["seconds"] > limit / 4:
            break
    return min(answers, key=lambda each: float(each["seconds"]))


if __name__ == "__main__":
    answer(run)
