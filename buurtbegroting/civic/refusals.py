"""Ways in which the town says no. Each carries a reason; the edge turns it into a page, problem+json or exit code."""

from __future__ import annotations

from collections.abc import Mapping

from .reasons import Reason


class Refusal(Exception):
    """What was asked cannot be done, for a reason that a person can read."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class Invalid(Refusal):
    """The input itself is wrong; ``fields`` says per field what to do about it."""

    def __init__(self, reason: Reason, fields: Mapping[str, Reason] | None = None) -> None:
        super().__init__(reason)
        self.fields = dict(fields or {})


class NotFound(Refusal):
    """There is no such thing here, or it may not be known that there is."""


class NotYours(Refusal):
    """Somebody else may do this."""


class NotSignedIn(NotYours):
    """Nobody in particular asks, and that is not enough; signing in may be."""


class NeedsSecondFactor(NotYours):
    """Who asks may do it, after showing once more who they are."""


class NotNow(Refusal):
    """It could be done, but at another moment."""


class TooOften(Refusal):
    """It was tried too many times in a short while."""


class AlreadyDone(Refusal):
    """It has been done before and is not done twice."""


class Changed(Refusal):
    """Somebody else changed the same thing in the meantime."""
