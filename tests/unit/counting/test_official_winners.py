"""The winners that cities announced, found again from the ballots; every file that names winners is accounted for.

In the column ``selected`` 1 is a winner of the rule that the file names, 0 a loser, 2 a project that did not fit and
was paid in part from a reserve, and 3 one that was paid from money of elsewhere. A threshold is on the score: votes
where voters approve, points where they give points.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from buurtbegroting.counting import rules
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType, Election
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
WITH_EMPTY_PLACES = (
    "Switzerland_Zurich_S5R.pb",
    "US_Stanford_Dataset_PB_Chicago_47th_Ward_2021_vote_rankings.pb",
)
ASSEN = "Netherlands_Assen_2024.pb"
WIELICZKA = "Poland_Wieliczka_2023_Green_Budget.pb"


def with_column(title: str) -> list[str]:
    return [name for name in real_elections.names() if title in real_elections.headings(name)]


def with_winners() -> list[str]:
    return [name for name in with_column("selected") if name not in NOT_FROM_THE_BALLOTS]


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


@pytest.mark.parametrize("name", with_column("score"))
def test_the_declared_scores_are_those_we_count(real_data: Path, name: str) -> None:
    """Of a ranking the last place is worth 1, so where ballots have empty places it is neither of our utilities."""
    election = real_elections.election(name)
    declared = {id_: Fraction(score) for id_, score in real_elections.column(name, "score").items()}
    if election.ballot_type is not BallotType.ORDINAL:
        assert scores(election, "points") == declared
        return
    above_the_last = scores(election, "borda")
    assert {id_: above_the_last[id_] + election.supporters[id_] for id_ in above_the_last} == declared
    assert (scores(election, "places") == declared) is (name not in WITH_EMPTY_PLACES)


def scores(election: Election, utility: str) -> dict[str, Fraction]:
    outcome = count(election, rules.method(election.ballot_type, "greedy", utility))
    return {each.project: each.votes for each in (*outcome.steps, *outcome.losses)}


@pytest.mark.parametrize("name", [name for name in with_winners() if "Poznan" in name])
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


def test_wieliczka_s_near_misses_are_those_that_were_published(real_data: Path) -> None:
    """Published: 93,900 of 100,000, 49,998 of 50,000 and 73,300 of 74,000, when these plans were found too dear."""
    election, outcome = real_elections.election(WIELICZKA), officially(WIELICZKA)
    assert outcome.endowment == election.budget / election.voters + 164
    for id_, published in {"21": 93_873, "16": 49_998, "87": 73_273}.items():
        behind = money_behind(election, outcome, id_)
        poor = [round(money) for money in behind if money < election.by_id[id_].cost]
        assert published in poor[:2]


def money_behind(election: Election, outcome: Outcome, id_: str) -> list[float]:
    """Return what the supporters of a project had left together after each round."""
    purses = np.full(len(election.ballots), float(outcome.endowment or 0))
    groups = election.choices[id_].groups
    history = []
    for step in outcome.steps:
        paying = election.choices[step.project].groups
        purses[paying] = np.maximum(0, purses[paying] - float(step.payment or 0))
        history.append(float((purses[groups] * election.ballots.sizes[groups]).sum()))
    return history
