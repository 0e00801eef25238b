"""The Method of Equal Shares (Peters, Pierczyński, Skowron 2021) and its completion Add1, exact for approval ballots.

Each voter gets the same share of the budget. In each round the project with the least price rate is bought: the least
number ρ with which its supporters, each paying min(balance, ρ·utility), pay its cost together.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .bounds import Bounds, Price, undecided
from .purses import Purses
from .supporters import Candidate, Electorate
from .ties import Tie

BreakTie = Callable[[int, Sequence[str]], Tie]


@dataclass(frozen=True)
class Purchase:
    """A project that was bought, with the number of supporters who paid and the most that one of them paid."""

    candidate: Candidate
    payers: int
    payment: Fraction


@dataclass(frozen=True)
class Shares:
    """One run of equal shares: the purchases in order, the ties, and what everybody had left."""

    endowment: Fraction
    purchases: tuple[Purchase, ...]
    ties: tuple[Tie, ...]
    purses: Purses


class _Undecided(Exception):
    """The endowments of an interval may not all give the same purchase."""


class _Run:
    """One run for all endowments of an interval; where bounds cannot decide, a single endowment is settled exactly."""

    def __init__(self, voters: Electorate, low: Fraction, high: Fraction, break_tie: BreakTie) -> None:
        self._bounds = Bounds(voters, low, high)
        self._voters, self._low, self._is_single = voters, low, low == high
        self._break_tie = break_tie
        self._purses: Purses | None = None
        self.order: list[Candidate] = []
        self.ties: list[Tie] = []
        self._left = {each.id: each for each in voters.candidates}
        # A rate only rises while balances fall, so the last known lower bound stays one.
        self._heap = [(0.0, each.id) for each in voters.candidates]

    def finish(self) -> bool:
        """Buy until nothing is affordable; return False when that cannot be decided for the whole interval."""
        try:
            while found := self._next():
                candidate, price = found
                self.order.append(candidate)
                del self._left[candidate.id]
                self._bounds.pay(candidate, price)
        except _Undecided:
            return False
        return True

    def _next(self) -> tuple[Candidate, Price] | None:
        """Return the next purchase, or None when nothing is affordable; raise _Undecided when bounds cannot tell."""
        while seen := self._cheapest():
            best = min((price for _, price in seen), key=lambda price: price.rate_high)
            close = [(each, price) for each, price in seen if price.rate_low <= best.rate_high]
            if best.is_affordable and not undecided(best, [price for _, price in close if price is not best]):
                return self._of_equals(close)
            if not self._is_single:
                raise _Undecided
            if close := self._really_affordable(close):
                return self._settled(close)
        return None

    def _cheapest(self) -> list[tuple[Candidate, Price]]:
        """Look at candidates in order of their last known rate, until the rest is certainly dearer than the best."""
        seen: list[tuple[Candidate, Price]] = []
        highest = float("inf")
        while self._heap and self._heap[0][0] <= highest:
            _, id_ = heapq.heappop(self._heap)
            candidate = self._left.get(id_)
            if candidate is None:
                continue
            price = self._bounds.price(candidate)
            if price.is_affordable is False:
                del self._left[id_]
                continue
            seen.append((candidate, price))
            highest = min(highest, price.rate_high)
        for candidate, price in seen:
            heapq.heappush(self._heap, (price.rate_low, candidate.id))
        return seen

    def _of_equals(self, close: Sequence[tuple[Candidate, Price]]) -> tuple[Candidate, Price]:
        """Choose among candidates whose rates are known exactly (or the only one)."""
        if len(close) == 1:
            return close[0]
        rates = {each.id: price.exact_rate for each, price in close if price.exact_rate is not None}
        return self._first([(each, price, rates[each.id]) for each, price in close])

    def _first(self, rated: Sequence[tuple[Candidate, Price, Fraction | None]]) -> tuple[Candidate, Price]:
        least = min(rate for _, _, rate in rated if rate is not None)
        equal = {each.id: (each, price) for each, price, rate in rated if rate == least}
        if len(equal) == 1:
            return next(iter(equal.values()))
        tie = self._break_tie(len(self.order) + 1, sorted(equal))
        self.ties.append(tie)
        return equal[tie.first]

    def _exact(self) -> Purses:
        """Return the exact balances at this point of the run, brought up to date only when they are asked for."""
        if self._purses is None:
            self._purses, self._paid = Purses(self._voters, self._low), 0
        for candidate in self.order[self._paid :]:
            payment = self._purses.payment(candidate)
            assert payment is not None, "the bounds let somebody buy what is too dear"  # noqa: S101
            self._purses.pay(candidate, payment)
        self._paid = len(self.order)
        return self._purses

    def _really_affordable(self, close: Sequence[tuple[Candidate, Price]]) -> list[tuple[Candidate, Price]]:
        kept = []
        for candidate, price in close:
            if price.is_affordable or self._exact().payment(candidate) is not None:
                kept.append((candidate, price))
            else:
                del self._left[candidate.id]
        return kept

    def _settled(self, close: Sequence[tuple[Candidate, Price]]) -> tuple[Candidate, Price]:
        purses = self._exact()
        rated = [(each, price, _rate(purses, each)) for each, price in close]
        candidate, _ = self._first(rated)
        payment = float(purses.payment(candidate) or 0)
        sharp = Price(payment * (1 - 2**-50), payment * (1 + 2**-50), 0, 0, None, True)
        return candidate, sharp

    def shares(self) -> Shares:
        """Return the finished run with its exact payments."""
        purses = Purses(self._voters, self._low)
        purchases = []
        for candidate in self.order:
            payment = purses.payment(candidate)
            assert payment is not None, "the bounds let somebody buy what is too dear"  # noqa: S101
            purchases.append(Purchase(candidate, purses.payers(candidate), payment))
            purses.pay(candidate, payment)
        return Shares(self._low, tuple(purchases), tuple(self.ties), purses)


def _rate(purses: Purses, candidate: Candidate) -> Fraction | None:
    payment = purses.payment(candidate)
    return None if payment is None else payment / candidate.utility


def equal_shares(voters: Electorate, endowment: Fraction, break_tie: BreakTie) -> Shares:
    """Run equal shares once with this endowment per voter."""
    run = _Run(voters, endowment, endowment, break_tie)
    run.finish()
    return run.shares()


def add1(voters: Electorate, budget: Fraction, start: Fraction, break_tie: BreakTie, *, is_exhaustive: bool) -> Shares:
    """Raise everybody's endowment by one unit of money until the winners would cost more than the budget.

    Returns the last run that fits; with ``is_exhaustive`` it stops as soon as nothing more would fit. Equal outcomes
    are passed over many at a time: a run over an interval that decides everything is true of each endowment in it, so
    no monotonicity is assumed.
    """
    run = _Run(voters, start, start, break_tie)
    run.finish()
    if _is_final(voters, budget, run.order, is_exhaustive):
        return run.shares()
    ahead, stride = start + 1, 1
    while True:
        run = _Run(voters, ahead, ahead + stride - 1, break_tie)
        if run.finish() and not _ends(voters, budget, run.order, is_exhaustive):
            ahead, stride = ahead + stride, stride * 2
        elif stride > 1:
            stride //= 2
        else:
            is_over = _cost(run.order) > budget
            return equal_shares(voters, ahead - 1, break_tie) if is_over else run.shares()


def _cost(order: Sequence[Candidate]) -> Fraction:
    return sum((each.cost for each in order), Fraction(0))


def _is_final(voters: Electorate, budget: Fraction, order: Sequence[Candidate], is_exhaustive: bool) -> bool:
    left, bought = budget - _cost(order), {each.id for each in order}
    rest = [each for each in voters.candidates if each.id not in bought]
    return not rest or (is_exhaustive and all(each.cost > left for each in rest))


def _ends(voters: Electorate, budget: Fraction, order: Sequence[Candidate], is_exhaustive: bool) -> bool:
    return _cost(order) > budget or _is_final(voters, budget, order, is_exhaustive)
