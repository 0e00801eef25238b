"""Greedy and equal shares on elections small enough to count on paper."""

from __future__ import annotations

from fractions import Fraction

import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import rules
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.outcomes import LossReason, Outcome, StepKind
from tests.factories.elections import approval


def counted(election: Election, rule: str = "equal-shares", **options: object) -> Outcome:
    return count(election, rules.method(election.ballot_type, rule, **options))  # type: ignore[arg-type]


def test_greedy_skips_what_no_longer_fits() -> None:
    election = approval(100, {"a": 60, "b": 50, "c": 40}, ["ab", "ab", "ac", "b", "a"])
    outcome = counted(election, "greedy")
    assert outcome.winners == ("a", "c")
    assert (outcome.cost, outcome.left) == (100, 0)
    assert outcome.losses[0].reason is LossReason.DID_NOT_FIT


def test_greedy_breaks_a_tie_only_among_plans_that_still_fit() -> None:
    election = approval(100, {"a": 70, "b": 40, "c": 30}, ["a", "a", "b", "c"])
    outcome = counted(election, "greedy")
    assert outcome.winners == ("a", "c")
    assert not outcome.ties_met


def test_equal_shares_gives_a_minority_its_part() -> None:
    majority, minority = ["abc"] * 6, ["d"] * 4
    election = approval(100, {"a": 30, "b": 30, "c": 30, "d": 40}, majority + minority)
    assert counted(election, "greedy").winners == ("a", "b", "c")
    assert counted(election, completion="none").winners == ("a", "b", "d")


def test_who_is_out_of_money_pays_what_is_left_and_the_others_more() -> None:
    election = approval(40, {"a": 12, "b": 16}, ["a", "ab", "b", "b"])
    outcome = counted(election, completion="none")
    first, second = outcome.steps
    assert (first.project, first.payment, first.effective_votes) == ("b", Fraction(16, 3), 3)
    assert (second.project, second.payment, second.payers) == ("a", Fraction(22, 3), 2)
    assert second.payment == 12 - (10 - Fraction(16, 3))


def test_blank_ballots_count_in_the_share_of_everybody() -> None:
    costs = {"a": 50}
    assert counted(approval(100, costs, ["a", "a"]), completion="none").winners == ("a",)
    assert counted(approval(100, costs, ["a", "a", "", "", ""]), completion="none").winners == ()


def test_add1_stops_as_soon_as_nothing_more_fits() -> None:
    election = approval(100, {"a": 50, "b": 45, "c": 40}, ["a", "a", "b", "c", "c"])
    outcome = counted(election, completion="add1")
    assert outcome.winners == ("a", "c")
    assert outcome.endowment == 25
    assert outcome.endowment_start == 20


def test_add1_without_exhaustive_stop_goes_on_until_the_winners_cost_too_much() -> None:
    election = approval(100, {"a": 50, "b": 45, "c": 40}, ["a", "a", "b", "c", "c"])
    outcome = counted(election, completion="add1", is_exhaustive=False)
    assert outcome.winners == ("a", "c")
    assert outcome.endowment == 44


def test_what_is_left_after_add1_can_go_to_most_votes() -> None:
    election = approval(60, {"a": 50, "b": 10, "c": 60}, ["a"] * 3 + ["c"] * 4 + ["b"])
    outcome = counted(election, completion="add1u")
    assert {step.project: step.kind for step in outcome.steps} == {"b": StepKind.EQUAL_SHARES, "a": StepKind.GREEDY}


def test_a_free_plan_always_goes_ahead_and_one_dearer_than_the_pot_never() -> None:
    election = approval(10, {"f": 0, "d": 11}, ["d", "d"])
    for rule in ("greedy", "equal-shares"):
        outcome = counted(election, rule)
        assert outcome.winners == ("f",)
        assert outcome.losses[0].reason is LossReason.OVER_BUDGET


def test_a_plan_nobody_voted_for_is_never_bought_by_equal_shares() -> None:
    outcome = counted(approval(10, {"a": 1}, [""]), completion="add1")
    assert outcome.winners == ()
    assert outcome.losses[0].reason is LossReason.NO_VOTES


def test_an_election_without_voters_has_an_outcome() -> None:
    assert counted(approval(10, {"a": 1}, []), completion="add1").winners == ()


@pytest.mark.parametrize(
    ("chain", "first"), [(("id",), "a"), (("cheapest",), "b"), (("dearest",), "c"), (("most-votes", "id"), "a")]
)
def test_a_tie_is_broken_by_the_chain_and_remembered(chain: tuple[str, ...], first: str) -> None:
    election = approval(100, {"a": 20, "b": 10, "c": 30}, ["abc", "abc"])
    outcome = counted(election, completion="none", tie_chain=chain)
    assert outcome.winners[0] == first
    assert outcome.ties_met[0].candidates == ("a", "b", "c")
    assert outcome.ties_met[0].broken_by == chain[-1]


def test_a_tie_that_the_chain_does_not_break_stops_the_count() -> None:
    election = approval(100, {"a": 20, "b": 20}, ["ab"])
    with pytest.raises(Invalid, match="a, b are equal in round 1"):
        counted(election, "greedy", tie_chain=("cheapest",))


def test_points_decide_on_ballots_with_points_and_places_on_rankings() -> None:
    projects = (Project("a", Fraction(5)), Project("b", Fraction(5)))
    points = [Ballot((("a", Fraction(1)), ("b", Fraction(5)))), Ballot((("a", Fraction(3)),))]
    cumulative = Election(Fraction(5), projects, grouped("ab", points), BallotType.CUMULATIVE)
    assert counted(cumulative, "greedy").winners == ("b",)
    places = [Ballot((("a", Fraction(1)), ("b", Fraction(1))), 2), Ballot((("b", Fraction(1)),), 3)]
    ranking = Election(Fraction(5), projects, grouped("ab", places, is_ranking=True), BallotType.ORDINAL)
    assert counted(ranking, "greedy").winners == ("a",)
    assert counted(ranking, "greedy").steps[0].votes == 2


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"rule": "lottery"}, "rule lottery"),
        ({"utility": "points"}, "utility points does not fit approval"),
        ({"completion": "magic"}, "completion magic"),
        ({"utility": "joy"}, "utility joy"),
        ({"tie_chain": ("age",)}, "tie rule age"),
        ({"rule": "greedy", "completion": "add1"}, "add1"),
    ],
)
def test_what_is_not_there_is_refused_by_name(options: dict[str, object], named: str) -> None:
    with pytest.raises(Invalid, match=named):
        rules.method(BallotType.APPROVAL, **options)  # type: ignore[arg-type]


def test_the_outcome_survives_being_written_down() -> None:
    outcome = counted(approval(40, {"a": 12, "b": 16, "c": 99}, ["a", "ab", "b", "b"]))
    assert Outcome.from_json(outcome.to_json()) == outcome


def test_voters_with_at_least_one_winner_are_counted() -> None:
    assert counted(approval(12, {"a": 12, "b": 16}, ["a", "ab", "b", ""]), "greedy").voters_with_a_winner == 2


@pytest.mark.parametrize(
    ("budget", "costs", "ballots", "named"),
    [(-1, {}, [], "budget"), (1, {"a": -1}, [], "a costs"), (1, {}, ["x"], "x"), (1, {"a": 1}, ["aa"], "a twice")],
)
def test_an_impossible_election_is_refused(budget: int, costs: dict[str, int], ballots: list[str], named: str) -> None:
    with pytest.raises(Invalid, match=named):
        approval(budget, costs, ballots)
