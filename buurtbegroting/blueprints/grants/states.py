"""Where a seed grant stands."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class GrantState(enum.StrEnum):
    """From the asking to the telling of what came of it."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    PAID = "paid"
    TOLD = "told"
    WITHDRAWN = "withdrawn"


# Until this is over a group asks nothing new.
WAITING = frozenset({GrantState.ASKED, GrantState.PAID})

MACHINE = Machine(
    initial=GrantState.ASKED,
    moves={
        "grant": (frozenset({GrantState.ASKED}), GrantState.GRANTED),
        "refuse": (frozenset({GrantState.ASKED}), GrantState.REFUSED),
        "withdraw": (frozenset({GrantState.ASKED}), GrantState.WITHDRAWN),
        "pay": (frozenset({GrantState.GRANTED}), GrantState.PAID),
        "tell": (frozenset({GrantState.PAID}), GrantState.TOLD),
    },
)
