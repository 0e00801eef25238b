"""The bounds hold for every endowment between the ends, whatever is bought; and the ledger is exact."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbegroting.counting.bounds import Bounds
from buurtbegroting.counting.elections import BallotType, Election
from buurtbegroting.counting.ledger import Ledger
from buurtbegroting.counting.supporters import Candidate, Electorate, electorate
from tests.factories.small_elections import WEIGHTS, elections

INSIDE = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1))
SHARP = Fraction(1, 10**6)


def arranged(election: Election, weights: dict[str, Fraction]) -> Electorate:
    utility = {BallotType.ORDINAL: "places", BallotType.APPROVAL: "count"}.get(election.ballot_type, "points")
    affordable = [project for project in election.projects if project.cost <= election.budget]
    return electorate(election, utility, weights, affordable)


class Plain:
    """One endowment, a fraction per group, as it is written in the definition."""

    def __init__(self, voters: Electorate, endowment: Fraction) -> None:
        self.left = [endowment] * len(voters.parts)

    def rate(self, candidate: Candidate) -> Fraction | None:
        able = sorted(
            (self.left[group] / utility, part, utility)
            for group, part, utility in zip(
                candidate.groups.tolist(), candidate.parts.tolist(), candidate.utilities.tolist(), strict=True
            )
        )
        missing, worth = candidate.cost, sum(part * utility for _, part, utility in able)
        for most, part, utility in able:
            if worth and missing <= most * worth:
                return missing / worth
            missing -= most * utility * part
            worth -= part * utility
        return None

    def pay(self, candidate: Candidate, rate: Fraction) -> None:
        for group, utility in zip(candidate.groups.tolist(), candidate.utilities.tolist(), strict=True):
            self.left[group] = max(Fraction(0), self.left[group] - rate * utility)


def between(ends: list[Fraction] | tuple[int, ...], share: Fraction) -> Fraction:
    return ends[0] + (ends[-1] - ends[0]) * share


@settings(max_examples=300, deadline=None)
@given(
    elections(),
    st.sampled_from(WEIGHTS),
    st.fractions(0, 30, max_denominator=6),
    st.sampled_from([Fraction(0), Fraction(1, 7), Fraction(1), Fraction(9)]),
    st.randoms(use_true_random=False),
)
def test_balances_and_rates_lie_between_their_bounds(
    election: Election, weights: dict[str, Fraction], start: Fraction, length: Fraction, chance: random.Random
) -> None:
    voters = arranged(election, weights)
    ends = [start, start + length] if length else [start]
    bounds, plain = Bounds(voters, ends), [Plain(voters, between(ends, share)) for share in INSIDE]
    for candidate in chance.sample(voters.candidates, len(voters.candidates)):
        rates = [each.rate(candidate) for each in plain]
        if not bounds.look(candidate):
            assert set(rates) == {None}
            continue
        price = bounds.price(candidate)
        for share, rate in zip(INSIDE, rates, strict=True):
            if rate is None:
                assert price.high is None
            else:
                assert between(price.low, share) <= rate * bounds.unit
                assert price.high is None or rate * bounds.unit <= between(price.high, share)
                assert price.exact is None or price.exact * candidate.worth == rate
        if price.high is None or None in rates:
            continue
        assert all(low <= high for low, high in zip(price.keys_low, price.keys_high or (), strict=True))
        bounds.pay(candidate, price.low, price.high)
        for share, each, rate in zip(INSIDE, plain, rates, strict=True):
            each.pay(candidate, rate or Fraction(0))
            for group, left in enumerate(each.left):
                low, high = (tuple(int(end[group]) for end in balance) for balance in (bounds.low, bounds.high))
                assert between(low, share) <= left * bounds.unit <= between(high, share)
                if len(ends) == 1:
                    assert (high[0] - low[0]) / bounds.unit < SHARP


@settings(max_examples=300, deadline=None)
@given(elections(), st.sampled_from(WEIGHTS), st.fractions(0, 30, max_denominator=6), st.randoms(use_true_random=False))
def test_the_ledger_is_exact(
    election: Election, weights: dict[str, Fraction], endowment: Fraction, chance: random.Random
) -> None:
    voters = arranged(election, weights)
    insist_exact(voters, endowment, chance.sample(voters.candidates, len(voters.candidates)))


@st.composite
def edges(draw: st.DrawFn) -> tuple[Electorate, Fraction]:
    """Projects of which some supporters pay exactly all they have left, or together have exactly the cost."""
    size, money = draw(st.integers(1, 5)), draw(st.sampled_from([Fraction(1), Fraction(10) ** 25, Fraction(1, 10**25)]))
    parts = np.array(draw(st.lists(st.integers(1, 3), min_size=size, max_size=size)), dtype=np.int64)
    endowment = draw(st.fractions(1, 4, max_denominator=7)) * money
    plain = Plain(Electorate(parts, parts, 1, ()), endowment)
    candidates = []
    for number in range(draw(st.integers(1, 4))):
        groups = np.array(sorted(draw(st.sets(st.integers(0, size - 1), min_size=1))), dtype=np.int64)
        utilities = np.array([draw(st.integers(1, 3)) for _ in groups], dtype=np.int64)
        mine = list(zip(groups.tolist(), utilities.tolist(), strict=True))
        edge = draw(st.sampled_from([plain.left[group] / utility for group, utility in mine]))
        cost = sum((min(plain.left[group], edge * utility) * int(parts[group]) for group, utility in mine), Fraction(0))
        if not cost:
            continue
        candidate = Candidate(f"p{number}", cost, Fraction(1), groups, parts[groups], utilities)
        candidates.append(candidate)
        plain.pay(candidate, plain.rate(candidate) or Fraction(0))
    return Electorate(parts, parts, 1, tuple(candidates)), endowment


@settings(max_examples=300, deadline=None)
@given(edges())
def test_the_ledger_is_exact_where_somebody_pays_exactly_all_there_is(drawn: tuple[Electorate, Fraction]) -> None:
    voters, endowment = drawn
    insist_exact(voters, endowment, voters.candidates)


def insist_exact(voters: Electorate, endowment: Fraction, order: Sequence[Candidate]) -> None:
    ledger, plain = Ledger(voters, endowment), Plain(voters, endowment)
    for candidate in order:
        rate = ledger.rate(candidate)
        assert rate == plain.rate(candidate)
        if rate is None:
            continue
        had = list(plain.left)
        ledger.buy(candidate)
        plain.pay(candidate, rate)
        groups, utilities = candidate.groups.tolist(), candidate.utilities.tolist()
        able = [(group, had[group] >= rate * utility) for group, utility in zip(groups, utilities, strict=True)]
        paid = ledger.purchases[-1]
        assert paid.payers == sum(int(voters.sizes[group]) for group, _ in able if had[group])
        assert paid.full_payers == sum(int(voters.sizes[group]) for group, is_able in able if is_able and had[group])
        for other in voters.candidates:
            money = zip(other.groups.tolist(), other.parts.tolist(), strict=True)
            assert ledger.left(other) == sum((plain.left[group] * part for group, part in money), Fraction(0))
            shared = np.intersect1d(candidate.groups, other.groups).tolist()
            rich = sum(int(voters.sizes[group]) for group in shared if plain.left[group])
            assert ledger.payers(candidate, other) == rich
