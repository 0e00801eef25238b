"""The stages of an initiative, and where the municipality's answer to it stands."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class Stage(enum.StrEnum):
    """How far an initiative is; its members say so themselves."""

    IDEA = "idea"
    STARTING = "starting"
    ACTIVE = "active"
    INDEPENDENT = "independent"
    ENDED = "ended"


_GOING_ON = frozenset(Stage) - {Stage.ENDED}

STAGES = Machine(
    initial=Stage.IDEA,
    moves={
        "think": (frozenset(Stage) - {Stage.IDEA}, Stage.IDEA),
        "start": (frozenset(Stage) - {Stage.STARTING}, Stage.STARTING),
        "run": (frozenset(Stage) - {Stage.ACTIVE}, Stage.ACTIVE),
        "stand alone": (_GOING_ON - {Stage.INDEPENDENT}, Stage.INDEPENDENT),
        "end": (_GOING_ON, Stage.ENDED),
    },
)

# The move that leads to each stage.
MOVES = {target: name for name, (_, target) in STAGES.moves.items()}


class AnswerState(enum.StrEnum):
    """What the municipality says; the starting point is yes."""

    NOT_ASKED = "not-asked"
    WAITING = "waiting"
    YES = "yes"
    YES_IF = "yes-if"
    NO = "no"


ANSWERED = frozenset({AnswerState.YES, AnswerState.YES_IF, AnswerState.NO})
_ANSWERABLE = frozenset({AnswerState.WAITING, AnswerState.YES_IF, AnswerState.NO})

ANSWERING = Machine(
    initial=AnswerState.WAITING,
    moves={
        "answer yes": (_ANSWERABLE, AnswerState.YES),
        "answer yes if": (_ANSWERABLE - {AnswerState.YES_IF}, AnswerState.YES_IF),
        "answer no": (_ANSWERABLE - {AnswerState.NO}, AnswerState.NO),
        "ask": (ANSWERED | {AnswerState.NOT_ASKED}, AnswerState.WAITING),
        "take back": (frozenset({AnswerState.WAITING}), AnswerState.NOT_ASKED),
    },
)
