"""Every way of counting as its authors define it: one voter at a time, in fractions, in plain loops.

This is the judge of the engine and shares nothing with it but the ballots. Where the definitions leave room:

- Free projects (cost 0) win under every rule but ``packages``, before all others, in order of id.
- A tie is broken among projects that can still be elected; only ``greedy-stop`` puts all of them in one order first.
- Votes are what a ballot says: an approval or a place in a ranking is 1, points are points, times the weight.
- A project outside the eligibility bar or under the minimum of votes is as if it were not in the list.
- What a winner excludes is left out, and never stops a count.
- Equal shares and Phragmén leave out from the start what costs more than the whole budget and what nobody supports.
  (The research library lets the first end a series of raises, and Phragmén buy the second when nothing else is left.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from buurtbegroting.counting.elections import BallotType, Election
from tests.factories.voters import Voter, voters_of

ZERO = Fraction(0)


@dataclass
class Shared:
    """Equal shares with one endowment: winners in order, who paid what for each, and what every voter has left."""

    winners: list[str]
    payments: dict[str, dict[int, Fraction]] = field(default_factory=dict)
    left: list[Fraction] = field(default_factory=list)
    endowment: Fraction = ZERO


class Textbook:
    """An election with a way of counting it; ``winners`` gives the elected ids in order."""

    def __init__(
        self,
        election: Election,
        utility: str = "cost",
        ties: Sequence[str] = ("id",),
        *,
        seed: str = "",
        weights: Mapping[str, Fraction] | None = None,
        min_votes: int | None = None,
        has_bar: bool = False,
    ) -> None:
        self.budget = election.budget
        self.ties, self.seed = ties, seed
        self.exclusive = election.exclusive
        self.cost = {project.id: project.cost for project in election.projects}
        self.voters = voters_of(election, utility, weights or {})
        self.people = sum((voter.weight for voter in self.voters), ZERO)
        self.votes = {id_: self._sum(voter.votes.get(id_, ZERO) for voter in self.voters) for id_ in self.cost}
        self.score = self.votes
        if election.ballot_type is BallotType.ORDINAL and utility in ("borda", "places"):
            self.score = {id_: self._sum(voter.utility.get(id_, ZERO) for voter in self.voters) for id_ in self.cost}
        self.taking_part = [
            id_
            for id_ in sorted(self.cost)
            if (min_votes is None or self.score[id_] >= min_votes or not self.cost[id_])
            and (not has_bar or self._supporters(id_) * 3 * self.budget >= self.cost[id_] * self.people)
        ]

    def _sum(self, values: Iterable[Fraction]) -> Fraction:
        return sum((voter.weight * value for voter, value in zip(self.voters, values, strict=True)), ZERO)

    def _supporters(self, id_: str) -> Fraction:
        return self._sum(Fraction(voter.votes.get(id_, ZERO) > 0) for voter in self.voters)

    def free(self) -> list[str]:
        """What costs nothing; of those that exclude each other the highest score first, then the chain."""
        waiting = [id_ for id_ in self.taking_part if not self.cost[id_]]
        winners: list[str] = []
        while waiting := [id_ for id_ in waiting if id_ not in winners and not self.is_excluded(id_, winners)]:
            alone = [id_ for id_ in waiting if not self.is_excluded(id_, waiting)]
            most = max(self.score[id_] for id_ in waiting)
            winners.append(alone[0] if alone else self.first(id_ for id_ in waiting if self.score[id_] == most))
        return sorted(winners)

    def is_excluded(self, id_: str, winners: Iterable[str]) -> bool:
        return any(id_ in group and winner in group for group in self.exclusive for winner in winners)

    def total(self, ids: Iterable[str]) -> Fraction:
        return sum((self.cost[id_] for id_ in ids), ZERO)

    def first(self, tied: Iterable[str]) -> str:
        """Break a tie by the chain, each test among those the tests before it left."""
        left = sorted(tied)
        keys: dict[str, Callable[[str], object]] = {
            "cheapest": lambda id_: self.cost[id_],
            "dearest": lambda id_: -self.cost[id_],
            "most-votes": lambda id_: -self._supporters(id_),
            "drawn": lambda id_: hashlib.sha256(f"{self.seed}|{id_}".encode()).hexdigest(),
            "id": lambda id_: id_,
        }
        for name in self.ties:
            best = min(keys[name](id_) for id_ in left)  # type: ignore[type-var]
            left = [id_ for id_ in left if keys[name](id_) == best]
        assert len(left) == 1, f"The chain {self.ties} leaves {left} equal."
        return left[0]

    # -- greedy and packages

    def greedy(self, winners: Sequence[str] = (), *, per_cost: bool = False) -> list[str]:
        """The highest score (or score per cost) that still fits goes first, after those that won already."""
        elected = [*winners] or self.free()
        while True:
            left = self.budget - self.total(elected)
            fitting = {
                id_: self.score[id_] / self.cost[id_] if per_cost else self.score[id_]
                for id_ in self.taking_part
                if 0 < self.cost[id_] <= left and id_ not in elected and not self.is_excluded(id_, elected)
            }
            if not fitting:
                return elected
            elected.append(self.first(id_ for id_ in fitting if fitting[id_] == max(fitting.values())))

    def greedy_stop(self) -> list[str]:
        """In order of score, until the first that does not fit; what costs more than the whole budget takes no part."""
        elected = self.free()
        waiting = [id_ for id_ in self.taking_part if 0 < self.cost[id_] <= self.budget]
        while waiting := [id_ for id_ in waiting if not self.is_excluded(id_, elected)]:
            most = max(self.score[id_] for id_ in waiting)
            following = self.first(id_ for id_ in waiting if self.score[id_] == most)
            if self.cost[following] > self.budget - self.total(elected):
                break
            elected.append(following)
            waiting.remove(following)
        return elected

    def packages(self) -> list[str]:
        """The one with most votes among those that the budget can pay."""
        fitting = [id_ for id_ in self.taking_part if self.cost[id_] <= self.budget]
        most = max((self.score[id_] for id_ in fitting), default=ZERO)
        return [self.first(id_ for id_ in fitting if self.score[id_] == most)] if fitting else []

    # -- equal shares

    def rate(self, id_: str, purses: Sequence[Fraction]) -> Fraction | None:
        """The least rate at which the supporters pay the whole cost; None when they cannot."""
        able = [
            (purse / voter.utility[id_], voter.weight, purse, voter.utility[id_])
            for purse, voter in zip(purses, self.voters, strict=True)
            if id_ in voter.utility
        ]
        missing = self.cost[id_]
        worth = sum((weight * utility for _, weight, _, utility in able), ZERO)
        for highest, weight, purse, utility in sorted(able):
            if missing <= highest * worth:
                return missing / worth
            missing -= weight * purse
            worth -= weight * utility
        return None

    def share(self, endowment: Fraction) -> Shared:
        """One run of equal shares in which every person has ``endowment``."""
        counted = Shared(self.free(), left=[endowment] * len(self.voters), endowment=endowment)
        candidates = {id_ for id_ in self.taking_part if 0 < self.cost[id_] <= self.budget}
        while True:
            candidates = {id_ for id_ in candidates if not self.is_excluded(id_, counted.winners)}
            known = ((id_, self.rate(id_, counted.left)) for id_ in candidates)
            rates = {id_: rate for id_, rate in known if rate is not None}
            if not rates:
                return counted
            bought = self.first(id_ for id_ in rates if rates[id_] == min(rates.values()))
            paid = {
                number: min(counted.left[number], rates[bought] * voter.utility[bought])
                for number, voter in enumerate(self.voters)
                if bought in voter.utility
            }
            for number, payment in paid.items():
                counted.left[number] -= payment
            counted.winners.append(bought)
            counted.payments[bought] = paid
            candidates.remove(bought)

    def start(self) -> Fraction:
        return self.budget / self.people if self.people else ZERO

    def add1(self, *, is_exhaustive: bool, start: Fraction | None = None) -> Shared:
        """Raise the share by 1 and count anew, for as long as the winners cost no more than there is."""
        supported = {id_ for voter in self.voters for id_ in voter.utility if id_ in self.taking_part}
        wanted = {id_ for id_ in supported if 0 < self.cost[id_] <= self.budget}
        counted = self.share(self.start() if start is None else start)
        while True:
            left = self.budget - self.total(counted.winners)
            others = {id_ for id_ in wanted.difference(counted.winners) if not self.is_excluded(id_, counted.winners)}
            if not others or (is_exhaustive and all(self.cost[id_] > left for id_ in others)):
                return counted
            following = self.share(counted.endowment + 1)
            if self.total(following.winners) > self.budget:
                return counted
            counted = following

    def completed(self, completion: str, *, is_exhaustive: bool = True) -> Shared:
        """Equal shares with its completion; the endowment and payments are those of its last run."""
        is_raised = completion in ("add1", "add1u")
        counted = self.add1(is_exhaustive=is_exhaustive) if is_raised else self.share(self.start())
        if completion in ("greedy", "add1u"):
            counted.winners = self.greedy(counted.winners)
        return counted

    def preferred(self, winners: list[str]) -> list[str]:
        """What plain greedy elects when more people are strictly better off with it; ``winners`` otherwise."""
        others = self.greedy()
        better = worse = ZERO
        for voter in self.voters:
            here = sum((voter.utility.get(id_, ZERO) for id_ in winners), ZERO)
            there = sum((voter.utility.get(id_, ZERO) for id_ in others), ZERO)
            better += voter.weight * (there > here)
            worse += voter.weight * (there < here)
        return others if better > worse else winners

    # -- Phragmén

    def phragmen(self, *, is_skipping: bool) -> list[str]:
        """Each cost is a load on its supporters, levelled among them; the least new load is bought first.

        The new load is (cost + sum of the loads of the supporters) / supporters. A project over the whole budget and
        one without supporters take no part. Without skipping the count stops when, of the projects that are exactly
        equal in new load, any one (not only the one that the tie chain would put first) costs more than what is left,
        as in the research library; with skipping such projects are left out before loads are compared.
        """
        elected = self.free()
        loads = [ZERO] * len(self.voters)
        waiting = {id_ for id_ in self.taking_part if 0 < self.cost[id_] <= self.budget and self._supporters(id_)}
        while True:
            left = self.budget - self.total(elected)
            waiting = {
                id_
                for id_ in waiting
                if not self.is_excluded(id_, elected) and (self.cost[id_] <= left or not is_skipping)
            }
            new = {
                id_: (self.cost[id_] + self._sum(load * (id_ in voter.votes) for load, voter in self._with(loads)))
                / self._supporters(id_)
                for id_ in waiting
            }
            tied = [id_ for id_ in new if new[id_] == min(new.values())]
            if not tied or any(self.cost[id_] > left for id_ in tied):
                return elected
            bought = self.first(tied)
            loads = [new[bought] if bought in voter.votes else load for load, voter in self._with(loads)]
            elected.append(bought)
            waiting.remove(bought)

    def _with(self, loads: Sequence[Fraction]) -> Iterable[tuple[Fraction, Voter]]:
        return zip(loads, self.voters, strict=True)


def winners(
    election: Election,
    rule: str,
    utility: str,
    completion: str | None = None,
    *,
    is_exhaustive: bool = True,
    is_compared: bool = False,
    tie_chain: Sequence[str] = ("id",),
    **facts: object,
) -> list[str]:
    """Count by the textbook with the names that a rulebook uses."""
    textbook = Textbook(election, utility, tie_chain, **facts)  # type: ignore[arg-type]
    if rule == "equal-shares":
        shared = textbook.completed(completion or "none", is_exhaustive=is_exhaustive).winners
        return textbook.preferred(shared) if is_compared else shared
    counts: dict[str, Callable[[], list[str]]] = {
        "greedy": textbook.greedy,
        "greedy-per-cost": lambda: textbook.greedy(per_cost=True),
        "greedy-stop": textbook.greedy_stop,
        "packages": textbook.packages,
        "phragmen": lambda: textbook.phragmen(is_skipping=False),
        "phragmen-skip": lambda: textbook.phragmen(is_skipping=True),
    }
    return counts[rule]()
