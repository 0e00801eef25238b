"""Real elections, counted as the web tool of the authors of equal shares counts them, and why where it differs.

It breaks ties by the cheapest, then the most votes, then the order of the file. Its results under the name of add1u
start from a share in whole units of money.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from buurtbegroting.counting import rules
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import Election
from tests.factories import real_elections

TOOL = "equalshares-compute-tool-31f52ee/"
CHAIN = ("cheapest", "most-votes", "id")


def counted(election: Election, completion: str) -> list[str]:
    method = rules.method(election.ballot_type, "equal-shares", "cost", completion, tie_chain=CHAIN)
    return list(count(election, method).winners)


def cost(election: Election, ids: list[str]) -> Fraction:
    return sum((election.by_id[id_].cost for id_ in ids), Fraction(0))


def from_a_share_in_whole_units(election: Election) -> list[str]:
    """Add1 from B/n rounded down, one budget of share × voters after another; then most votes, in order of the file."""
    share, winners = int(election.budget / election.voters), list[str]()
    while True:
        following = counted(replace(election, budget=Fraction(share * election.voters)), "none")
        if cost(election, following) > election.budget:
            break
        winners = following
        left = election.budget - cost(election, winners)
        if all(project.id in winners or project.cost > left for project in election.projects):
            break
        share += 1
    for project in sorted(election.projects, key=lambda project: -election.supporters[project.id]):
        if project.id not in winners and project.cost <= election.budget - cost(election, winners):
            winners.append(project.id)
    return winners


def without_a_raise_as_everything_is_affordable(election: Election) -> list[str]:
    assert cost(election, list(election.by_id)) <= election.budget
    return counted(election, "none")


DIFFERENCES: dict[tuple[str, str], Callable[[Election], list[str]]] = {
    ("Netherlands_Amsterdam_252.pb", "add1u"): from_a_share_in_whole_units,
    ("Switzerland_Zurich_SN.pb", "add1u"): from_a_share_in_whole_units,
    ("Poland_Zabrze_2020_Konczyce.pb", "add1"): without_a_raise_as_everything_is_affordable,
}


def results() -> list[Any]:
    return [
        pytest.param(name, key, id=f"{name}-{key.removeprefix(TOOL)}")
        for name, facts in real_elections.expected().items()
        for key in facts["results"]
        if key.startswith(TOOL)
    ]


@pytest.mark.parametrize(("name", "key"), results())
def test_the_winners_are_those_of_the_web_tool_or_the_difference_has_a_cause(
    real_data: Path, name: str, key: str
) -> None:
    election = real_elections.election(name)
    completion = key.rsplit("/", 1)[1].partition("[")[0]
    theirs = sorted(real_elections.expected()[name]["results"][key])
    ours = sorted(counted(election, completion))
    if cause := DIFFERENCES.get((name, completion)):
        assert ours != theirs
        assert sorted(cause(election)) == theirs
    else:
        assert ours == theirs
