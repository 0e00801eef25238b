"""What an explanation claims is true: counted again, by the textbook, with and without what it names."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from buurtbegroting.counting import rules
from buurtbegroting.counting.changes import with_costs, with_supporters
from buurtbegroting.counting.count import Count
from buurtbegroting.counting.elections import Election
from buurtbegroting.counting.explanation import LoserFacts, explain
from tests.factories import textbook
from tests.factories.small_elections import Way, counts


def losers(election: Election, way: Way) -> list[LoserFacts]:
    options = {name: value for name, value in way.options.items() if name != "tie_chain"}
    method = rules.method(
        election.ballot_type, way.rule, way.utility, way.completion, tie_chain=way.options["tie_chain"], **options
    )
    count = Count(election, method)
    outcome = count.outcome()
    facts = [explain(count, outcome, loss.project) for loss in outcome.losses]
    return [each for each in facts if isinstance(each, LoserFacts)]


@settings(max_examples=150, deadline=None)
@given(counts())
def test_so_many_more_supporters_win_and_one_fewer_do_not(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    for facts in losers(election, way):
        id_, extra = facts.loss.project, facts.extra_supporters
        if extra is None:
            continue
        assert id_ in textbook.winners(with_supporters(election, id_, extra), **way.arguments())
        fewer = with_supporters(election, id_, extra - 1) if extra > 1 else election
        assert id_ not in textbook.winners(fewer, **way.arguments())


@settings(max_examples=150, deadline=None)
@given(counts())
def test_at_the_lower_cost_it_wins_and_one_step_dearer_it_does_not(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    for facts in losers(election, way):
        id_, lower = facts.loss.project, facts.lower_cost
        if lower is None:
            continue
        assert lower < facts.loss.cost
        assert id_ in textbook.winners(with_costs(election, {id_: lower}), **way.arguments())
        dearer = with_costs(election, {id_: lower + facts.money_step})
        assert id_ not in textbook.winners(dearer, **way.arguments())


@settings(max_examples=150, deadline=None)
@given(counts(("equal-shares",)))
def test_what_its_supporters_had_was_paid_for_winners_or_is_left(drawn: tuple[Election, Way]) -> None:
    for facts in losers(*drawn):
        left = facts.loss.supporters_left
        if facts.loss.could_spend is not None:
            spent = sum((each.amount for each in facts.paid_for), Fraction(0))
            assert facts.loss.could_spend - spent == left
            assert left is not None
            assert left >= 0


@settings(max_examples=150, deadline=None)
@given(counts())
def test_who_lost_a_tie_wins_when_it_goes_first_there(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    for facts in losers(election, way):
        if facts.lost_tie:
            assert facts.loss.project in facts.lost_tie.candidates
            assert facts.lost_tie.first != facts.loss.project
