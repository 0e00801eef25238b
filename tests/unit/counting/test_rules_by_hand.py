"""Every rule and option on an election that can be counted on paper; the sums stand beside the winners."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest

from buurtbegroting.counting import rules
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType, Election, Project
from tests.factories import textbook
from tests.factories.elections import approval


def counted(election: Election, rule: str, utility: str, completion: str | None = None, **options: object) -> list[str]:
    """Count with the engine, and insist that the textbook gives the same."""
    method = rules.method(election.ballot_type, rule, utility, completion, **options)  # type: ignore[arg-type]
    winners = list(count(election, method).winners)
    assert winners == textbook.winners(election, rule, utility, completion, **options)  # type: ignore[arg-type]
    return winners


def made(kind: BallotType, budget: int, costs: dict[str, int], ballots: list[Ballot], **facts: object) -> Election:
    arrays = grouped(list(costs), ballots, is_ranking=kind is BallotType.ORDINAL)
    projects = tuple(Project(id_, Fraction(cost)) for id_, cost in costs.items())
    return Election(Fraction(budget), projects, arrays, kind, **facts)  # type: ignore[arg-type]


def points(**given: int) -> Ballot:
    return Ballot(tuple((id_, Fraction(number)) for id_, number in given.items()))


def ranking(ids: str, voters: int = 1) -> Ballot:
    return Ballot(tuple((id_, Fraction(1)) for id_ in ids), voters)


def test_greedy_without_skipping_stops_at_the_first_that_does_not_fit() -> None:
    election = approval(100, {"a": 60, "b": 50, "c": 40}, ["ab", "ab", "ac", "b", "a"])
    assert counted(election, "greedy", "cost") == ["a", "c"]
    assert counted(election, "greedy-stop", "cost") == ["a"]


def test_votes_per_cost_favour_the_cheap() -> None:
    # a: 3 votes / 60, b: 2 / 30, c: 1 / 10
    election = approval(60, {"a": 60, "b": 30, "c": 10}, ["a", "ab", "ab", "c"])
    assert counted(election, "greedy-per-cost", "cost") == ["c", "b"]


def test_a_minimum_is_on_votes_or_on_points() -> None:
    election = approval(100, {"a": 10, "b": 10}, ["a", "ab"])
    assert counted(election, "greedy", "cost", min_votes=2) == ["a"]
    scored = made(BallotType.CUMULATIVE, 100, {"a": 10, "b": 10}, [points(a=1, b=5), points(a=2)])
    assert counted(scored, "greedy", "points", min_votes=4) == ["b"]


def test_of_plans_that_exclude_each_other_the_first_wins_and_stops_nothing() -> None:
    ballots, costs = ["ab", "ab", "a", "c"], {"a": 10, "b": 10, "c": 10}
    election = approval(100, costs, ballots, exclusive=(frozenset("ab"),))
    for rule in ("greedy", "greedy-stop", "phragmen"):
        assert counted(election, rule, "cost") == ["a", "c"]


def test_one_package_wins_the_one_with_most_votes_that_the_pot_can_pay() -> None:
    election = approval(50, {"a": 60, "b": 50, "c": 40}, ["a", "a", "a", "b", "b", "c"])
    assert counted(election, "packages", "cost") == ["b"]


def test_with_points_a_voter_pays_in_proportion_to_its_points() -> None:
    # 6 each. A point costs 2 for a (8 for 3 + 1 points) and 4 for b (4 for 1 point), so a goes first: 6 and 2.
    election = made(BallotType.CUMULATIVE, 12, {"a": 8, "b": 4}, [points(a=3), points(a=1, b=1)])
    outcome = count(election, rules.method(BallotType.CUMULATIVE, "equal-shares", "points", "none"))
    assert outcome.winners == ("a", "b")
    assert [(step.payment, step.payers) for step in outcome.steps] == [(2, 2), (4, 1)]


def test_the_last_place_pays_nothing_by_borda_and_a_part_by_places() -> None:
    costs = {"a": 6, "b": 4}
    election = made(BallotType.ORDINAL, 10, costs, [ranking("ab", 2)], max_choices=2)
    # Borda: a is worth 1 and b nothing to both. Places: a 2 and b 1; 3 each for a, then 2 each for b.
    assert counted(election, "equal-shares", "borda", "none") == ["a"]
    assert counted(election, "equal-shares", "places", "none") == ["a", "b"]


def test_the_outcome_that_more_voters_prefer_is_kept() -> None:
    # 3 each: x is paid by its two voters (3 of 6); y would need 4 voters. Greedy takes y, which three voters prefer.
    election = approval(15, {"x": 6, "y": 12}, ["x", "x", "y", "y", "y"])
    assert counted(election, "equal-shares", "cost", "none") == ["x"]
    assert counted(election, "equal-shares", "cost", "none", is_compared=True) == ["y"]


def test_a_draw_in_the_comparison_keeps_equal_shares() -> None:
    election = approval(12, {"x": 6, "y": 12}, ["x", "x", "y", "y"])
    assert counted(election, "equal-shares", "cost", "none", is_compared=True, tie_chain=("dearest",)) == ["x"]


@pytest.mark.parametrize(("voters", "winners"), [(10, ["a", "b"]), (11, ["a"])])
def test_who_is_under_the_bar_takes_no_part(voters: int, winners: list[str]) -> None:
    # b costs 9 of 10, so its bar is 3/10 of the voters: 3 of 10 reach it and 3 of 11 do not.
    ballots = ["a"] + ["b"] * 3 + [""] * (voters - 4)
    election = approval(10, {"a": 1, "b": 9}, ballots)
    assert counted(election, "equal-shares", "cost", "greedy", has_bar=True) == winners


def test_a_ballot_on_paper_may_count_as_two_people() -> None:
    paper = Ballot((("a", Fraction(1)),), 1, "paper")
    online = Ballot((("b", Fraction(1)),), 1, "online")
    election = made(BallotType.APPROVAL, 30, {"a": 20, "b": 20}, [paper, online])
    # Together three people with 10 each: the voters of a have 20, the voter of b has 10.
    assert counted(election, "equal-shares", "cost", "none") == []
    assert counted(election, "equal-shares", "cost", "none", weights={"paper": Fraction(2)}) == ["a"]
    assert counted(election, "greedy", "cost", weights={"paper": Fraction(2)}, tie_chain=()) == ["a"]


def test_phragmen_levels_the_load_of_supporters() -> None:
    # First loads: a 12/3 = 4, b 10/2 = 5, c 7/1. Then b carries (10 + 4) / 2 = 7, as much as c.
    election = approval(29, {"a": 12, "b": 10, "c": 7}, ["a", "a", "ab", "b", "c"])
    assert counted(election, "phragmen", "cost") == ["a", "b", "c"]
    assert counted(election, "phragmen", "cost", tie_chain=("cheapest",)) == ["a", "c", "b"]


def test_phragmen_stops_when_any_of_equal_loads_does_not_fit_and_with_skipping_goes_on() -> None:
    # First loads: c 2, a 5, b 10/2 = 5. After c there is 9 left: a fits, b does not.
    election = approval(11, {"c": 2, "a": 5, "b": 10}, ["c", "a", "b", "b"])
    assert counted(election, "phragmen", "cost") == ["c"]
    assert counted(election, "phragmen-skip", "cost") == ["c", "a"]


def test_a_drawn_order_follows_from_the_seed_alone() -> None:
    election = approval(10, {"a": 10, "b": 10, "c": 10}, ["abc"])
    for seed in ("2026-05-01", "kermis", "zeven"):
        first = min("abc", key=lambda id_: hashlib.sha256(f"{seed}|{id_}".encode()).hexdigest())
        assert counted(election, "greedy", "cost", tie_chain=("drawn",), seed=seed) == [first]
