"""Real elections, counted as the research library counts them; and every file of the collection is read.

The library's greedy rule divides a project's total utility by its cost. With cost utility that is the number of votes,
with points and places it is our ``greedy-per-cost``; what it adds after equal shares goes by the same measure.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import Election
from tests.factories import real_elections
from tests.factories.textbook import Textbook

LIBRARY = "pabutools-1.2.3/exact/"
UTILITIES = {"Cost_Sat": "cost", "Additive_Cardinal_Sat": "points", "Additive_Borda_Sat": "borda"}
METHODS: dict[str, dict[str, Any]] = {
    "greedy_votes": {"rule": "greedy"},
    "greedy_per_cost": {"rule": "greedy-per-cost"},
    "mes": {"rule": "equal-shares", "completion": "none"},
    "mes_card": {"rule": "equal-shares", "completion": "none", "utility": "count"},
    "mes_u": {"rule": "equal-shares", "completion": "greedy"},
    "mes_add1": {"rule": "equal-shares", "completion": "add1"},
    "mes_add1u": {"rule": "equal-shares", "completion": "add1u"},
    "phragmen": {"rule": "phragmen"},
}
WITHOUT_REST = {"mes_u": "none", "mes_add1u": "add1"}


def results(program: str) -> list[Any]:
    found = [
        (name, key.removeprefix(program))
        for name, facts in real_elections.expected().items()
        for key in facts["results"]
        if key.startswith(program)
    ]
    return [pytest.param(*each, id="-".join(each)) for each in found]


def counted(election: Election, measure: str, rule: str) -> list[str]:
    utility = UTILITIES[measure]
    options = {"utility": utility} | METHODS[rule]
    if utility == "cost":
        return list(count(election, rules.method(election.ballot_type, **options)).winners)
    if rule == "greedy_votes":
        options["rule"] = "greedy-per-cost"
    if rule in WITHOUT_REST:
        options["completion"] = WITHOUT_REST[rule]
    winners = list(count(election, rules.method(election.ballot_type, **options)).winners)
    return Textbook(election, utility).greedy(winners, per_cost=True) if rule in WITHOUT_REST else winners


@pytest.mark.parametrize(("name", "key"), results(LIBRARY))
def test_the_winners_are_those_of_the_research_library(real_data: Path, name: str, key: str) -> None:
    measure, _, rule = key.split("/")
    winners = counted(real_elections.election(name), measure, rule)
    assert sorted(winners) == sorted(real_elections.expected()[name]["results"][LIBRARY + key])


@pytest.mark.parametrize("name", real_elections.names())
def test_every_file_is_read_written_and_counted(real_data: Path, name: str) -> None:
    file = real_elections.file(name)
    again = pabulib.parse(pabulib.write(file).encode(), name)
    assert (again.meta, again.projects.rows, again.votes.rows) == (file.meta, file.projects.rows, file.votes.rows)
    election = real_elections.election(name)
    assert election.voters == int(file.meta["num_votes"])
    assert count(election, rules.method(election.ballot_type, "greedy")).cost <= election.budget
