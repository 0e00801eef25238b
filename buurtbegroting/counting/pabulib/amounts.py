"""Numbers as a Pabulib file writes them: plain digits, read and written exactly."""

from __future__ import annotations

import re
from fractions import Fraction

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

# No amount of money and no number of points needs more; a number of a million digits would take hours to read.
MAX_SIGNS = 40

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_WHOLE = re.compile(r"[0-9]+")


def amount_from(text: str) -> Fraction | None:
    """Return the number that a text writes with a decimal point or comma, or None when it is no such number."""
    whole = whole_from(text)
    if whole is not None:
        return Fraction(whole)
    text = text.strip()
    return Fraction(text.replace(",", ".")) if len(text) <= MAX_SIGNS and _NUMBER.fullmatch(text) else None


def whole_from(text: str) -> int | None:
    """Return the whole number, zero or more, that a text writes in plain digits, or None."""
    text = text.strip()
    return int(text) if len(text) <= MAX_SIGNS and _WHOLE.fullmatch(text) else None


def written(amount: Fraction) -> str:
    """Write an amount in decimals, exactly; raise Invalid when it has no end, such as a third, or is too long."""
    decimals = _decimals(amount.denominator)
    digits = "" if decimals is None else str(abs(int(amount * 10**decimals))).rjust(decimals + 1, "0")
    if decimals is None or len(digits) > MAX_SIGNS - 2:
        raise Invalid(_r("%(amount)s cannot be written in decimals; a Pabulib file needs that.", amount=str(amount)))
    sign = "-" if amount < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def _decimals(denominator: int) -> int | None:
    """Return how many decimals a fraction in lowest terms needs; None when no number of them is enough."""
    for decimals in range(MAX_SIGNS):
        if 10**decimals % denominator == 0:
            return decimals
    return None
