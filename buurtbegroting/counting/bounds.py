"""The same run in rounded figures, with bounds that are certain: fast, and honest about what it cannot decide.

Instead of one balance per voter there are two: one that is certainly not above the true balance and one that is
certainly not below it, for *every* endowment of an interval at once. A decision is accepted only when it is the same
whatever the true figures inside the bounds are; else the run says that it does not know (None).

Why the bounds hold. Let u = 2^-53 and let n be the number of groups. Sizes and their sums are whole numbers below
2^53, hence exact. For balances b_1 <= ... <= b_n the payment is x = (c - S)/R, with S the money of those poorer than x
and R the number of the others. S is a sum of at most n products of non-negative numbers, so its rounding error is at
most (n + 1)u S <= (n + 1)u c' with c' = c + S; rounding c, the difference and the quotient adds at most 4u c'. As
R >= 1, the error of x is below (n + 8)u c'/R. Choosing the wrong one of two neighbouring terms of the sum happens only
when b_j and x differ by less than that error, and moves x by no more than that. The slack is eight times this bound,
which also covers the rounding of keys, of subtractions and of the endowment. Lower bounds are rounded down by it,
upper ones up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from .ballots import Ints
from .supporters import Candidate, Electorate

Floats = NDArray[np.float64]
_UNIT = 2.0**-53


@dataclass(frozen=True)
class Price:
    """Bounds of what one supporter pays at most, and of the price rate (payment per utility), for one candidate.

    ``exact_rate`` is known when every supporter has enough and nobody has paid everything: then it is
    cost / (votes * utility) whatever the balances are. ``is_affordable`` is None when the bounds cannot tell.
    """

    payment_low: float
    payment_high: float
    rate_low: float
    rate_high: float
    exact_rate: Fraction | None
    is_affordable: bool | None


class Bounds:
    """Balances of all groups for every endowment from ``low`` to ``high``."""

    def __init__(self, voters: Electorate, low: Fraction, high: Fraction) -> None:
        self._sizes = voters.sizes
        self._slack = 8 * (len(voters.sizes) + 8) * _UNIT
        self._low = np.full(len(voters.sizes), float(low) * (1 - 4 * _UNIT))
        self._high = np.full(len(voters.sizes), float(high) * (1 + 4 * _UNIT))

    def price(self, candidate: Candidate) -> Price:
        """Return the bounds of a candidate's price now."""
        sizes = self._sizes[candidate.groups]
        low, high = self._low[candidate.groups], self._high[candidate.groups]
        cost, utility = float(candidate.cost), float(candidate.utility)
        margin = self._slack * cost
        money_low, money_high = float(low @ sizes), float(high @ sizes)
        if money_high + margin + self._slack * money_high < cost:
            return Price(np.inf, np.inf, np.inf, np.inf, None, False)
        is_affordable = money_low - margin - self._slack * money_low > cost or None
        least = self._payment(high, sizes, cost, sign=-1)
        most = self._payment(low, sizes, cost, sign=1) if is_affordable else np.inf
        even = candidate.cost / candidate.votes
        is_even = bool(is_affordable) and float(even) * (1 + self._slack) < low.min()
        return Price(
            payment_low=least,
            payment_high=most,
            rate_low=least / utility * (1 - self._slack),
            rate_high=most / utility * (1 + self._slack),
            exact_rate=even / candidate.utility if is_even else None,
            is_affordable=is_affordable,
        )

    def _payment(self, balances: Floats, sizes: Ints, cost: float, sign: int) -> float:
        order = np.argsort(balances, kind="stable")
        sorted_balances, counts = balances[order], sizes[order]
        spent = np.concatenate(([0.0], np.cumsum(sorted_balances * counts)[:-1]))
        rich = np.cumsum(counts[::-1])[::-1]
        payments = (cost - spent) / rich
        fits = np.flatnonzero(payments <= sorted_balances)
        place = int(fits[0]) if len(fits) else len(payments) - 1
        error = self._slack * (cost + float(spent[place])) / float(rich[place])
        return max(0.0, float(payments[place]) + sign * error)

    def pay(self, candidate: Candidate, price: Price) -> None:
        """Let the supporters pay; what they have left is known a little less sharply afterwards."""
        groups = candidate.groups
        low, high = self._low[groups] - price.payment_high, self._high[groups] - price.payment_low
        self._low[groups] = np.maximum(0.0, low - np.abs(low) * self._slack)
        self._high[groups] = np.maximum(0.0, high + np.abs(high) * self._slack)


def undecided(best: Price, others: Sequence[Price]) -> bool:
    """Tell whether another candidate may be cheaper than, or exactly as cheap as, the best one for all we know."""
    for other in others:
        if best.exact_rate is not None and other.exact_rate is not None:
            continue
        if other.rate_low <= best.rate_high:
            return True
    return False
