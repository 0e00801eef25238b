"""Voting codes as they stand in letters: made at random, typed over by people, checked before they count as a guess."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from itertools import product

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

# Without I, L, O, 0 and 1, which people take for each other. Their number is a prime, as the check symbol needs.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SELECTOR_LENGTH = 5
SECRET_LENGTH = 10
LENGTH = SELECTOR_LENGTH + SECRET_LENGTH + 1
# What somebody may have read where one of these was typed, none of which is ever printed.
LOOKS_LIKE = {"0": "DQ", "O": "DQ", "1": "7J", "I": "7J", "L": "7J"}
_MOST_LOOKS = 64


@dataclass(frozen=True)
class Code:
    """A code taken apart: the selector finds the row, the secret proves that somebody holds the letter."""

    selector: str
    secret: str

    @property
    def text(self) -> str:
        """The code as it is printed: four groups of four symbols."""
        whole = self.selector + self.secret
        whole += _check_symbol(whole)
        return "-".join(whole[start : start + 4] for start in range(0, LENGTH, 4))


def new_code(selector: str) -> Code:
    """Return a code with a secret of 49.5 bits for a selector."""
    return Code(selector, _random(SECRET_LENGTH))


def new_selector() -> str:
    """Return a selector; whether it is free in a round, the database knows."""
    return _random(SELECTOR_LENGTH)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _check_symbol(symbols: str) -> str:
    """Return the symbol that makes the weighed sum a multiple of 31.

    All weights differ and none is a multiple of 31, so that every single mistake and every swap changes the sum.
    """
    rest = -_weighed(symbols) * pow(LENGTH, -1, len(ALPHABET))
    return ALPHABET[rest % len(ALPHABET)]


def _weighed(symbols: str) -> int:
    return sum(weight * ALPHABET.index(symbol) for weight, symbol in enumerate(symbols, 1))


def typed(text: str) -> Code:
    """Return the code that somebody typed; raise Invalid for one that cannot be, which is no guess.

    Small letters, spaces and other marks are forgiven, and so are signs that look like one of ours.
    """
    plain = [sign for sign in text.upper() if sign.isalnum()]
    if len(plain) != LENGTH:
        raise Invalid(
            _r("A code has %(wanted)s letters and figures. You typed %(number)s.", wanted=LENGTH, number=len(plain))
        )
    looks = [LOOKS_LIKE.get(sign, sign) for sign in plain]
    count = 1
    for each in looks:
        count *= len(each)
    if count <= _MOST_LOOKS and all(sign in ALPHABET for each in looks for sign in each):
        fitting = [found for found in map("".join, product(*looks)) if _weighed(found) % len(ALPHABET) == 0]
        if len(fitting) == 1:
            return Code(fitting[0][:SELECTOR_LENGTH], fitting[0][SELECTOR_LENGTH:-1])
    raise Invalid(_r("There is a typing error in this code. Compare it with your letter, sign by sign."))
