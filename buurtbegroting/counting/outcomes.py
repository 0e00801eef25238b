"""What a count gives: the winners in order, every step, every tie, and why each loser lost."""

from __future__ import annotations

import enum
import json
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any

from .ties import Tie

ENGINE_VERSION = "1"


class StepKind(enum.StrEnum):
    """How a winner was elected."""

    FREE = "free"
    GREEDY = "greedy"
    EQUAL_SHARES = "equal-shares"


class LossReason(enum.StrEnum):
    """Why a project was not elected."""

    NO_VOTES = "no-votes"
    OVER_BUDGET = "over-budget"
    DID_NOT_FIT = "did-not-fit"
    SUPPORTERS_TOO_POOR = "supporters-too-poor"


@dataclass(frozen=True)
class Step:
    """One winner: its round, cost and votes, and the money left in the pot after it.

    With equal shares also how many supporters paid, the most that one of them paid, and the effective votes
    (cost divided by that payment).
    """

    round: int
    project: str
    kind: StepKind
    cost: Fraction
    votes: Fraction
    left: Fraction
    payers: int | None = None
    payment: Fraction | None = None
    effective_votes: Fraction | None = None


@dataclass(frozen=True)
class Loss:
    """One loser: its cost and votes, why it lost, and what its supporters had left at the end of equal shares."""

    project: str
    cost: Fraction
    votes: Fraction
    reason: LossReason
    supporters_left: Fraction | None = None


@dataclass(frozen=True)
class Outcome:
    """The result of one count; the same input gives the same bytes in ``to_json``."""

    rule: str
    utility: str
    completion: str | None
    exhaustive: bool | None
    ties: tuple[str, ...]
    budget: Fraction
    voters: int
    voters_with_a_winner: int
    steps: tuple[Step, ...]
    losses: tuple[Loss, ...]
    ties_met: tuple[Tie, ...]
    endowment_start: Fraction | None
    endowment: Fraction | None
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
        kept = {each.name: body[each.name] for each in fields(cls)}
        return cls(
            **kept
            | _exact(body, "budget", "endowment_start", "endowment")
            | {
                "ties": tuple(body["ties"]),
                "steps": tuple(_step(each) for each in body["steps"]),
                "losses": tuple(_loss(each) for each in body["losses"]),
                "ties_met": tuple(Tie(**each | {"candidates": tuple(each["candidates"])}) for each in body["ties_met"]),
            }
        )


def _exact(body: dict[str, Any], *names: str) -> dict[str, Fraction | None]:
    return {name: None if body[name] is None else Fraction(body[name]) for name in names}


def _step(body: dict[str, Any]) -> Step:
    exact = _exact(body, "cost", "votes", "left", "payment", "effective_votes")
    return Step(**body | exact | {"kind": StepKind(body["kind"])})


def _loss(body: dict[str, Any]) -> Loss:
    exact = _exact(body, "cost", "votes", "supporters_left")
    return Loss(**body | exact | {"reason": LossReason(body["reason"])})
