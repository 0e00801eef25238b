"""The states of an assessment and the moves between them."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class AssessmentState(enum.StrEnum):
    """Where a look at a plan stands."""

    OPEN = "open"
    ASKED = "asked"
    HANDED_OVER = "handed-over"
    NOT_OURS = "not-ours"
    ABSENT = "absent"
    ANSWERED = "answered"
    PUBLISHED = "published"


class Judgement(enum.StrEnum):
    """What the municipality says of a plan as a whole."""

    CAN = "can"
    IF_CHANGED = "can-if-changed"
    CANNOT = "cannot"


class Mark(enum.StrEnum):
    """What is said of a plan by one criterion."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"


class PairState(enum.StrEnum):
    """What a person made of two plans that may exclude each other."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


# Somebody of the municipality can write on the card.
IN_HAND = frozenset({AssessmentState.OPEN, AssessmentState.ASKED, AssessmentState.HANDED_OVER})

# Nothing was decided yet: the card can get another department or assessor.
UNDECIDED = IN_HAND | {AssessmentState.NOT_OURS, AssessmentState.ABSENT}

MACHINE = Machine(
    initial=AssessmentState.OPEN,
    moves={
        "assign": (frozenset({AssessmentState.NOT_OURS, AssessmentState.ABSENT}), AssessmentState.OPEN),
        "ask the author": (frozenset({AssessmentState.OPEN}), AssessmentState.ASKED),
        "hear the author": (frozenset({AssessmentState.ASKED}), AssessmentState.OPEN),
        "hand over": (frozenset({AssessmentState.OPEN, AssessmentState.HANDED_OVER}), AssessmentState.HANDED_OVER),
        "take back": (frozenset({AssessmentState.HANDED_OVER}), AssessmentState.OPEN),
        "not ours": (frozenset({AssessmentState.OPEN}), AssessmentState.NOT_OURS),
        "go away": (frozenset({AssessmentState.OPEN}), AssessmentState.ABSENT),
        "answer": (frozenset({AssessmentState.OPEN, AssessmentState.HANDED_OVER}), AssessmentState.ANSWERED),
        "open again": (frozenset({AssessmentState.ANSWERED}), AssessmentState.OPEN),
        "publish": (frozenset({AssessmentState.ANSWERED}), AssessmentState.PUBLISHED),
        "look again": (frozenset({AssessmentState.PUBLISHED}), AssessmentState.OPEN),
    },
)
