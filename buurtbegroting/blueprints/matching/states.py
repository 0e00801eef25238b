"""Kinds of help, the states of a need or an offer, and those of a match."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine
from buurtbegroting.civic.reasons import _r


class Side(enum.StrEnum):
    """Whether somebody asks or offers."""

    NEED = "vraag"
    OFFER = "aanbod"

    @property
    def other(self) -> Side:
        """The side that answers this one."""
        return Side.OFFER if self is Side.NEED else Side.NEED


class Kind(enum.StrEnum):
    """What help is asked or offered, by the word that stands in addresses."""

    HANDS = "handen"
    SPACE = "ruimte"
    MONEY = "geld"
    KNOWLEDGE = "kennis"
    TOOLS = "gereedschap"
    PERMIT = "vergunning"
    TAKE_OVER = "overnemen"
    COOKING = "koken"
    COMPANY = "gezelschap"
    LIFT = "vervoer"


KINDS = {
    Kind.HANDS: _r("Hands"),
    Kind.SPACE: _r("Space"),
    Kind.MONEY: _r("A way to money"),
    Kind.KNOWLEDGE: _r("Knowledge"),
    Kind.TOOLS: _r("Tools and things"),
    Kind.PERMIT: _r("Help with a permit"),
    Kind.TAKE_OVER: _r("Take over for a while"),
    Kind.COOKING: _r("Cooking"),
    Kind.COMPANY: _r("Company"),
    Kind.LIFT: _r("A lift"),
}
# Help to one person at home or on the way: it is asked through a broker only.
FOR_ONE = frozenset({Kind.COOKING, Kind.COMPANY, Kind.LIFT})
FOR_GROUPS = frozenset(Kind) - FOR_ONE


class State(enum.StrEnum):
    """Where a need or an offer stands."""

    OPEN = "open"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


STATES = {
    State.OPEN: _r("Open"),
    State.MATCHED: _r("Found"),
    State.WITHDRAWN: _r("Taken back"),
    State.LAPSED: _r("Its time is over"),
}
MACHINE = Machine(
    initial=State.OPEN,
    moves={
        "match": (frozenset({State.OPEN}), State.MATCHED),
        "withdraw": (frozenset({State.OPEN, State.MATCHED}), State.WITHDRAWN),
        "lapse": (frozenset({State.OPEN}), State.LAPSED),
        "reopen": (frozenset({State.MATCHED, State.WITHDRAWN, State.LAPSED}), State.OPEN),
    },
)


class MatchState(enum.StrEnum):
    """Where a match stands: one side asked, both said yes or a broker tied them, one said no, it is over."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"


MATCHING = Machine(
    initial=MatchState.PROPOSED,
    moves={
        "agree": (frozenset({MatchState.PROPOSED}), MatchState.AGREED),
        "decline": (frozenset({MatchState.PROPOSED}), MatchState.DECLINED),
        "end": (frozenset({MatchState.AGREED}), MatchState.ENDED),
    },
)

DAYS = {
    "ma": _r("Monday"),
    "di": _r("Tuesday"),
    "wo": _r("Wednesday"),
    "do": _r("Thursday"),
    "vr": _r("Friday"),
    "za": _r("Saturday"),
    "zo": _r("Sunday"),
}
PARTS = {
    "ochtend": _r("In the morning"),
    "middag": _r("In the afternoon"),
    "avond": _r("In the evening"),
}
