"""What if: a changed election is the one that would have been made with the change in it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import changes, rules
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.comparison import alternatives
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.fairness import fairness
from tests.factories.elections import approval

COSTS = {"a": 5, "b": 6, "c": 7}
BALLOTS = ["ab", "b", "abc", ""]


def test_another_pot_and_other_costs() -> None:
    election = approval(10, COSTS, BALLOTS)
    assert changes.with_budget(election, Fraction(12)) == approval(12, COSTS, BALLOTS)
    assert changes.with_costs(election, {"b": Fraction(1)}) == approval(10, COSTS | {"b": 1}, BALLOTS)


def test_a_plan_that_drops_out_leaves_the_ballots_in_which_it_stood() -> None:
    election = approval(10, COSTS, BALLOTS, exclusive=(frozenset("ab"), frozenset("bc")))
    kept = approval(10, {"a": 5, "c": 7}, ["a", "", "ac", ""])
    assert changes.without(election, {"b"}) == kept
    assert changes.without(election, {"b"}).voters == 4


def test_more_supporters_are_more_voters_who_want_that_plan_only() -> None:
    election = approval(10, COSTS, BALLOTS)
    assert changes.with_supporters(election, "c", 2) == approval(10, COSTS, [*BALLOTS, "c", "c"])


def test_with_points_each_gives_as_many_as_anybody_did_to_one_plan() -> None:
    ballots = [Ballot((("a", Fraction(1, 2)), ("b", Fraction(5, 2)))), Ballot((), channel="paper")]
    projects = (Project("a", Fraction(5)), Project("b", Fraction(5)))
    election = Election(Fraction(10), projects, grouped("ab", ballots), BallotType.CUMULATIVE)
    more = grouped("ab", [*ballots, Ballot((("a", Fraction(5, 2)),), 3)])
    assert changes.with_supporters(election, "a", 3) == Election(Fraction(10), projects, more, BallotType.CUMULATIVE)


def test_an_unknown_plan_is_refused() -> None:
    election = approval(10, COSTS, BALLOTS)
    for change in (
        lambda: changes.without(election, {"x"}),
        lambda: changes.with_costs(election, {"x": Fraction(1)}),
        lambda: changes.with_supporters(election, "x", 1),
    ):
        with pytest.raises(Invalid, match="no project x"):
            change()


def test_fairness_counts_voters_by_how_many_of_their_plans_won() -> None:
    found = fairness(approval(20, COSTS, BALLOTS), ["a", "b"])
    assert found.voters == 4
    assert found.chosen_winners == (1, 1, 2)
    assert found.exclusion_ratio == Fraction(1, 4)
    # Of the 11 that was spent, the voters chose 11, 6, 11 and 0.
    assert found.money_share == Fraction(28, 44)
    assert fairness(approval(20, COSTS, []), []).money_share == 0


def test_other_rules_stand_beside_the_chosen_one_with_what_they_change() -> None:
    election = approval(100, {"a": 30, "b": 30, "c": 30, "d": 40}, ["abc"] * 6 + ["d"] * 4)
    chosen, *others = alternatives(election, rules.method(election.ballot_type, completion="none"))
    assert (chosen.winners, chosen.added, chosen.dropped) == (("a", "b", "d"), (), ())
    by_votes = next(each for each in others if each.method.rule == "greedy")
    assert (by_votes.added, by_votes.dropped, by_votes.cost) == (("c",), ("d",), 90)
    assert [each.method.rule for each in others] == ["greedy", "greedy-per-cost", "phragmen-skip"]


def test_burdens_stand_beside_the_chosen_rule_only_where_ballots_are_votes() -> None:
    projects = (Project("a", Fraction(5)),)
    election = Election(
        Fraction(5), projects, grouped("a", [Ballot((("a", Fraction(1)),))], is_ranking=True), BallotType.ORDINAL
    )
    found = alternatives(election, rules.method(BallotType.ORDINAL, "greedy"))
    assert [each.method.rule for each in found] == ["greedy", "greedy-per-cost", "equal-shares"]


@pytest.mark.parametrize("register", [rules.RULES, rules.COMPLETIONS, rules.UTILITIES, rules.TIES, rules.OPTIONS])
def test_everything_a_rulebook_can_name_is_explained_in_two_sentences(register: dict[str, rules.Entry]) -> None:
    for name, entry in register.items():
        assert entry.name == name
        assert str(entry.title)
        assert str(entry.explanation).count(". ") == 1, name
        assert str(entry.explanation).endswith(".")
