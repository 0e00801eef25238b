"""Ties: a chain of tests from the rulebook, and a record of every tie that was met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .elections import Election

_KEYS: dict[str, Callable[[Election, str], Any]] = {
    "cheapest": lambda election, id_: election.by_id[id_].cost,
    "dearest": lambda election, id_: -election.by_id[id_].cost,
    "most-votes": lambda election, id_: -election.points[id_],
    "id": lambda _, id_: id_,
}
METHODS = tuple(_KEYS)


@dataclass(frozen=True)
class Tie:
    """Projects that were equal in a round, the one that went first, and what broke the tie."""

    round: int
    candidates: tuple[str, ...]
    first: str
    broken_by: str


def broken(election: Election, chain: Sequence[str], round_: int, candidates: Sequence[str]) -> Tie:
    """Break a tie by the first method of the chain that leaves one; raise Invalid when none does."""
    left = sorted(candidates)
    for method in chain:
        key = _KEYS[method]
        best = min(key(election, each) for each in left)
        left = [each for each in left if key(election, each) == best]
        if len(left) == 1:
            return Tie(round_, tuple(sorted(candidates)), left[0], method)
    raise Invalid(
        _r(
            "%(projects)s are equal in round %(round)s and the rules do not say which goes first; name a tie rule.",
            projects=", ".join(left),
            round=round_,
        )
    )
