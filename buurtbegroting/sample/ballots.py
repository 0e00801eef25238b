"""What the people of Waterveld voted: drawn from groups of taste, so that ways of counting really differ."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .plans import SampleProposal
from .rounds import SamplePot, SampleRound, content

_BLANK = 0.012
_CHOICES = 6  # how many plans a voter of a variation-filled round picks on average
_GROUPS = (0.45, 0.3, 0.25)


@dataclass(frozen=True)
class SampleBallots:
    """The ballots of one pot, each a tuple of plan numbers (empty is blank).

    While ``is_open`` they belong in the ballot box only: nothing may show or count them.
    """

    round_number: str
    pot: int
    is_open: bool
    ballots: tuple[tuple[str, ...], ...]


def ballots(
    rounds: Sequence[SampleRound], plans: Sequence[SampleProposal], now: datetime, seed: int, factor: int
) -> tuple[SampleBallots, ...]:
    """Return the ballots of every round that votes or has voted; ``factor`` multiplies those of the small sample."""
    found = []
    for one in rounds:
        for pot in one.pots:
            if not one.ballots:
                continue
            choices = [
                plan
                for plan in plans
                if (plan.round_number, plan.pot, plan.state) == (one.number, pot.position, "feasible")
            ]
            count = one.ballots * (factor if one.key in _WRITTEN else 1)
            chance = random.Random(f"{seed} {one.key} {pot.position} ballots")  # noqa: S311
            cast = tuple(_Voters(one, pot, choices, chance).cast(count))
            ends = one.phase("vote").ends_at
            found.append(SampleBallots(one.number, pot.position, ends is None or now < ends, cast))
    return tuple(found)


_WRITTEN = frozenset({"de-weiden", "oude-haven", "molenkwartier"})


class _Voters:
    """The voters of one pot: groups that like different plans."""

    def __init__(
        self, one: SampleRound, pot: SamplePot, plans: Sequence[SampleProposal], chance: random.Random
    ) -> None:
        self.chance = chance
        self.rulebook = one.rulebook
        self.budget = pot.amount_cents
        self.plans = plans
        self.costs = {plan.number: plan.cost_cents for plan in plans}
        self.shares = tuple(content(one.key).get("groups", _GROUPS))
        self.groups = [self._likes(group) for group in range(len(self.shares))]
        self.mirror = _mirror(plans)

    def cast(self, count: int) -> Iterator[tuple[str, ...]]:
        """Draw ballots; one that holds a single twin is followed by its mirror, so that twins tie exactly."""
        cast: list[tuple[str, ...]] = []
        while len(cast) < count:
            ballot = self._ballot()
            mirrored = tuple(self.mirror.get(number, number) for number in ballot)
            if set(mirrored) == set(ballot):
                cast.append(ballot)
            elif len(cast) + 1 < count:
                cast += [ballot, mirrored]
        self.chance.shuffle(cast)
        return iter(cast)

    def _ballot(self) -> tuple[str, ...]:
        if self.chance.random() < _BLANK:
            return ()
        likes = self.chance.choices(self.groups, weights=self.shares)[0]
        liked = [plan.number for plan, chance in zip(self.plans, likes, strict=True) if self.chance.random() < chance]
        self.chance.shuffle(liked)
        if self.rulebook.ballot_type == "knapsack":
            liked = self._within_budget(liked)
        return tuple(sorted(liked[: self.rulebook.max_choices]))

    def _within_budget(self, liked: Sequence[str]) -> list[str]:
        kept: list[str] = []
        left = self.budget
        for number in liked:
            if self.costs[number] <= left:
                kept.append(number)
                left -= self.costs[number]
        return kept

    def _likes(self, group: int) -> list[float]:
        tastes: dict[str, float] = {}
        drawn = []
        for plan in self.plans:
            taste = tastes.setdefault(plan.theme, self.chance.uniform(0.1, 1.0))
            drawn.append(taste * self.chance.uniform(0.3, 1.0))
        scale = min(1.0, _CHOICES / max(sum(drawn), 1e-9))
        return [
            plan.appeal[group] if plan.appeal else min(0.9, like * scale)
            for plan, like in zip(self.plans, drawn, strict=True)
        ]


def _mirror(plans: Sequence[SampleProposal]) -> dict[str, str]:
    twins: dict[str, list[str]] = {}
    for plan in plans:
        if plan.twin:
            twins.setdefault(plan.twin, []).append(plan.number)
    pairs = [pair for pair in twins.values() if len(pair) == 2]
    return {one: other for first, second in pairs for one, other in ((first, second), (second, first))}
