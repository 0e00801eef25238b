"""What a policy answers: yes, or no with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from .reasons import Reason
from .refusals import NotYours, Refusal


@dataclass(frozen=True)
class Yes:
    """It may be done."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class No:
    """It may not be done; ``refusal`` is the kind of no (a hidden thing answers NotFound, not NotYours)."""

    reason: Reason
    refusal: type[Refusal] = NotYours

    def __bool__(self) -> bool:
        return False


Verdict = Yes | No


def insist(verdict: Verdict) -> None:
    """Raise the refusal that a No stands for; the first line of every deed."""
    if isinstance(verdict, No):
        raise verdict.refusal(verdict.reason)
