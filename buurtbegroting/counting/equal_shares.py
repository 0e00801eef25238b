"""The Method of Equal Shares (Peters, Pierczyński, Skowron 2021) and its completion Add1, exact for every utility.

Each voter gets the same share of the budget. In each round the project with the least price rate is bought: the least
number with which its supporters, each paying min(balance, rate * utility), pay its cost together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .bounds import Bounds, Line, Price
from .ledger import Ledger
from .supporters import Candidate, Electorate
from .ties import Tie

BreakTie = Callable[[int, Sequence[str]], Tie]

# After so many single endowments with the same purchases, at least so many are tried at once.
_SAME_BEFORE_STRIDE = 2
_LEAST_STRIDE = 4


@dataclass(frozen=True)
class Shares:
    """The run of equal shares that decided: its ledger with the purchases in order, and the ties that were met.

    ``start`` is the endowment of the first run.
    """

    voters: Electorate
    start: Fraction
    ledger: Ledger
    ties: tuple[Tie, ...]


class _Undecided(Exception):
    """The endowments of an interval may not all give the same purchases; up to ``share`` of its length they seem to."""

    def __init__(self, share: Fraction) -> None:
        super().__init__(share)
        self.share = share


class _Run:
    """One run for all endowments of an interval; where bounds cannot decide, a single endowment is settled exactly."""

    def __init__(self, voters: Electorate, lowest: Fraction, highest: Fraction, break_tie: BreakTie) -> None:
        self._voters, self._endowment, self._is_single = voters, lowest, lowest == highest
        self._bounds = Bounds(voters, [lowest] if self._is_single else [lowest, highest])
        self._break_tie = break_tie
        self._ledger: Ledger | None = None
        self.order: list[Candidate] = []
        self.ties: list[Tie] = []
        self._left = {each.id: each for each in voters.candidates}
        self._keys = {each.id: self._bounds.keys_low(each) for each in voters.candidates}

    def finish(self) -> None:
        """Buy until nothing is affordable; raise _Undecided when that cannot be told for the whole interval."""
        while found := self._next():
            candidate, low, high = found
            self._bounds.pay(candidate, low, high)
            self.order.append(candidate)
            for id_ in (candidate.id, *candidate.rivals):
                self._left.pop(id_, None)

    def _next(self) -> tuple[Candidate, Line, Line] | None:
        """Return the next purchase and the bounds of its price, or None when nothing is affordable."""
        while (best := self._cheapest()) is not None:
            close = self._as_cheap_as(best)
            candidate, price = close[0]
            if len(close) == 1 and price.high is not None:
                return candidate, price.low, price.high
            rates = [price.exact for _, price in close]
            if None not in rates:
                candidate, price = close[self._first([each for each, _ in close], rates)]
                assert price.high is not None, "only what can be paid has an exact rate"  # noqa: S101
                return candidate, price.low, price.high
            if not self._is_single:
                raise _Undecided(_crossing(price, [each for _, each in close[1:]]))
            if found := self._settled([each for each, _ in close]):
                return found
        return None

    def _cheapest(self) -> Candidate | None:
        """Return the candidate with the least lower bound at the first end; only those that may be it are looked at."""
        fresh: set[str] = set()
        while self._left:
            id_ = min(self._left, key=self._keys.__getitem__)
            if id_ in fresh:
                return self._left[id_]
            if self._look(id_):
                fresh.add(id_)
        return None

    def _look(self, id_: str) -> bool:
        if is_payable := self._bounds.look(self._left[id_]):
            self._keys[id_] = self._bounds.keys_low(self._left[id_])
        else:
            del self._left[id_]
        return is_payable

    def _as_cheap_as(self, best: Candidate) -> list[tuple[Candidate, Price]]:
        """Return the best candidate, and those that may be as cheap or cheaper for all that the bounds tell."""
        price = self._bounds.price(best)
        close, limit = [(best, price)], price.keys_high
        for id_ in [each for each in self._left if each != best.id and _may_be_below(self._keys[each], limit)]:
            if self._look(id_) and _may_be_below(self._keys[id_], limit):
                close.append((self._left[id_], self._bounds.price(self._left[id_])))
        return close

    def _settled(self, close: Sequence[Candidate]) -> tuple[Candidate, Line, Line] | None:
        """Return the cheapest exactly; None, leaving out what is too dear, when nobody can pay for any of them."""
        if self._ledger is None:
            self._ledger = Ledger(self._voters, self._endowment)
        for candidate in self.order[len(self._ledger.purchases) :]:
            self._ledger.buy(candidate)
        rated = [(candidate, self._ledger.rate(candidate)) for candidate in close]
        for candidate, rate in rated:
            if rate is None:
                del self._left[candidate.id]
        payable = [(candidate, rate) for candidate, rate in rated if rate is not None]
        if not payable:
            return None
        place = self._first([each for each, _ in payable], [rate / each.worth for each, rate in payable])
        candidate, rate = payable[place]
        return candidate, (math.floor(rate * self._bounds.unit),), (math.ceil(rate * self._bounds.unit),)

    def _first(self, candidates: Sequence[Candidate], rates: Sequence[Fraction | None]) -> int:
        """Return the place of the least rate, by the tie rule where there are more of them."""
        least = min(rate for rate in rates if rate is not None)
        equal = {each.id: place for place, each in enumerate(candidates) if rates[place] == least}
        if len(equal) == 1:
            return next(iter(equal.values()))
        tie = self._break_tie(len(self.order) + 1, sorted(equal))
        self.ties.append(tie)
        return equal[tie.first]

    def shares(self, start: Fraction) -> Shares:
        """Return the finished run with its exact payments, for its lowest endowment."""
        ledger = Ledger(self._voters, self._endowment)
        for candidate in self.order:
            ledger.buy(candidate)
        return Shares(self._voters, start, ledger, tuple(self.ties))


def _may_be_below(keys: Line, limit: Line | None) -> bool:
    """Tell whether a line may at one of its ends (or its only one) be as low as another."""
    return limit is None or keys[0] <= limit[0] or keys[-1] <= limit[-1]


def _crossing(best: Price, others: Sequence[Price]) -> Fraction:
    """Return up to what share of an interval the first remains the cheapest, going by the bounds at its ends."""
    shares = [Fraction(1)]
    for other in others:
        first, last = (low - high for low, high in zip(other.keys_low, best.keys_high or (0, 0), strict=True))
        if last <= 0:
            shares.append(Fraction(first, first - last) if first > 0 else Fraction(0))
    return min(shares) if best.keys_high is not None else Fraction(0)


def equal_shares(voters: Electorate, endowment: Fraction, break_tie: BreakTie) -> Shares:
    """Run equal shares once with this endowment per part of a vote."""
    run = _single(voters, endowment, break_tie)
    return run.shares(endowment)


def _single(voters: Electorate, endowment: Fraction, break_tie: BreakTie) -> _Run:
    run = _Run(voters, endowment, endowment, break_tie)
    run.finish()
    return run


def add1(voters: Electorate, budget: Fraction, start: Fraction, break_tie: BreakTie, *, is_exhaustive: bool) -> Shares:
    """Raise everybody's endowment by one unit of money until the winners would cost more than the budget.

    Returns the last run that fits; with ``is_exhaustive`` it stops as soon as nothing more would fit. Equal outcomes
    are passed over many at a time: a run over an interval that decides everything is true of each endowment in it, so
    no monotonicity is assumed.
    """
    step = Fraction(1, voters.parts_per_vote)
    run = _single(voters, start, break_tie)
    if _is_final(voters, budget, run.order, is_exhaustive=is_exhaustive):
        return run.shares(start)
    done, stride, order = 0, _Stride(), run.order
    while True:
        run = _Run(voters, start + (done + 1) * step, start + (done + stride.length) * step, break_tie)
        try:
            run.finish()
        except _Undecided as undecided:
            stride.shorten(undecided.share)
            continue
        # What is bought is the same for the whole interval, so the end is reached at its lowest endowment or not in it.
        if _cost(run.order) > budget:
            return _single(voters, start + done * step, break_tie).shares(start)
        if _is_final(voters, budget, run.order, is_exhaustive=is_exhaustive):
            return run.shares(start)
        done += stride.length
        stride.lengthen(is_same=run.order == order)
        order = run.order


class _Stride:
    """How many endowments to try at once; following both ends costs twice as much, so only where it promises more."""

    def __init__(self) -> None:
        self.length = 1
        self._same = 0

    def lengthen(self, *, is_same: bool) -> None:
        """Note a success, and whether it bought the same as the one before."""
        self._same = self._same + 1 if is_same else 0
        if self.length > 1 or self._same >= _SAME_BEFORE_STRIDE:
            self.length = max(_LEAST_STRIDE, self.length * 2)

    def shorten(self, share: Fraction) -> None:
        """Note a failure, which up to a share of the length seems not to occur."""
        self.length = min(self.length * 3 // 5, int(share * (self.length - 1)) + 1)
        if self.length < _LEAST_STRIDE:
            self.length, self._same = 1, 0


def _cost(order: Sequence[Candidate]) -> Fraction:
    return sum((each.cost for each in order), Fraction(0))


def _is_final(voters: Electorate, budget: Fraction, order: Sequence[Candidate], *, is_exhaustive: bool) -> bool:
    """Tell whether raising the endowments further cannot or need not add anything."""
    left = budget - _cost(order)
    gone = {each.id for each in order}.union(*(each.rivals for each in order))
    rest = [each for each in voters.candidates if each.id not in gone]
    return not rest or (is_exhaustive and all(each.cost > left for each in rest))
