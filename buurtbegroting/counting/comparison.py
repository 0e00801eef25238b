"""The same election under other rules, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .count import Count
from .elections import Election
from .fairness import Fairness, fairness
from .rules import Method, fitting_utilities, method


@dataclass(frozen=True)
class Alternative:
    """What another method elects: its winners in order, those it adds to and those it takes from the first outcome."""

    method: Method
    winners: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    cost: Fraction
    fairness: Fairness


# What people ask for when they compare, as (rule, completion): one of each kind, not every variant.
_KINDS = (("greedy", None), ("greedy-per-cost", None), ("equal-shares", "add1u"), ("phragmen-skip", None))


def alternatives(election: Election, chosen: Method) -> tuple[Alternative, ...]:
    """Count an election by the rule that was chosen and by each other kind of rule that its ballots allow."""
    first = _winners(election, chosen)
    found = [(chosen, first)]
    for rule, completion in _KINDS:
        if (rule.startswith("phragmen") and not election.ballot_type.is_approval) or rule == chosen.rule:
            continue
        utility = chosen.utility if chosen.utility in fitting_utilities(election.ballot_type) else None
        other = method(
            election.ballot_type,
            rule,
            utility,
            completion,
            tie_chain=chosen.ties,
            seed=chosen.seed,
            min_votes=chosen.min_votes,
            weights=dict(chosen.weights),
        )
        found.append((other, _winners(election, other)))
    return tuple(_alternative(election, each, winners, first) for each, winners in found)


def _winners(election: Election, how: Method) -> tuple[str, ...]:
    return Count(election, how).elected.winners


def _alternative(election: Election, how: Method, winners: tuple[str, ...], first: tuple[str, ...]) -> Alternative:
    return Alternative(
        method=how,
        winners=winners,
        added=tuple(sorted(set(winners) - set(first))),
        dropped=tuple(sorted(set(first) - set(winners))),
        cost=sum((election.by_id[id_].cost for id_ in winners), Fraction(0)),
        fairness=fairness(election, winners),
    )
