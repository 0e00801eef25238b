"""What is said about a plan, whole, for every way in which it can win or lose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason
from buurtbegroting.counting import rules
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.count import Count
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.explanation import explain
from buurtbegroting.counting.sentences import Sentences
from tests.factories.elections import approval


def points(budget: int, costs: Mapping[str, int], ballots: Sequence[Mapping[str, int]]) -> Election:
    return Election(
        budget=Fraction(budget),
        projects=tuple(Project(id_, Fraction(cost), f"Plan {id_}") for id_, cost in costs.items()),
        ballots=grouped(
            list(costs), (Ballot(tuple((id_, Fraction(given)) for id_, given in each.items())) for each in ballots)
        ),
        ballot_type=BallotType.CUMULATIVE,
    )


def english(reason: Reason) -> str:
    """Return a sentence with its amounts as plain numbers."""
    plain = {name: f"{fact.cents / 100:g}" if isinstance(fact, Money) else fact for name, fact in reason.facts.items()}
    return reason.msgid % plain


@pytest.mark.parametrize(
    ("election", "project", "rule", "options", "sentences"),
    [
        (
            approval(10, {"a": 0, "b": 5}, ["a", "b"]),
            "a",
            "greedy",
            {},
            [
                "a (Plan a) goes ahead. It was chosen as number 1.",
                "It costs nothing, so it always goes ahead.",
                "After that, 10 was left in the pot.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 5}, ["a", "a", "b"]),
            "a",
            "packages",
            {},
            [
                "a (Plan a) goes ahead. It was chosen as number 1.",
                "It had the most votes.",
                "After that, 5 was left in the pot.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 5}, ["a", "a", "b"]),
            "b",
            "packages",
            {},
            [
                "b (Plan b) does not go ahead.",
                "Another package had more votes.",
                "With 2 more voters for this plan alone it would have won; with one fewer it would not.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 8}, ["a", "b"]),
            "a",
            "greedy-per-cost",
            {},
            [
                "a (Plan a) goes ahead. It was chosen as number 1.",
                "Of the plans that still fitted in the pot, it had the most votes for each euro.",
                "After that, 5 was left in the pot.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 8}, ["a", "a", "b"]),
            "a",
            "greedy",
            {},
            [
                "a (Plan a) goes ahead. It was chosen as number 1.",
                "Of the plans that still fitted in the pot, it had the most votes.",
                "After that, 5 was left in the pot.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 8}, ["a", "b"]),
            "a",
            "phragmen",
            {},
            [
                "a (Plan a) goes ahead. It was chosen as number 1.",
                "Of all plans, its cost could be carried with the smallest burden for each of its voters.",
                "After that, 5 was left in the pot.",
            ],
        ),
        (
            points(10, {"a": 4, "b": 9}, [{"a": 3, "b": 1}, {"a": 2}, {"b": 1}]),
            "a",
            "equal-shares",
            {"completion": "none"},
            [
                "a (Plan a) goes ahead. It was chosen as number 1.",
                "Voters who paid: 2. Together they paid 4: 0.8 for every point they gave.",
                "After that, 6 was left in the pot.",
            ],
        ),
        (
            approval(12, {"a": 4, "b": 7}, ["ab", "b", "a"]),
            "b",
            "equal-shares",
            {"completion": "none"},
            [
                "b (Plan b) does not go ahead.",
                "Its voters (2) could spend 8 together, enough for the 7 it costs. "
                "But they spent that on other plans first, which had more support for each euro.",
                "These voters had already paid for:",
                "- a (Plan a): 2, by 1 of them",
                "After a (Plan a) was chosen, as number 1, they had 6 left together. "
                "The plan costs 7, so from then on they could not pay for it.",
                "In round 1 it was equal with a (Plan a). Had this plan gone first there, it would have won.",
                "With one more voter for this plan alone it would have won.",
                "At a cost of 6 it would have won; at 7 it would not.",
            ],
        ),
        (
            approval(12, {"a": 4, "b": 7}, ["ab", "b", "a"]),
            "a",
            "equal-shares",
            {"completion": "none"},
            [
                "a (Plan a) goes ahead. It was chosen as number 1.",
                "Voters who paid: 2. Together they paid 4, each at most 2.",
                "After that, 8 was left in the pot.",
            ],
        ),
        (
            approval(40, {"a": 12, "b": 16, "c": 15}, ["ac", "abc", "b", "b"]),
            "c",
            "equal-shares",
            {"completion": "none"},
            [
                "c (Plan c) does not go ahead.",
                "Its voters (2) could spend 20 together, enough for the 15 it costs. "
                "But they spent that on other plans first, which had more support for each euro.",
                "These voters had already paid for:",
                "- b (Plan b): 5.33, by 1 of them",
                "- a (Plan a): 12, by 2 of them",
                "After b (Plan b) was chosen, as number 1, they had 14.67 left together. "
                "The plan costs 15, so from then on they could not pay for it.",
                "With one more voter for this plan alone it would have won.",
                "At a cost of 11 it would have won; at 12 it would not.",
            ],
        ),
        (
            approval(100, {"a": 50, "b": 90}, ["a", "a", "b", "a"]),
            "b",
            "equal-shares",
            {"completion": "none"},
            [
                "b (Plan b) does not go ahead.",
                "Its voters (1) could spend 25 together; it costs 90.",
                "With 26 more voters for this plan alone it would have won; with one fewer it would not.",
                "At a cost of 25 it would have won; at 26 it would not.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 5}, ["a"]),
            "b",
            "greedy",
            {},
            [
                "b (Plan b) goes ahead. It was chosen as number 2.",
                "Of the plans that still fitted in the pot, it had the most votes.",
                "After that, 0 was left in the pot.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 15}, ["ab"]),
            "b",
            "greedy",
            {},
            [
                "b (Plan b) does not go ahead.",
                "It costs 15, and there is no more than 10 in the whole pot.",
                "At a cost of 5 it would have won; at 6 it would not.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 6}, ["a"]),
            "b",
            "greedy",
            {"min_votes": Fraction(1)},
            [
                "b (Plan b) does not go ahead.",
                "It got fewer votes than a plan needed to take part.",
                "With 2 more voters for this plan alone it would have won; with one fewer it would not.",
                "It would only have won if it had cost nothing.",
            ],
        ),
        (
            approval(90, {"a": 10, "b": 80}, ["a"] * 9 + ["b"]),
            "b",
            "equal-shares",
            {"has_bar": True, "completion": "none"},
            [
                "b (Plan b) does not go ahead.",
                "For what it costs, it got too few votes to take part.",
                "With 71 more voters for this plan alone it would have won; with one fewer it would not.",
                "At a cost of 9 it would have won; at 10 it would not.",
            ],
        ),
        (
            approval(10, {"a": 5, "b": 5}, ["a", "a", "b"], exclusive=(frozenset("ab"),)),
            "b",
            "greedy",
            {},
            [
                "b (Plan b) does not go ahead.",
                "It cannot go together with a (Plan a), which goes ahead.",
                "With 2 more voters for this plan alone it would have won; with one fewer it would not.",
                "It would only have won if it had cost nothing.",
            ],
        ),
        (
            approval(10, {"a": 8, "b": 5, "c": 1}, ["a", "a", "a", "b", "b", "c"]),
            "c",
            "greedy-stop",
            {},
            [
                "c (Plan c) does not go ahead.",
                "Before it was its turn, a plan did not fit in the pot any more. Then the count stopped.",
                "With 2 more voters for this plan alone it would have won; with one fewer it would not.",
                "It would only have won if it had cost nothing.",
            ],
        ),
        (
            approval(10, {"a": 8, "b": 5}, ["a", "a", "b"]),
            "b",
            "greedy",
            {},
            [
                "b (Plan b) does not go ahead.",
                "When it was its turn, 2 was left in the pot; it costs 5.",
                "With 2 more voters for this plan alone it would have won; with one fewer it would not.",
                "At a cost of 2 it would have won; at 3 it would not.",
            ],
        ),
        (
            approval(50, {"a": 50, "b": 50}, ["ab"]),
            "b",
            "greedy",
            {},
            [
                "b (Plan b) does not go ahead.",
                "When it was its turn, 0 was left in the pot; it costs 50.",
                "In round 1 it was equal with a (Plan a). Had this plan gone first there, it would have won.",
                "With one more voter for this plan alone it would have won.",
                "It would only have won if it had cost nothing.",
            ],
        ),
        (
            approval(50, {"a": 50, "b": 50}, ["a", "a", "b"]),
            "b",
            "greedy",
            {},
            [
                "b (Plan b) does not go ahead.",
                "When it was its turn, 0 was left in the pot; it costs 50.",
                "With 2 more voters for this plan alone it would have won; with one fewer it would not.",
                "It would only have won if it had cost nothing.",
            ],
        ),
        (
            approval(10, {"a": 8, "b": 5}, ["a", "a", "b"]),
            "b",
            "phragmen-skip",
            {},
            [
                "b (Plan b) does not go ahead.",
                "When it was its turn, it did not fit in the pot any more.",
                "With one more voter for this plan alone it would have won.",
                "At a cost of 3 it would have won; at 4 it would not.",
            ],
        ),
    ],
)
def test_everything_that_is_said_about_a_plan(
    election: Election, project: str, rule: str, options: dict[str, object], sentences: list[str]
) -> None:
    count = Count(election, rules.method(election.ballot_type, rule, **options))  # type: ignore[arg-type]
    outcome = count.outcome()
    said = Sentences(count, outcome, "EUR").of(explain(count, outcome, project))
    assert [english(each) for each in said] == sentences
