"""The states of a voting code. That it was used is none of them: nothing is written when somebody votes."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class CodeState(enum.StrEnum):
    """Where a code is between the municipality and its voter."""

    CREATED = "created"
    PRINTED = "printed"
    SENT = "sent"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


# With a code in one of these somebody can vote.
VALID = frozenset({CodeState.CREATED, CodeState.PRINTED, CodeState.SENT})

CODES: Machine[CodeState] = Machine(
    initial=CodeState.CREATED,
    moves={
        "print": (frozenset({CodeState.CREATED}), CodeState.PRINTED),
        "send": (frozenset({CodeState.CREATED, CodeState.PRINTED}), CodeState.SENT),
        "return": (frozenset({CodeState.PRINTED, CodeState.SENT}), CodeState.RETURNED),
        "withdraw": (VALID | {CodeState.RETURNED}, CodeState.WITHDRAWN),
        "replace": (VALID | {CodeState.RETURNED, CodeState.WITHDRAWN}, CodeState.REPLACED),
    },
)
