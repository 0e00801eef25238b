"""What a count gives: the winners in order, every step, every tie, and why each loser lost."""

from __future__ import annotations

import enum
import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from .rules import Method
from .ties import Tie

ENGINE_VERSION = "2"


class StepKind(enum.StrEnum):
    """How a winner was elected."""

    FREE = "free"
    GREEDY = "greedy"
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"


class LossReason(enum.StrEnum):
    """Why a project was not elected."""

    NO_VOTES = "no-votes"
    NO_POINTS = "no-points"
    OVER_BUDGET = "over-budget"
    TOO_FEW_VOTES = "too-few-votes"
    BELOW_BAR = "below-bar"
    EXCLUDED = "excluded"
    NEVER_AFFORDABLE = "never-affordable"
    OUTBID = "outbid"
    DID_NOT_FIT = "did-not-fit"
    STOPPED = "stopped"
    FEWER_VOTES = "fewer-votes"


@dataclass(frozen=True)
class Step:
    """One winner: its round, cost and votes, and the money left in the pot after it.

    With equal shares also how many supporters paid, how many of them the full price (the others all they had left),
    and that price: per unit of utility, so where all supporters value it alike, per voter. ``effective_votes`` is the
    cost divided by that price. With Phragmén ``load`` is what each supporter carries afterwards.
    """

    round: int
    project: str
    kind: StepKind
    cost: Fraction
    votes: Fraction
    left: Fraction
    payers: int | None = None
    full_payers: int | None = None
    payment: Fraction | None = None
    effective_votes: Fraction | None = None
    load: Fraction | None = None


@dataclass(frozen=True)
class Loss:
    """One loser: its cost and votes, and why it lost.

    With equal shares also what its supporters could spend together in the run that decided, and had left at its end.
    ``because_of`` is the winner that excluded it, if one did.
    """

    project: str
    cost: Fraction
    votes: Fraction
    reason: LossReason
    could_spend: Fraction | None = None
    supporters_left: Fraction | None = None
    because_of: str | None = None


@dataclass(frozen=True)
class Comparison:
    """How many votes did better under equal shares, under most votes, or the same; and which of both holds."""

    better_equal_shares: Fraction
    better_greedy: Fraction
    same: Fraction

    @property
    def is_greedy(self) -> bool:
        """Whether the outcome by most votes holds."""
        return self.better_greedy > self.better_equal_shares


@dataclass(frozen=True)
class Outcome:
    """The result of one count; the same input gives the same bytes in ``to_json``.

    ``endowment`` is what a vote that counts once could spend in the run that decided, ``endowment_start`` in the first.
    """

    method: Method
    budget: Fraction
    voters: int
    voters_with_a_winner: int
    steps: tuple[Step, ...]
    losses: tuple[Loss, ...]
    ties_met: tuple[Tie, ...]
    endowment_start: Fraction | None
    endowment: Fraction | None
    comparison: Comparison | None
    input_hash: str
    engine_version: str = ENGINE_VERSION

    @property
    def winners(self) -> tuple[str, ...]:
        """The ids of the elected projects in order of election."""
        return tuple(step.project for step in self.steps)

    @property
    def cost(self) -> Fraction:
        """What the winners cost together."""
        return sum((step.cost for step in self.steps), Fraction(0))

    @property
    def left(self) -> Fraction:
        """What stays in the pot."""
        return self.budget - self.cost

    def to_json(self) -> str:
        """Return the outcome as canonical JSON: sorted keys, exact numbers as texts such as "7" or "22/7"."""
        body = asdict(self) | {"winners": self.winners, "cost": self.cost}
        return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        """Return the outcome that ``to_json`` wrote."""
        body = json.loads(text)
        return cls(
            method=_method(body["method"]),
            budget=Fraction(body["budget"]),
            voters=body["voters"],
            voters_with_a_winner=body["voters_with_a_winner"],
            steps=tuple(_step(each) for each in body["steps"]),
            losses=tuple(_loss(each) for each in body["losses"]),
            ties_met=tuple(Tie(**each | {"candidates": tuple(each["candidates"])}) for each in body["ties_met"]),
            endowment_start=_exact(body, "endowment_start")["endowment_start"],
            endowment=_exact(body, "endowment")["endowment"],
            comparison=body["comparison"] and Comparison(**{k: Fraction(v) for k, v in body["comparison"].items()}),
            input_hash=body["input_hash"],
            engine_version=body["engine_version"],
        )


def _exact(body: dict[str, Any], *names: str) -> dict[str, Fraction | None]:
    return {name: None if body[name] is None else Fraction(body[name]) for name in names}


def _method(body: dict[str, Any]) -> Method:
    weights = tuple((channel, Fraction(weight)) for channel, weight in body["weights"])
    return Method(**body | _exact(body, "min_votes") | {"ties": tuple(body["ties"]), "weights": weights})


def _step(body: dict[str, Any]) -> Step:
    exact = _exact(body, "cost", "votes", "left", "payment", "effective_votes", "load")
    return Step(**body | exact | {"kind": StepKind(body["kind"])})


def _loss(body: dict[str, Any]) -> Loss:
    exact = _exact(body, "cost", "votes", "could_spend", "supporters_left")
    return Loss(**body | exact | {"reason": LossReason(body["reason"])})
