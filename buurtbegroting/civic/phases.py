"""Phases of a round: dated data, and one table of what each allows."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from .reasons import Reason, _r


class PhaseKind(enum.StrEnum):
    """The phases a round can have, in their usual order; a pot that is open all year has one of its own."""

    ALL_YEAR = "all-year"
    DIVIDE = "divide"
    PROPOSE = "propose"
    ASSESS = "assess"
    VOTE = "vote"
    RESULT = "result"
    DELIVER = "deliver"


class Act(enum.StrEnum):
    """What can be done, or seen, in a round."""

    DIVIDE = "divide"
    PROPOSE = "propose"
    CHANGE = "change"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    SUPPORT = "support"
    VOTE = "vote"
    DECIDE = "decide"
    SEE_RESULT = "see-result"


ALLOWS: dict[PhaseKind, frozenset[Act]] = {
    PhaseKind.ALL_YEAR: frozenset(
        {Act.PROPOSE, Act.CHANGE, Act.AMEND, Act.WITHDRAW, Act.SUPPORT, Act.DECIDE, Act.SEE_RESULT}
    ),
    PhaseKind.DIVIDE: frozenset({Act.DIVIDE}),
    PhaseKind.PROPOSE: frozenset({Act.PROPOSE, Act.CHANGE, Act.AMEND, Act.WITHDRAW, Act.SUPPORT}),
    # Then only what the municipality asked to change is still changed.
    PhaseKind.ASSESS: frozenset({Act.AMEND, Act.WITHDRAW}),
    PhaseKind.VOTE: frozenset({Act.VOTE, Act.DECIDE}),
    PhaseKind.RESULT: frozenset({Act.DECIDE, Act.SEE_RESULT}),
    PhaseKind.DELIVER: frozenset({Act.SEE_RESULT}),
}

# A result that was shown is never taken away again, also not when the round is over.
LASTING = frozenset({Act.SEE_RESULT})

TITLES: dict[PhaseKind, Reason] = {
    PhaseKind.ALL_YEAR: _r("Open all year"),
    PhaseKind.DIVIDE: _r("Dividing the money over subjects"),
    PhaseKind.PROPOSE: _r("Proposing plans"),
    PhaseKind.ASSESS: _r("Can this plan be done?"),
    PhaseKind.VOTE: _r("Voting"),
    PhaseKind.RESULT: _r("Result"),
    PhaseKind.DELIVER: _r("At work"),
}


class Phase(Protocol):
    """A phase with its half-open interval ``[starts_at, ends_at)``; without an end it goes on."""

    @property
    def kind(self) -> PhaseKind: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...


P = TypeVar("P", bound=Phase)


def phase_at(phases: Sequence[P], moment: datetime) -> P | None:
    """Return the phase that a moment falls in: the only answer to "where is this round now?"."""
    for phase in phases:
        if phase.starts_at <= moment and (phase.ends_at is None or moment < phase.ends_at):
            return phase
    return None


def allows(phases: Sequence[Phase], act: Act, moment: datetime) -> bool:
    """Tell whether an act is allowed at a moment; between phases nothing is, except what lasts once it was allowed."""
    if act in LASTING:
        return any(act in ALLOWS[phase.kind] and phase.starts_at <= moment for phase in phases)
    phase = phase_at(phases, moment)
    return phase is not None and act in ALLOWS[phase.kind]


def allows_on(phases: Sequence[Phase], act: Act, hours: tuple[datetime, datetime]) -> bool:
    """Tell whether an act was allowed at any moment of a stretch of time ``[from, until)``, such as a day."""
    begins, ends = hours
    return any(
        act in ALLOWS[phase.kind] and phase.starts_at < ends and (phase.ends_at is None or begins < phase.ends_at)
        for phase in phases
    )
