"""A ballot as it lies before the voter: what can be chosen, within which limits, and whether a choice fits them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

from .secrecy import Choices


@dataclass(frozen=True)
class Option:
    """Something that can be chosen: a plan, or a package of plans. ``key`` is the name by which ballots know it."""

    key: str
    title: str
    cents: int


@dataclass(frozen=True)
class BallotPaper:
    """The ballot of one pot, as it was frozen with the list. ``kind`` is the ballot type of the rulebook."""

    round_id: uuid.UUID
    pot_id: uuid.UUID
    position: int
    kind: str
    options: tuple[Option, ...]
    amount_cents: int
    currency: str
    min_choices: int | None = None
    max_choices: int | None = None
    max_points: int | None = None

    @property
    def is_ranking(self) -> bool:
        """Whether the order of a choice matters."""
        return self.kind == "ordinal"

    @property
    def has_points(self) -> bool:
        """Whether every choice comes with points."""
        return self.kind in ("cumulative", "scoring")

    @property
    def is_single(self) -> bool:
        """Whether exactly one is chosen."""
        return self.kind == "choose-1"

    @property
    def most(self) -> int | None:
        """How many may be chosen at most; None when there is no limit."""
        return 1 if self.is_single else self.max_choices

    @property
    def money(self) -> Money:
        """What there is in the pot."""
        return Money(self.amount_cents, self.currency)

    def cost(self, keys: Sequence[str]) -> Money:
        """Return what some options cost together."""
        return Money(sum(each.cents for each in self.options if each.key in keys), self.currency)

    def in_order(self, seed: str) -> list[Option]:
        """Return the options in an order of chance that stays the same for one voter."""
        return sorted(self.options, key=lambda each: hashlib.sha256(f"{seed}|{each.key}".encode()).digest())

    def check(self, choices: Choices) -> None:
        """Raise Invalid with what is wrong with a choice; choosing nothing is a blank ballot and always right."""
        keys = [key for key, _ in choices]
        known = {each.key for each in self.options}
        if len(set(keys)) != len(keys) or not set(keys) <= known:
            raise Invalid(_r("This ballot was changed on its way. Choose again."))
        if not keys:
            return
        if self.has_points:
            self._check_points([points for _, points in choices])
        elif any(points != 1 for _, points in choices):
            raise Invalid(_r("This ballot was changed on its way. Choose again."))
        for reason in self._limits_passed(keys):
            raise Invalid(reason)

    def _limits_passed(self, keys: Sequence[str]) -> list[Reason]:
        found = []
        if self.most is not None and len(keys) > self.most:
            over = len(keys) - self.most
            found.append(
                _r(
                    "You chose %(number)s. At most %(most)s may be chosen: take %(over)s away.",
                    number=len(keys),
                    most=self.most,
                    over=over,
                )
            )
        if self.min_choices is not None and len(keys) < self.min_choices:
            found.append(
                _r(
                    "You chose %(number)s. Choose at least %(least)s, or vote blank.",
                    number=len(keys),
                    least=self.min_choices,
                )
            )
        if self.kind == "knapsack" and (over_cents := self.cost(keys).cents - self.amount_cents) > 0:
            found.append(
                _r(
                    "Your plans cost %(over)s more than there is in the pot. Take something away.",
                    over=Money(over_cents, self.currency),
                )
            )
        return found

    def _check_points(self, points: Sequence[Fraction]) -> None:
        if any(each.denominator != 1 or each < 0 for each in points):
            raise Invalid(_r("Give whole points, 0 or more."))
        given, most = int(sum(points)), self.max_points
        if most is None:
            return
        if self.kind == "cumulative" and given > most:
            raise Invalid(_r("You gave %(given)s points. You have %(most)s.", given=given, most=most))
        if self.kind == "scoring" and max(points) > most:
            raise Invalid(_r("Give a plan at most %(most)s points.", most=most))
