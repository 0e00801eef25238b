"""What every voter has left, exactly: the judge whenever figures with a rounding error cannot decide."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from .supporters import Candidate, Electorate


class Purses:
    """The exact balance of every group of voters; groups with the same history share one number."""

    def __init__(self, voters: Electorate, endowment: Fraction) -> None:
        self._sizes = voters.sizes
        self._purse_of = np.zeros(len(voters.sizes), dtype=np.int64)
        self._balances = [endowment]

    def _by_purse(self, candidate: Candidate) -> list[tuple[Fraction, int, int]]:
        """Return ``(balance, voters, purse)`` of the supporters, poorest first."""
        purses = self._purse_of[candidate.groups]
        counts = np.bincount(purses, weights=self._sizes[candidate.groups], minlength=len(self._balances))
        return sorted((self._balances[purse], int(counts[purse]), int(purse)) for purse in np.unique(purses))

    def left(self, candidate: Candidate) -> Fraction:
        """Return the money that all supporters of a project have left together."""
        return sum((balance * count for balance, count, _ in self._by_purse(candidate)), Fraction(0))

    def payers(self, candidate: Candidate) -> int:
        """Return how many supporters still have any money."""
        return sum(count for balance, count, _ in self._by_purse(candidate) if balance > 0)

    def payment(self, candidate: Candidate) -> Fraction | None:
        """Return the least x with sum of min(balance, x) = cost: the most one supporter pays; None if too dear."""
        missing = candidate.cost
        supporters = self._by_purse(candidate)
        rich = sum(count for _, count, _ in supporters)
        for balance, count, _ in supporters:
            if missing <= balance * rich:
                return missing / rich
            missing -= balance * count
            rich -= count
        return None

    def pay(self, candidate: Candidate, payment: Fraction) -> None:
        """Let every supporter pay ``payment``, or all there is."""
        purses = self._purse_of[candidate.groups]
        for purse in np.unique(purses):
            paying = candidate.groups[purses == purse]
            self._purse_of[paying] = len(self._balances)
            self._balances.append(max(Fraction(0), self._balances[purse] - payment))
