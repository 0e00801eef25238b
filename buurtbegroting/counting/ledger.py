"""What every voter has left, exactly: the judge where bounds cannot decide, and the source of every published figure.

Who was never short in a purchase has the endowment less the exact prices of what was bought for him or her. So an exact
sum needs no fraction per voter: only, for each purchase, how many of those concerned took part in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .ballots import Ints
from .bounds import Bounds
from .supporters import Candidate, Electorate


@dataclass(frozen=True)
class Purchase:
    """A project that was bought, at ``rate`` money per utility.

    Of the ``payers`` (voters, whatever weight their votes have) ``full_payers`` paid that, the others all they had.
    """

    candidate: Candidate
    rate: Fraction
    payers: int
    full_payers: int


@dataclass(frozen=True)
class _Kind:
    """Supporters with the same balance and utility, in how many parts of votes, and their places in the project."""

    balance: Fraction
    utility: int
    parts: int
    places: Ints


class Ledger:
    """The exact balances for one endowment (per part of a vote), purchase by purchase.

    They are kept as bounds, drawn together to zero for those who have nothing left. So afterwards, for them and only
    for them, the high bound is zero; and nobody else was ever short in a purchase.
    """

    def __init__(self, voters: Electorate, endowment: Fraction) -> None:
        self.endowment = endowment
        self.purchases: list[Purchase] = []
        self.candidates = {each.id: each for each in voters.candidates}
        # Their rates as whole numbers of one part, so that sums need no fractions.
        self._rates: list[int] = []
        self._part = 1
        self._voters = voters
        self._bounds = Bounds(voters, [endowment])
        self._marks = np.zeros(len(voters.parts), dtype=np.int64)

    def rate(self, candidate: Candidate) -> Fraction | None:
        """Return what a project costs its supporters per utility; None when they cannot pay it."""
        if not self._bounds.look(candidate):
            return None
        price = self._bounds.price(candidate)
        if price.exact is not None:
            return price.exact * candidate.worth
        low, high = self._bounds.low[0][candidate.groups], self._bounds.high[0][candidate.groups]
        is_poor = (high == 0) | (high < price.low[0] * candidate.utilities)
        is_open = ~is_poor if price.high is None else ~is_poor & (low < price.high[0] * candidate.utilities)
        money = self._money(candidate, np.flatnonzero(is_poor))
        utility = candidate.weigh(candidate.utilities * ~is_poor)
        for kind in self._kinds(candidate, np.flatnonzero(is_open)):
            if kind.balance * utility >= (candidate.cost - money) * kind.utility:
                break
            money += kind.balance * kind.parts
            utility -= kind.utility * kind.parts
        return (candidate.cost - money) / utility if utility else None

    def buy(self, candidate: Candidate) -> None:
        """Let the supporters of a project pay for it; they must be able to."""
        rate = self.rate(candidate)
        assert rate is not None, "the bounds let somebody buy what is too dear"  # noqa: S101
        floor, ceiling = math.floor(rate * self._bounds.unit), math.ceil(rate * self._bounds.unit)
        groups, utilities = candidate.groups, candidate.utilities
        low, high = self._bounds.low[0][groups], self._bounds.high[0][groups]
        has_money = high > 0
        is_short = has_money & (high < floor * utilities)
        is_broke = is_short.copy()
        for kind in self._kinds(candidate, np.flatnonzero(has_money & ~is_short & (low <= ceiling * utilities))):
            is_broke[kind.places] = kind.balance <= rate * kind.utility
            is_short[kind.places] = kind.balance < rate * kind.utility
        self._bounds.pay(candidate, (floor,), (ceiling,))
        self._bounds.low[0][groups[is_broke]] = 0
        self._bounds.high[0][groups[is_broke]] = 0
        sizes = self._voters.sizes[groups]
        payers, full = int(sizes[has_money].sum()), int(sizes[has_money & ~is_short].sum())
        self.purchases.append(Purchase(candidate, rate, payers, full))
        self._part = math.lcm(self._part, rate.denominator)
        self._rates = [int(each.rate * self._part) for each in self.purchases]

    def left(self, candidate: Candidate) -> Fraction:
        """Return the money that all supporters of a project have left together."""
        return self._money(candidate, np.arange(len(candidate.groups)))

    def payers(self, candidate: Candidate, other: Candidate) -> int:
        """Return how many supporters of a project also support another one, and have any money left."""
        shared = np.intersect1d(candidate.groups, other.groups, assume_unique=True)
        return int(self._voters.sizes[shared[self._bounds.high[0][shared] > 0]].sum())

    def _money(self, candidate: Candidate, places: Ints) -> Fraction:
        """Return what some supporters of a project (their places in it) have together."""
        places = places[self._bounds.high[0][candidate.groups[places]] > 0]
        groups, parts = candidate.groups[places], candidate.parts[places]
        self._marks[groups] = parts
        paid = 0
        for each, rate in zip(self.purchases, self._rates, strict=True):
            took_part = self._marks[each.candidate.groups]
            paid += rate * int(
                took_part.sum() if each.candidate.is_alike else np.dot(took_part, each.candidate.utilities)
            )
        self._marks[groups] = 0
        return self.endowment * int(parts.sum()) - Fraction(paid, self._part)

    def _kinds(self, candidate: Candidate, places: Ints) -> list[_Kind]:
        """Return some supporters of a project, none of them ever short, by what they bought and value alike.

        First those who have least for the utility they get.
        """
        if not len(places):
            return []
        groups = candidate.groups[places]
        history = np.stack(
            [candidate.utilities[places], *(self._bought(each.candidate, groups) for each in self.purchases)]
        )
        distinct, kind_of = np.unique(history, axis=1, return_inverse=True)
        kinds = []
        for number, (utility, *bought) in enumerate(distinct.T.tolist()):
            mine = places[kind_of.ravel() == number]
            paid = sum(rate * took for rate, took in zip(self._rates, bought, strict=True))
            kinds.append(
                _Kind(self.endowment - Fraction(paid, self._part), utility, int(candidate.parts[mine].sum()), mine)
            )
        return sorted(kinds, key=lambda kind: kind.balance / kind.utility)

    def _bought(self, candidate: Candidate, groups: Ints) -> Ints:
        """Return the utility that each of some groups gets from a project, 0 if it does not support it."""
        self._marks[candidate.groups] = candidate.utilities
        bought = self._marks[groups]
        self._marks[candidate.groups] = 0
        return bought
