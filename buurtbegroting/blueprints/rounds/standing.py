"""Where a round stands at a moment, in words and in the order in which a reader wants to see rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.phases import TITLES, PhaseKind, phase_at
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation.clock import local_day

from .models import Pot, Round, RoundPhase

# What a resident wants to see first: where something can be done now.
_URGENCY = {
    kind: place
    for place, kind in enumerate(
        (
            PhaseKind.VOTE,
            PhaseKind.PROPOSE,
            PhaseKind.DIVIDE,
            PhaseKind.ALL_YEAR,
            PhaseKind.RESULT,
            PhaseKind.ASSESS,
            PhaseKind.DELIVER,
        )
    )
}

_CALLS: dict[PhaseKind, Reason] = {
    PhaseKind.ALL_YEAR: _r("Now: proposing plans, all year"),
    PhaseKind.DIVIDE: _r("Now: dividing the money over subjects"),
    PhaseKind.PROPOSE: _r("Now: proposing plans"),
    PhaseKind.ASSESS: _r("Now: the municipality looks which plans can be done"),
    PhaseKind.VOTE: _r("Now: voting"),
    PhaseKind.RESULT: _r("The result is known"),
    PhaseKind.DELIVER: _r("The chosen plans are being carried out"),
}

_DOING: dict[PhaseKind, Reason] = {
    PhaseKind.ALL_YEAR: _r("You can propose a plan on any day, change it, and talk about the plans of others."),
    PhaseKind.DIVIDE: _r("You can say how the money is divided over subjects, such as green or traffic."),
    PhaseKind.PROPOSE: _r("You can propose a plan, change it, and talk about the plans of others."),
    PhaseKind.ASSESS: _r("You can read the plans and talk about them. The municipality looks which can be done."),
    PhaseKind.VOTE: _r("You can choose the plans that you want."),
    PhaseKind.RESULT: _r("You can see what was chosen, and why."),
    PhaseKind.DELIVER: _r("You can follow how the chosen plans are carried out."),
}

_TURNS: dict[PhaseKind, Reason] = {
    PhaseKind.ALL_YEAR: _r("residents"),
    PhaseKind.DIVIDE: _r("residents"),
    PhaseKind.PROPOSE: _r("residents"),
    PhaseKind.ASSESS: _r("the municipality"),
    PhaseKind.VOTE: _r("voters"),
    PhaseKind.RESULT: _r("the municipality"),
    PhaseKind.DELIVER: _r("the municipality"),
}


@dataclass(frozen=True)
class PhaseLine:
    """One phase as the dated line shows it; days are inclusive, as people read them."""

    kind: PhaseKind
    title: Reason
    first_day: date
    last_day: date | None
    is_now: bool
    is_done: bool


@dataclass(frozen=True)
class Standing:
    """A round at one moment."""

    round: Round
    phase: RoundPhase | None
    moment: datetime

    @property
    def order(self) -> tuple[int, float]:
        """Sort key: what is urgent first, then what ends first, then the newest."""
        if self.phase is None:
            is_coming = bool(self.round.phases) and self.moment < self.round.phases[0].starts_at
            newest = self.round.phases[-1].starts_at.timestamp() if self.round.phases else 0.0
            return (len(_URGENCY) if is_coming else len(_URGENCY) + 1, -newest)
        end = self.phase.ends_at or self.moment
        return (_URGENCY[self.phase.kind], end.timestamp())

    @property
    def is_on(self) -> bool:
        """Whether the round is in a phase now."""
        return self.phase is not None

    @property
    def is_coming(self) -> bool:
        """Whether the round has yet to begin."""
        return self.phase is None and bool(self.round.phases) and self.moment < self.round.phases[0].starts_at

    @property
    def call(self) -> Reason:
        """What is on, in a few words."""
        if self.phase:
            return _CALLS[self.phase.kind]
        return _r("Begins on %(day)s", day=self.first_day) if self.is_coming else _r("This round is over")

    @property
    def turn(self) -> Reason | None:
        """Whose turn it is."""
        return _TURNS[self.phase.kind] if self.phase else None

    @property
    def first_day(self) -> date | None:
        """The day on which the round begins."""
        return local_day(self.round.phases[0].starts_at) if self.round.phases else None

    @property
    def last_day(self) -> date | None:
        """The last day of the phase that is on."""
        return _last_day(self.phase) if self.phase else None

    @property
    def days_left(self) -> int | None:
        """How many days the phase that is on still lasts, today included."""
        return None if self.last_day is None else (self.last_day - local_day(self.moment)).days + 1

    @property
    def lines(self) -> Sequence[PhaseLine]:
        """The phases as a dated line."""
        return [
            PhaseLine(
                kind=each.kind,
                title=TITLES[each.kind],
                first_day=local_day(each.starts_at),
                last_day=_last_day(each),
                is_now=each is self.phase,
                is_done=each.ends_at is not None and each.ends_at <= self.moment,
            )
            for each in self.round.phases
        ]

    @property
    def doing(self) -> Reason | None:
        """What a resident can do now."""
        return _DOING[self.phase.kind] if self.phase else None

    @property
    def coming(self) -> PhaseLine | None:
        """The phase that comes next."""
        return next((line for line in self.lines if not line.is_done and not line.is_now), None)

    @property
    def total(self) -> Money:
        """All money of the round together."""
        return Money(sum(pot.amount_cents for pot in self.round.pots), self.round.currency)

    def cents(self, cents: int) -> Money:
        """An amount in the currency of the round."""
        return Money(cents, self.round.currency)

    def money(self, pot: Pot) -> Money:
        """The money of one pot."""
        return Money(pot.amount_cents, self.round.currency)


def _last_day(phase: RoundPhase) -> date | None:
    # The end is the first moment that no longer belongs to the phase.
    return local_day(phase.ends_at - timedelta(microseconds=1)) if phase.ends_at else None


def standing(round_: Round, moment: datetime) -> Standing:
    """Return where a round stands; its phases must be loaded."""
    return Standing(round=round_, phase=phase_at(round_.phases, moment), moment=moment)
