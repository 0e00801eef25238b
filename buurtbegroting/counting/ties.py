"""Ties: a chain of tests from the rulebook, and a record of every tie that was met."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid


@dataclass(frozen=True)
class Tie:
    """Projects that were equal in a round, the one that went first, and what broke the tie."""

    round: int
    candidates: tuple[str, ...]
    first: str
    broken_by: str


@dataclass(frozen=True)
class TieBreaker:
    """The tie chain of a rulebook, with what its tests look at; ``seed`` is what was drawn in public.

    ``favoured`` goes first in any tie, to find out what would have been had it been so.
    """

    chain: tuple[str, ...]
    costs: Mapping[str, Fraction]
    votes: Mapping[str, Fraction]
    seed: str = ""
    favoured: str = ""

    def __call__(self, round_: int, candidates: Sequence[str]) -> Tie:
        """Break a tie by the first test of the chain that leaves one; raise Invalid when none does."""
        left = sorted(candidates)
        if self.favoured in left:
            return Tie(round_, tuple(left), self.favoured, "favoured")
        for test in self.chain:
            if test == "drawn" and not self.seed:
                raise Invalid(
                    _r(
                        "%(projects)s are equal in round %(round)s; draw lots in public and enter the number drawn.",
                        projects=", ".join(left),
                        round=round_,
                    )
                )
            key = _TESTS[test]
            best = min(key(self, each) for each in left)
            left = [each for each in left if key(self, each) == best]
            if len(left) == 1:
                return Tie(round_, tuple(sorted(candidates)), left[0], test)
        raise Invalid(
            _r(
                "%(projects)s are equal in round %(round)s and the rules do not say which goes first; name a tie rule.",
                projects=", ".join(left),
                round=round_,
            )
        )


_TESTS: dict[str, Callable[[TieBreaker, str], Any]] = {
    "id": lambda _, id_: id_,
    "cheapest": lambda breaker, id_: breaker.costs[id_],
    "dearest": lambda breaker, id_: -breaker.costs[id_],
    "most-votes": lambda breaker, id_: -breaker.votes[id_],
    "drawn": lambda breaker, id_: place_in_draw(breaker.seed, id_),
}


def place_in_draw(seed: str, project_id: str) -> str:
    """Return what projects are put in order by when lots are drawn: SHA-256 of ``seed|project id``, lowest first."""
    return hashlib.sha256(f"{seed}|{project_id}".encode()).hexdigest()
