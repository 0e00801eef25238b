"""The winners that cities announced, found again from the ballots; every file that names winners is accounted for.

In the column ``selected`` 1 is a winner of the rule that the file names, 0 a loser, 2 a project that did not fit and
was paid in part from a reserve, and 3 one that was paid from money of elsewhere. A threshold is on the score: votes
where voters approve, points where they give points.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from buurtbegroting.counting import rules
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType
from buurtbegroting.counting.outcomes import Outcome
from tests.factories import real_elections

RULES: dict[str, dict[str, Any]] = {
    "greedy": {"rule": "greedy"},
    "greedy-threshold": {"rule": "greedy"},
    "greedy-no-skip": {"rule": "greedy-stop"},
    "greedy-custom": {"rule": "greedy-stop"},
    "equalshares/add1": {"rule": "equal-shares", "completion": "add1"},
    "equalshares/add1-comparison": {
        "rule": "equal-shares",
        "completion": "add1",
        "is_exhaustive": False,
        "is_compared": True,
    },
}
NOT_FROM_THE_BALLOTS = {
    "Hungary_Budapest_2025_VIII_Jozsefvaros.pb": "the file holds the votes that were cast online; half were on paper",
}
ASSEN = "Netherlands_Assen_2024.pb"
WIELICZKA = "Poland_Wieliczka_2023_Green_Budget.pb"


def with_winners(*rules_named: str) -> list[str]:
    return [
        name
        for name in real_elections.names()
        if "selected" in real_elections.file(name).projects.columns
        and name not in NOT_FROM_THE_BALLOTS
        and (not rules_named or real_elections.file(name).meta["rule"] in rules_named)
    ]


def officially(name: str) -> Outcome:
    """Count by the rule that the file names."""
    meta, election = real_elections.file(name).meta, real_elections.election(name)
    options = dict(RULES[meta["rule"]])
    if threshold := meta.get("min_project_score_threshold"):
        options["min_votes"] = int(threshold)
    if election.ballot_type is BallotType.ORDINAL:
        options["utility"] = "places"
    return count(election, rules.method(election.ballot_type, **options))


@pytest.mark.parametrize("name", with_winners())
def test_the_winners_are_the_official_ones(real_data: Path, name: str) -> None:
    official = [id_ for id_, selected in real_elections.column(name, "selected").items() if selected == "1"]
    assert sorted(officially(name).winners) == sorted(official)


@pytest.mark.parametrize("name", [name for name in real_elections.names() if "score" in real_elections.file(name).projects.columns])
def test_the_declared_scores_are_those_we_count(real_data: Path, name: str) -> None:
    election = real_elections.election(name)
    utility = "places" if election.ballot_type is BallotType.ORDINAL else "points"
    outcome = count(election, rules.method(election.ballot_type, "greedy", utility))
    scores = {each.project: each.votes for each in (*outcome.steps, *outcome.losses)}
    declared = real_elections.column(name, "score")
    assert scores == {id_: Fraction(score) for id_, score in declared.items()}


@pytest.mark.parametrize("name", with_winners("greedy-custom"))
def test_the_first_that_does_not_fit_is_paid_from_a_reserve_when_four_fifths_of_its_cost_are_left(
    real_data: Path, name: str
) -> None:
    election, outcome = real_elections.election(name), officially(name)
    losers = [each.id for each in election.projects if each.id not in outcome.winners]
    following = max(losers, key=lambda id_: election.supporters[id_])
    partly = [id_ for id_, selected in real_elections.column(name, "selected").items() if selected == "2"]
    is_nearly_there = outcome.left >= election.by_id[following].cost * Fraction(4, 5)
    assert partly == ([following] if is_nearly_there else [])


def test_assen_2024_elected_nine_plans_of_76_700_euros(real_data: Path) -> None:
    outcome = officially(ASSEN)
    assert (len(outcome.winners), outcome.cost) == (9, 76_700)


def test_wieliczka_2023_elected_thirty_plans_without_an_exhaustive_stop(real_data: Path) -> None:
    outcome = officially(WIELICZKA)
    assert (len(outcome.winners), outcome.cost) == (30, 995_079)


def test_wieliczka_s_near_misses_are_those_the_city_published(real_data: Path) -> None:
    """The city counted with a share in whole units, 313 at the end; it rounded these sums to tens."""
    election = real_elections.election(WIELICZKA)
    election = replace(election, budget=Fraction(313 * election.voters))
    outcome = count(election, rules.method(election.ballot_type, "equal-shares", completion="none"))
    left = {loss.project: loss.supporters_left for loss in outcome.losses}
