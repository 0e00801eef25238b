"""Money: whole cents and the currency they are in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .reasons import _r
from .refusals import Invalid


@dataclass(frozen=True, order=True)
class Money:
    """An amount in whole cents."""

    cents: int
    currency: str = "EUR"


def cents_from(amount: Fraction) -> int:
    """Return an exact amount as whole cents; refuse what does not fit in cents."""
    cents = amount * 100
    if cents.denominator != 1:
        raise Invalid(_r("%(amount)s is not a whole number of cents; round it first.", amount=str(amount)))
    return int(cents)
