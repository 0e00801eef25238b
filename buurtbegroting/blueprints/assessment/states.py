"""The states of an assessment and the moves between them."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine
from buurtbegroting.civic.reasons import _r


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

# How these are called on pages; the kinds are those of notes.
VERDICTS = {
    Judgement.CAN.value: _r("Can be done"),
    Judgement.IF_CHANGED.value: _r("Can be done, if it changes"),
    Judgement.CANNOT.value: _r("Cannot be done"),
}
MARKS = {
    Mark.YES.value: _r("Yes"),
    Mark.PARTLY.value: _r("Partly"),
    Mark.NO.value: _r("No"),
    Mark.NOT_APPLICABLE.value: _r("Does not apply"),
}
STATES = {
    AssessmentState.OPEN: _r("To be looked at"),
    AssessmentState.ASKED: _r("Question to the makers"),
    AssessmentState.HANDED_OVER: _r("With an owner from outside"),
    AssessmentState.NOT_OURS: _r("Given back: not ours"),
    AssessmentState.ABSENT: _r("Assessor is away"),
    AssessmentState.ANSWERED: _r("Answered, not published"),
    AssessmentState.PUBLISHED: _r("Published"),
}
KINDS = {
    "note": _r("Note"),
    "assigned": _r("Given"),
    "delegated": _r("Passed on"),
    "not-ours": _r("Not ours"),
    "involved": _r("Involved in the plan"),
    "away": _r("Away"),
    "asked": _r("Asked the makers"),
    "handed-over": _r("Asked an owner from outside"),
    "owner": _r("Owner from outside filled in"),
    "link-withdrawn": _r("Link withdrawn"),
    "answered": _r("Answered"),
    "opened-again": _r("Answer taken back"),
    "published": _r("Published"),
    "changed": _r("The makers changed the plan"),
    "second-look": _r("Second look asked"),
}
