"""Every rule, completion and option of the engine against the slow textbook, winner by winner and in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbegroting.counting import rules
from buurtbegroting.counting.ballots import Ballot
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType, Election
from buurtbegroting.counting.outcomes import Outcome, StepKind
from tests.factories import textbook
from tests.factories.small_elections import KINDS, RULES, Chance, Drawn, Way, counts, enlarged, make_election, make_way

SEEDS = 1500


def counted(election: Election, way: Way) -> Outcome:
    return count(election, rules.method(election.ballot_type, **way.arguments()))


def told(election: Election, way: Way) -> str:
    """Write an election so that a failing one can be built again."""
    ballots: list[Ballot] = list(election.each_ballot())
    return f"{way}\nbudget {election.budget}\n{election.projects}\n{election.exclusive}\n{ballots}"


@settings(max_examples=400, deadline=None)
@given(counts(("equal-shares",)))
def test_equal_shares_agrees_with_the_textbook(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    assert list(counted(election, way).winners) == textbook.winners(election, **way.arguments()), told(*drawn)


@settings(max_examples=300, deadline=None)
@given(counts(("greedy", "greedy-stop", "greedy-per-cost", "packages")))
def test_greedy_and_packages_agree_with_the_textbook(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    assert list(counted(election, way).winners) == textbook.winners(election, **way.arguments()), told(*drawn)


@settings(max_examples=300, deadline=None)
@given(counts(("phragmen", "phragmen-skip"), (BallotType.APPROVAL,)))
def test_phragmen_agrees_with_the_textbook(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    assert list(counted(election, way).winners) == textbook.winners(election, **way.arguments()), told(*drawn)


@settings(max_examples=200, deadline=None)
@given(counts(), st.data())
def test_differences_too_small_for_floats_still_decide(drawn: tuple[Election, Way], data: st.DataObject) -> None:
    election, way = drawn
    if way.completion in ("add1", "add1u"):
        # So large a pot would take 10^15 raises.
        way = replace(way, completion="greedy")
    election = enlarged(Drawn(data.draw), election, 10**15)
    assert list(counted(election, way).winners) == textbook.winners(election, **way.arguments()), told(election, way)


@settings(max_examples=60, deadline=None)
@given(counts(("equal-shares",)), st.data())
def test_hundreds_of_raises_give_what_the_textbook_gives_one_by_one(
    drawn: tuple[Election, Way], data: st.DataObject
) -> None:
    election, way = drawn
    way = replace(way, completion="add1")
    election = enlarged(Drawn(data.draw), election, 50)
    assert list(counted(election, way).winners) == textbook.winners(election, **way.arguments()), told(election, way)


@settings(max_examples=300, deadline=None)
@given(counts(("equal-shares",)))
def test_supporters_pay_the_whole_cost_and_nobody_more_than_the_share(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    options = {**way.options, "is_compared": False}
    outcome = counted(election, Way(way.rule, way.utility, way.completion, options))
    judge = textbook.Textbook(
        election,
        way.utility,
        options["tie_chain"],
        seed=options["seed"],
        weights=options["weights"],
        has_bar=options["has_bar"],
    )
    shared = judge.completed(way.completion or "none", is_exhaustive=options["is_exhaustive"])
    if election.voters:
        assert outcome.endowment_start == judge.start()
        assert outcome.endowment == shared.endowment
    steps = {step.project: step for step in outcome.steps if step.kind is StepKind.EQUAL_SHARES}
    assert list(steps) == list(shared.payments)
    for id_, paid in shared.payments.items():
        weights = {number: judge.voters[number].weight for number in paid}
        assert sum(weights[number] * payment for number, payment in paid.items()) == judge.cost[id_]
        if way.utility in ("cost", "count"):
            assert steps[id_].payment == max(paid.values())
        if not options["weights"]:
            assert steps[id_].payers == sum(payment > 0 for payment in paid.values())
    for number, left in enumerate(shared.left):
        spent = sum(paid.get(number, textbook.ZERO) for paid in shared.payments.values())
        assert spent + left == shared.endowment
        assert left >= 0


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("is_plain", [True, False], ids=["plain", "options"])
def test_many_small_elections_full_of_ties_agree_with_the_textbook(rule: str, is_plain: bool) -> None:
    kinds: Sequence[BallotType] = (BallotType.APPROVAL,) if "phragmen" in rule else KINDS
    for seed in range(SEEDS):
        chance = Chance(seed)
        election = make_election(chance, kinds)
        if seed % 3 == 0:
            election = enlarged(chance, election, 7)
        way = make_way(chance, election.ballot_type, (rule,), is_plain=is_plain)
        expected = textbook.winners(election, **way.arguments())
        assert list(counted(election, way).winners) == expected, f"seed {seed}\n{told(election, way)}"
