"""Ways in which somebody proves to be a voter, and which of them may count side by side."""

from __future__ import annotations

import enum
from collections.abc import Collection

from .reasons import Reason, _r


class Proof(enum.StrEnum):
    """A way to prove to be a voter; the rulebook of a round names those that count in it."""

    CODE = "code"
    IDENTITY = "identity"
    COUNTER = "counter"
    PROXY = "proxy"
    ACCOUNT = "account"


TITLES: dict[Proof, Reason] = {
    Proof.CODE: _r("A letter with a code, for every voter"),
    Proof.IDENTITY: _r("Signing in with DigiD, Yivi or the municipality"),
    Proof.COUNTER: _r("At the counter, with proof of identity"),
    Proof.PROXY: _r("Another voter may vote for them (at most two each)"),
    Proof.ACCOUNT: _r("An account with a confirmed e-mail address (this makes it a poll)"),
}


def refused_together(proofs: Collection[str]) -> Reason | None:
    """Tell why some proofs cannot count in one round, or None: all of them must lead to the same register."""
    if not proofs:
        return _r("Choose at least one way to prove who may vote.")
    if Proof.ACCOUNT in proofs and len(set(proofs)) > 1:
        return _r(
            "An account cannot be combined with another way. "
            "Nobody could tell that it is the same person, and somebody could vote twice."
        )
    if not {Proof.ACCOUNT, Proof.CODE, Proof.IDENTITY} & set(proofs):
        return _r("The counter and a proxy are extra ways. Choose a letter with a code, or signing in, besides them.")
    return None


def is_poll(proofs: Collection[str]) -> bool:
    """Tell whether voters prove themselves by an account alone; that is a poll, and never called a vote."""
    return set(proofs) == {Proof.ACCOUNT}
