"""What every voter has left, between whole numbers: fast, and honest about what it cannot decide.

Money is counted in units so small that everybody together has a little less than 2^61 of them. A run follows one
endowment, or both ends of an interval of endowments at once. At every end there are for every group two whole numbers
of units, one certainly not above its balance and one certainly not below it. Between two ends, the straight line from
the one low bound to the other is not above the balance, and that of the high bounds not below it: so a run over an
interval speaks for *every* endowment in it. A decision is accepted only when it is the same whatever the balances
between those bounds are; else the run says that it does not know.

Why the bounds hold. Let F(r, e) be the sum of min(balance, r * utility) over the supporters of a project: what they pay
together at price rate r, given endowment e. It rises with r and with each balance; the rate is the least r for which it
is the cost. Say the bounds hold before a purchase; they do at first, when every balance is e itself.

1. *Never too high* (``look``, with the high bounds). Call any of the supporters poor, what they have S, and the utility
   of the others U. Then F <= S + r * U for every r, so the rate is at least (cost - S) / U. With the same poor at both
   ends and their high bounds for S this is a straight line in e, and rounding down at both ends keeps it below the
   rate. Rates only rise while balances fall, so an older line remains true. When the high bounds of all supporters add
   up to less than the cost at both ends, so does the straight line between: nobody can pay.
2. *Never too low* (``price``, with the low bounds). At each end an r is taken for which the sum of min(low bound,
   r * utility) is seen to be at least the cost. That sum, with straight lines for the low bounds, is the least of
   straight functions of (r, e) added up, so it is concave: on the line between both ends it is nowhere less than at
   one of them. So the line through both values of r is nowhere below the rate.
3. *After a purchase* a balance is max(0, balance - rate * utility). As this falls when the rate rises, the high bound
   is lessened with the lower rate and the low bound with the higher. Where the line of a high bound would sink below
   zero, zero is taken at that end: the line between lies above both the old one and zero. Where a low bound would sink
   below zero at any end, zero is taken at both.
4. *Comparing* the line above the rate of one project with the line below that of another takes two numbers: lines that
   do not cross at the ends do not cross between.

All sums and products stay below 2^62 (``_bits`` sees to that), so 64-bit numbers hold them exactly: no figure is
rounded but where this text says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .ballots import Ints
from .supporters import Candidate, Electorate

_MOST_BITS = 61
# Rates of different projects are compared as whole numbers of this small a part of a unit.
_FINE = 2**96


Line = tuple[int, ...]


@dataclass(frozen=True)
class Price:
    """What a project costs its supporters per utility, in units, at each end: certainly from ``low`` to ``high``.

    ``high`` is None while it is not certain that they can pay it. ``keys_low`` and ``keys_high`` are the same bounds of
    the price rate, to compare projects by. ``exact`` is that rate itself, where it does not depend on the endowment:
    where every supporter has either nothing left or more than enough.
    """

    low: Line
    high: Line | None
    keys_low: Line
    keys_high: Line | None
    exact: Fraction | None


@dataclass(frozen=True)
class _Look:
    """The utility of those who are not poor, and whether the poor have nothing at all."""

    utility: int
    is_even: bool


class Bounds:
    """Balances of all groups for one endowment, or for all from the first to the second of ``ends``."""

    def __init__(self, voters: Electorate, ends: Sequence[Fraction]) -> None:
        bits = _bits(voters, ends[-1])
        # How many units there are in one of money.
        self.unit = Fraction(2) ** bits
        self.low = [np.full(len(voters.parts), math.floor(end * self.unit), dtype=np.int64) for end in ends]
        self.high = [np.full(len(voters.parts), math.ceil(end * self.unit), dtype=np.int64) for end in ends]
        self._costs = {each.id: _shifted(each.cost, bits) for each in voters.candidates}
        self._lows = {each.id: (self._costs[each.id] // each.utility,) * len(ends) for each in voters.candidates}

    def keys_low(self, candidate: Candidate) -> Line:
        """Return the last known bounds below the price rate."""
        worth = candidate.worth
        return tuple(rate * _FINE * worth.denominator // worth.numerator for rate in self._lows[candidate.id])

    def look(self, candidate: Candidate) -> bool:
        """Bring the bounds below the rate up to date; return False when the supporters certainly cannot pay."""
        return self._look(candidate) is not None

    def _look(self, candidate: Candidate) -> _Look | None:
        cost, rates = self._costs[candidate.id], self._lows[candidate.id]
        rate, balances = rates[-1], self.high[-1][candidate.groups]
        poor = _poor(candidate, balances, rate)
        if not len(poor):
            return _Look(candidate.utility, is_even=True)
        if candidate.weigh(balances) < cost and all(
            candidate.weigh(high[candidate.groups]) < cost for high in self.high[:-1]
        ):
            return None
        while True:
            money, utility = _money_and_utility(candidate, balances, poor)
            if not utility or (better := (cost - money) // utility) <= rate:
                break
            rate, poor = better, _poor(candidate, balances, better)
        if not utility:
            return _Look(0, is_even=False)
        moneys = [int(np.dot(candidate.parts[poor], high[candidate.groups[poor]])) for high in self.high[:-1]]
        line = (*((cost - each) // utility for each in moneys), (cost - money) // utility)
        if sum(line) > sum(rates):
            self._lows[candidate.id] = line
        return _Look(utility, is_even=not money and not any(moneys))

    def price(self, candidate: Candidate) -> Price:
        """Return all bounds of the price of a project whose supporters may be able to pay it."""
        look = self._look(candidate)
        assert look is not None, "only what may be affordable has a price"  # noqa: S101
        low, worth = self._lows[candidate.id], candidate.worth
        found = [self._highest(candidate, end, rate) for end, rate in enumerate(low)]
        high = tuple(rate for rate, _ in found if rate is not None)
        is_payable = len(high) == len(low)
        is_exact = is_payable and look.is_even and all(utility == look.utility for _, utility in found)
        return Price(
            low=low,
            high=high if is_payable else None,
            keys_low=self.keys_low(candidate),
            keys_high=tuple(-(-rate * _FINE * worth.denominator // worth.numerator) for rate in high)
            if is_payable
            else None,
            exact=candidate.cost / (look.utility * worth) if is_exact else None,
        )

    def _highest(self, candidate: Candidate, end: int, rate: int) -> tuple[int | None, int]:
        cost, balances = self._costs[candidate.id] + 1, self.low[end][candidate.groups]
        while True:
            poor = _poor(candidate, balances, rate)
            money, utility = _money_and_utility(candidate, balances, poor)
            if money + rate * utility >= cost:
                return rate, utility
            if not utility:
                return None, 0
            rate = max(rate + 1, -((money - cost) // utility))

    def pay(self, candidate: Candidate, low: Line, high: Line) -> None:
        """Let the supporters pay, at a rate from ``low`` to ``high`` units at each end."""
        groups, utilities = candidate.groups, 1 if candidate.is_alike else candidate.utilities
        left = [balance[groups] - rate * utilities for balance, rate in zip(self.low, high, strict=True)]
        is_sinking = left[0] < 0 if len(left) == 1 else (left[0] < 0) | (left[1] < 0)
        for balance, each in zip(self.low, left, strict=True):
            each[is_sinking] = 0
            balance[groups] = each
        for balance, rate in zip(self.high, low, strict=True):
            balance[groups] = np.maximum(0, balance[groups] - rate * utilities)


def _bits(voters: Electorate, endowment: Fraction) -> int:
    """Return the power of two of the unit, for which no sum comes above 2^62."""
    dearest = max((each.cost for each in voters.candidates), default=Fraction(0))
    money = max(endowment * max(voters.weight, 1), dearest, Fraction(1)) * voters.greatest_utility
    return _MOST_BITS - math.ceil(money).bit_length()


def _shifted(amount: Fraction, bits: int) -> int:
    """Return an amount of money in units, rounded down."""
    if bits < 0:
        return amount.numerator // (amount.denominator << -bits)
    return (amount.numerator << bits) // amount.denominator


def _poor(candidate: Candidate, balances: Ints, rate: int) -> Ints:
    """Return the places, among the supporters, of those who have less than what they would have to pay."""
    return (balances < (rate if candidate.is_alike else rate * candidate.utilities)).nonzero()[0]


def _money_and_utility(candidate: Candidate, balances: Ints, poor: Ints) -> tuple[int, int]:
    """Return what the poor have together, and the utility of all others."""
    if not len(poor):
        return 0, candidate.utility
    parts = candidate.parts[poor]
    lost = parts.sum() if candidate.is_alike else np.dot(parts, candidate.utilities[poor])
    return int(np.dot(parts, balances[poor])), candidate.utility - int(lost)
