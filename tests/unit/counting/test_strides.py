"""Add1 in strides: what is passed over at once, and that no outcome in between is missed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from buurtbegroting.counting import equal_shares, rules
from buurtbegroting.counting.bounds import Bounds
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import Election
from buurtbegroting.counting.supporters import electorate
from tests.factories.elections import approval


def test_a_rate_that_no_endowment_changes_is_known_exactly_over_an_interval() -> None:
    election = approval(100, {"a": 30, "b": 20}, ["ab", "ab", "a"])
    voters = electorate(election, "cost", {}, election.projects)
    bounds = Bounds(voters, [Fraction(15), Fraction(40)])
    first, second = (bounds.price(each) for each in voters.candidates)
    assert (first.exact, second.exact) == (Fraction(1, 3), Fraction(1, 2))
    assert Bounds(voters, [Fraction(9), Fraction(40)]).price(voters.candidates[0]).exact is None
    assert not Bounds(voters, [Fraction(5), Fraction(9)]).look(voters.candidates[0])
    assert Bounds(voters, [Fraction(5), Fraction(11)]).look(voters.candidates[0])


def runs_of(election: Election, monkeypatch: pytest.MonkeyPatch, **options: object) -> list[tuple[Fraction, Fraction]]:
    """Count with Add1 and return the endowments, lowest and highest, of every run that was made."""
    seen = []
    make = equal_shares._Run.__init__

    def noted(self: object, voters: object, lowest: Fraction, highest: Fraction, break_tie: object) -> None:
        seen.append((lowest, highest))
        make(self, voters, lowest, highest, break_tie)  # type: ignore[arg-type]

    monkeypatch.setattr(equal_shares._Run, "__init__", noted)
    count(election, rules.method(election.ballot_type, completion="add1", **options))  # type: ignore[arg-type]
    return seen


def test_a_hundred_thousand_raises_that_change_nothing_take_few_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    election = approval(300_000, {"a": 100_000, "b": 199_000}, ["a", "a", "b"])
    seen = runs_of(election, monkeypatch)
    assert seen[-1][0] == seen[-1][1]
    assert len(seen) < 80


def test_exact_ties_do_not_shorten_the_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once their other plan is paid, b and c cost the same to as many voters, whatever the share."""
    costs = {"a": 60_000, "b": 90_000, "c": 90_000, "d": 300_000}
    election = approval(400_000, costs, ["abc"] * 3 + ["bd", "cd", "d"])
    assert len(runs_of(election, monkeypatch, is_exhaustive=False)) < 150


def test_strides_grow_after_equal_outcomes_and_shrink_to_where_lines_cross() -> None:
    stride = equal_shares._Stride()
    lengths = []
    for is_same in (True, False, True, True, True, True, False):
        stride.lengthen(is_same=is_same)
        lengths.append(stride.length)
    assert lengths == [1, 1, 1, 4, 8, 16, 32]
    stride.shorten(Fraction(1, 4))
    assert stride.length == 8
    stride.shorten(Fraction(1))
    assert stride.length == 4
    stride.shorten(Fraction(0))
    assert stride.length == 1
    stride.lengthen(is_same=True)
    assert stride.length == 1


def test_ties_are_told_with_the_round_in_which_they_were_met() -> None:
    election = approval(100, {"f": 0, "a": 20, "b": 20, "c": 30, "d": 30}, ["abcd", "abcd"])
    for rule, options in (("equal-shares", {"completion": "none"}), ("greedy", {}), ("phragmen", {})):
        outcome = count(election, rules.method(election.ballot_type, rule, utility="count", **options))  # type: ignore[arg-type]
        assert outcome.winners[0] == "f"
        first = outcome.ties_met[0]
        assert first.round == 2
        assert outcome.steps[first.round - 1].project == first.first
    filled = approval(100, {"a": 60, "b": 20, "c": 20}, ["a", "a", "b", "c"])
    outcome = count(filled, rules.method(filled.ballot_type, completion="greedy"))
    assert [(tie.round, tie.first) for tie in outcome.ties_met] == [(1, "b")]
    assert [step.project for step in outcome.steps] == ["b", "c", "a"]
