"""Why a plan lost, on elections small enough to check on paper, and what Wieliczka published about its near misses."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.changes import with_costs
from buurtbegroting.counting.count import Count
from buurtbegroting.counting.elections import Election
from buurtbegroting.counting.explanation import LoserFacts, PaidFor, WinnerFacts, explain
from buurtbegroting.counting.ledger import Ledger
from buurtbegroting.counting.outcomes import LossReason
from buurtbegroting.counting.sentences import Sentences
from tests.factories.elections import approval


def explained(election: Election, project: str, rule: str = "equal-shares", **options: object) -> LoserFacts:
    count = Count(election, rules.method(election.ballot_type, rule, **options))  # type: ignore[arg-type]
    facts = explain(count, count.outcome(), project)
    assert isinstance(facts, LoserFacts)
    return facts


def told(election: Election, project: str, rule: str = "equal-shares", **options: object) -> list[str]:
    count = Count(election, rules.method(election.ballot_type, rule, **options))  # type: ignore[arg-type]
    outcome = count.outcome()
    return [each.msgid for each in Sentences(count, outcome, "EUR").of(explain(count, outcome, project))]


def test_a_loser_under_most_votes_hears_what_was_left_and_what_it_lacked() -> None:
    election = approval(100, {"a": 60, "b": 50, "c": 40}, ["ab", "ab", "ac", "b", "a"])
    facts = explained(election, "b", "greedy")
    assert (facts.loss.reason, facts.left_in_pot) == (LossReason.DID_NOT_FIT, 40)
    assert facts.extra_supporters == 2
    assert facts.lower_cost == 40
    assert facts.paid_for == ()


def test_a_loser_under_equal_shares_hears_where_the_money_of_its_voters_went() -> None:
    election = approval(40, {"a": 12, "b": 16, "c": 15}, ["ac", "abc", "b", "b"])
    facts = explained(election, "c", completion="none")
    assert facts.loss.reason is LossReason.OUTBID
    assert facts.loss.could_spend == 20
    # First b: 16/3 each; then a: 22/3 from the one, and the 14/3 that the other has left.
    assert facts.paid_for == (
        PaidFor(1, "b", 1, Fraction(16, 3), Fraction(44, 3)),
        PaidFor(2, "a", 2, Fraction(12), Fraction(8, 3)),
    )
    assert facts.out == facts.paid_for[0]
    assert facts.loss.supporters_left == Fraction(8, 3)


def test_a_plan_whose_voters_never_had_enough_is_told_so() -> None:
    election = approval(100, {"a": 50, "b": 90}, ["a", "a", "b", "a"])
    assert explained(election, "b", completion="none").loss.reason is LossReason.NEVER_AFFORDABLE


def test_a_tie_that_decided_is_named_and_one_that_did_not_is_not() -> None:
    election = approval(50, {"a": 50, "b": 50, "c": 60}, ["ab", "ab"])
    tie = explained(election, "b", "greedy").lost_tie
    assert tie is not None
    assert tie.candidates == ("a", "b")
    assert explained(election, "c", "greedy").lost_tie is None


@pytest.mark.parametrize(
    ("election", "project", "rule", "options", "reason"),
    [
        (approval(10, {"a": 5, "b": 6}, ["a"]), "b", "greedy", {"min_votes": 1}, LossReason.TOO_FEW_VOTES),
        (approval(10, {"a": 5}, [""]), "a", "equal-shares", {"completion": "none"}, LossReason.NO_VOTES),
        (approval(10, {"a": 11}, ["a"]), "a", "equal-shares", {}, LossReason.OVER_BUDGET),
        (approval(10, {"a": 9, "b": 1}, ["b", "b", "b", "b", "a"]), "a", "equal-shares", {"has_bar": True},
         LossReason.BELOW_BAR),
        (approval(10, {"a": 5, "b": 5}, ["a"], exclusive=(frozenset("ab"),)), "b", "greedy", {}, LossReason.EXCLUDED),
        (approval(10, {"a": 6, "b": 5, "c": 4}, ["abc", "ab", "a"]), "c", "greedy-stop", {}, LossReason.STOPPED),
        (approval(10, {"a": 6, "b": 5}, ["a", "ab"]), "b", "packages", {}, LossReason.FEWER_VOTES),
    ],
)  # fmt: skip
def test_every_reason_is_told(
    election: Election, project: str, rule: str, options: dict[str, object], reason: LossReason
) -> None:
    assert explained(election, project, rule, **options).loss.reason is reason
    assert len(told(election, project, rule, **options)) >= 2


def test_where_amounts_have_cents_the_lower_cost_is_told_to_the_cent() -> None:
    whole = approval(100, {"a": 60, "b": 50}, ["a", "a", "b"])
    assert explained(whole, "b", "greedy").money_step == 1
    broken = with_costs(whole, {"a": Fraction("59.95")})
    facts = explained(broken, "b", "greedy")
    assert (facts.lower_cost, facts.money_step) == (Fraction("40.05"), Fraction("0.01"))


def test_what_was_left_in_the_pot_is_told_only_where_plans_have_turns_by_votes() -> None:
    election = approval(100, {"a": 60, "b": 50, "c": 40}, ["ab", "ab", "ac", "b", "a"])
    assert explained(election, "b", "greedy-stop").left_in_pot == 40
    assert explained(election, "b", completion="greedy").left_in_pot == 40
    for rule, options in (("greedy-per-cost", {}), ("phragmen-skip", {}), ("equal-shares", {"completion": "none"})):
        assert explained(election, "b", rule, **options).left_in_pot is None
    per_cost = told(election, "b", "greedy-per-cost")
    assert "When it was its turn, it did not fit in the pot any more." in per_cost


def test_a_winner_hears_who_paid_and_how_much() -> None:
    election = approval(40, {"a": 12, "b": 16}, ["a", "ab", "b", "b"])
    count = Count(election, rules.method(election.ballot_type, completion="none"))
    facts = explain(count, count.outcome(), "a")
    assert isinstance(facts, WinnerFacts)
    assert (facts.step.round, facts.step.payers, facts.step.full_payers) == (2, 2, 1)
    assert any("paid all there was" in each for each in told(election, "a", completion="none"))
    for rule in ("greedy", "phragmen"):
        assert len(told(election, "a", rule)) == 3
    assert any("costs nothing" in each for each in told(approval(1, {"a": 0}, []), "a"))


def test_amounts_and_numbers_stand_in_the_sentences() -> None:
    election = approval(40, {"a": 12, "b": 16, "c": 15}, ["ac", "abc", "b", "b"])
    count = Count(election, rules.method(election.ballot_type, completion="none"))
    outcome = count.outcome()
    sentences = Sentences(count, outcome, "PLN")
    facts = {id_: [each.facts for each in sentences.of(explain(count, outcome, id_))] for id_ in "bc"}
    assert facts["b"] == [
        {"plan": "b (Plan b)", "round": 1},
        {"payers": 3, "cost": Money(1600, "PLN"), "payment": Money(533, "PLN")},
        {"left": Money(2400, "PLN")},
    ]
    assert facts["c"] == [
        {"plan": "c (Plan c)"},
        {"supporters": 2, "money": Money(2000, "PLN"), "cost": Money(1500, "PLN")},
        {},
        {"plan": "b (Plan b)", "amount": Money(533, "PLN"), "payers": 1},
        {"plan": "a (Plan a)", "amount": Money(1200, "PLN"), "payers": 2},
        {"plan": "b (Plan b)", "round": 1, "left": Money(1467, "PLN"), "cost": Money(1500, "PLN")},
        {},
        {"lower": Money(1100, "PLN"), "step": Money(1200, "PLN")},
    ]


def test_a_plan_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Invalid, match="no project x; the projects are: a"):
        explained(approval(10, {"a": 11}, ["a"]), "x")


@pytest.mark.parametrize(("project", "left"), [("21", 93_873), ("16", 49_998), ("87", 73_273)])
def test_wieliczka_2023_has_the_near_misses_it_published(real_data: Path, project: str, left: int) -> None:
    """Published: 93,900 of 100,000, 49,998 of 50,000 and 73,300 of 74,000, when the count came to these plans."""
    election = pabulib.read(real_data / "pb" / "Poland_Wieliczka_2023_Green_Budget.pb").election()
    count = Count(election, rules.method(election.ballot_type, completion="add1", is_exhaustive=False))
    shares = count.elected.shares
    assert shares is not None
    ledger = Ledger(shares.voters, shares.ledger.endowment)
    candidate, purses = ledger.candidates[project], []
    for purchase in shares.ledger.purchases:
        ledger.buy(purchase.candidate)
        purses.append(round(ledger.left(candidate)))
    assert left in purses
    assert left < candidate.cost
