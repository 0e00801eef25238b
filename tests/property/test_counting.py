"""What must hold for every election, checked on many small ones full of ties."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import Election
from buurtbegroting.counting.outcomes import Outcome, StepKind
from tests.factories.elections import approval, shuffled

IDS = "abcdef"
COMPLETIONS = st.sampled_from(["none", "greedy", "add1", "add1u"])
UTILITIES = st.sampled_from(["cost", "count"])


@st.composite
def elections(draw: st.DrawFn) -> Election:
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    costs = {id_: draw(st.integers(0, 12)) for id_ in ids}
    ballots = draw(st.lists(st.sets(st.sampled_from(ids)).map(lambda chosen: "".join(sorted(chosen))), max_size=14))
    return approval(draw(st.integers(0, 30)), costs, ballots)


def textbook(election: Election, utility: str, endowment: Fraction) -> list[str]:
    """The method as its authors write it, one voter at a time, in fractions."""
    voters = [{id_ for id_, _ in ballot.choices} for ballot in election.each_ballot() for _ in range(ballot.count)]
    purses = [endowment] * len(voters)
    winners: list[str] = []
    left = {each.id: each.cost for each in election.projects if 0 < each.cost <= election.budget}
    while True:
        rates = {}
        for id_, cost in left.items():
            balances = sorted(purse for purse, voter in zip(purses, voters, strict=True) if id_ in voter)
            if sum(balances) < cost or not balances:
                continue
            missing = cost
            for place, balance in enumerate(balances):
                payment = missing / (len(balances) - place)
                if payment <= balance:
                    rates[id_] = (payment / (cost if utility == "cost" else 1), payment)
                    break
                missing -= balance
        if not rates:
            return winners
        first = min(rates, key=lambda id_: (rates[id_][0], id_))
        purses = [
            max(Fraction(0), purse - rates[first][1]) if first in voter else purse
            for purse, voter in zip(purses, voters, strict=True)
        ]
        winners.append(first)
        del left[first]


def textbook_add1(election: Election, utility: str) -> list[str]:
    def cost(ids: list[str]) -> Fraction:
        return sum((election.by_id[id_].cost for id_ in ids), Fraction(0))

    endowment = election.budget / election.voters
    winners = textbook(election, utility, endowment)
    wanted = {
        each.id for each in election.projects if 0 < each.cost <= election.budget and election.supporters[each.id]
    }
    while any(election.by_id[id_].cost <= election.budget - cost(winners) for id_ in wanted - set(winners)):
        endowment += 1
        following = textbook(election, utility, endowment)
        if cost(following) > election.budget:
            break
        winners = following
    return winners


def counted(election: Election, utility: str, completion: str) -> Outcome:
    return count(election, rules.method(election.ballot_type, "equal-shares", utility, completion))


@settings(max_examples=400, deadline=None)
@given(elections(), UTILITIES)
def test_equal_shares_agrees_with_the_textbook(election: Election, utility: str) -> None:
    if election.voters:
        expected = textbook(election, utility, election.budget / election.voters)
        steps = [step for step in counted(election, utility, "none").steps if step.kind is StepKind.EQUAL_SHARES]
        assert [step.project for step in steps] == expected


@settings(max_examples=300, deadline=None)
@given(elections(), UTILITIES)
def test_add1_in_strides_agrees_with_the_textbook_one_by_one(election: Election, utility: str) -> None:
    if election.voters:
        steps = [step for step in counted(election, utility, "add1").steps if step.kind is StepKind.EQUAL_SHARES]
        assert [step.project for step in steps] == textbook_add1(election, utility)


@settings(max_examples=200, deadline=None)
@given(elections(), UTILITIES, COMPLETIONS)
def test_the_winners_never_cost_more_than_there_is(election: Election, utility: str, completion: str) -> None:
    outcome = counted(election, utility, completion)
    assert outcome.cost <= election.budget
    assert all(step.left >= 0 for step in outcome.steps)
    assert {*outcome.winners, *(loss.project for loss in outcome.losses)} == set(election.by_id)


@settings(max_examples=100, deadline=None)
@given(elections(), COMPLETIONS, st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_plans_changes_nothing(
    election: Election, completion: str, chance: random.Random
) -> None:
    again = shuffled(election, chance)
    assert counted(again, "cost", completion).to_json() == counted(election, "cost", completion).to_json()


@settings(max_examples=100, deadline=None)
@given(elections(), st.integers(2, 1000))
def test_counting_in_cents_or_in_euros_is_the_same(election: Election, factor: int) -> None:
    scaled = approval(
        int(election.budget) * factor,
        {each.id: int(each.cost) * factor for each in election.projects},
        ["".join(id_ for id_, _ in ballot.choices) for ballot in election.each_ballot() for _ in range(ballot.count)],
    )
    assert counted(scaled, "cost", "greedy").winners == counted(election, "cost", "greedy").winners


@settings(max_examples=100, deadline=None)
@given(elections())
def test_an_election_survives_being_written_as_a_file(election: Election) -> None:
    file = pabulib.from_election(election, {"description": "Proef"}, [], {})
    again = pabulib.parse(pabulib.write(file).encode(), "proef.pb")
    assert again.election() == election
    assert again.election().hash == election.hash


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="ignore")))
def test_a_file_of_anything_is_read_or_refused(content: bytes) -> None:
    from buurtbegroting.civic.refusals import Invalid

    said = "iets.pb"
    try:
        pabulib.parse(b"META\nkey;value\n" + content, "iets.pb").election()
    except Invalid as refusal:
        said = str(refusal)
    assert said.startswith("iets.pb")
