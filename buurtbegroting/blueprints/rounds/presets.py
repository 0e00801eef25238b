"""The models from which a round is made; everything that they say can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation.clock import AMSTERDAM

from .models import Round, RoundPhase, Rulebook

# Weeks from the making of a round until its first phase: time to set it up and to make it known.
LEAD = timedelta(weeks=4)
# A pot that would open after August is made for the next budget year.
LAST_MONTH_TO_BEGIN = 8
ALL_STEPS = (
    *("naam", "geld", "herkomst", "wie-stelt-voor", "wie-kiest", "stembiljet", "telwijze"),
    *("wanneer", "vragen", "belofte"),
)
WITHOUT_BALLOT = tuple(step for step in ALL_STEPS if step not in ("stembiljet", "telwijze"))


@dataclass(frozen=True)
class Preset:
    """A model of a round: its phases in weeks, the rules that differ from the usual, and what is asked about it."""

    name: str
    title: Reason
    explanation: Reason
    weeks: Sequence[tuple[PhaseKind, int]]
    rules: Mapping[str, Any] = field(default_factory=dict)
    steps: Sequence[str] = ALL_STEPS


_PROMISE_NL = "De gemeente voert uit wat is gekozen, tenzij dat niet mag of niet kan. Dan zegt zij waarom."

PRESETS: Mapping[str, Preset] = {
    each.name: each
    for each in (
        Preset(
            "all-year",
            _r("A pot that is open all year"),
            _r(
                "Residents hand in a plan on any day. "
                "A committee, jury or official decides on fixed days. Good for small plans."
            ),
            ((PhaseKind.ALL_YEAR, 52),),
            {"decision_form": "jury", "decided_by": "Bewonersadviesgroep", "leftover": "reserve"},
            WITHOUT_BALLOT,
        ),
        Preset(
            "simple",
            _r("A simple round with an evening"),
            _r(
                "Residents hand in plans, the municipality says what can be done, and one evening they choose "
                "in a hall. No letters with codes."
            ),
            (
                (PhaseKind.PROPOSE, 4),
                (PhaseKind.ASSESS, 4),
                (PhaseKind.VOTE, 1),
                (PhaseKind.RESULT, 2),
                (PhaseKind.DELIVER, 26),
            ),
            {"decision_form": "live", "ballot_type": "approval", "max_choices": 3, "rule": "greedy"},
        ),
        Preset(
            "codes",
            _r("A round with voting codes"),
            _r(
                "Every resident gets a letter with a code. They vote on the site, on paper or at the counter. "
                "For larger pots and a binding vote."
            ),
            (
                (PhaseKind.PROPOSE, 6),
                (PhaseKind.ASSESS, 8),
                (PhaseKind.VOTE, 3),
                (PhaseKind.RESULT, 3),
                (PhaseKind.DELIVER, 40),
            ),
        ),
    )
}


def fresh_round(preset: Preset, title: str, today: date) -> Round:
    """Return a draft round after a model, with dates from ``today``; it has no money and no questions yet."""
    made = Round(title=title, preset=preset.name, state="draft")
    made.phases = phases(preset, today + LEAD)
    made.rulebook = Rulebook(promise=_PROMISE_NL, **preset.rules)
    return made


def phases(preset: Preset, earliest: date) -> list[RoundPhase]:
    """Return the phases of a model one after another, from the first Monday on or after a day.

    A pot that is open all year goes by the calendar year, as budgets do.
    """
    if preset.weeks[0][0] is PhaseKind.ALL_YEAR:
        return [_rest_of_year(earliest)]
    start = earliest + timedelta(days=-earliest.weekday() % 7)
    made = []
    for kind, weeks in preset.weeks:
        end = start + timedelta(weeks=weeks)
        made.append(RoundPhase(kind_name=kind.value, starts_at=midnight(start), ends_at=midnight(end)))
        start = end
    return made


def _rest_of_year(earliest: date) -> RoundPhase:
    """Return a phase until the end of the year; late in the year, all of the next."""
    is_late = earliest.month > LAST_MONTH_TO_BEGIN
    start = date(earliest.year + 1, 1, 1) if is_late else earliest
    end = date(start.year + 1, 1, 1)
    return RoundPhase(kind_name=PhaseKind.ALL_YEAR.value, starts_at=midnight(start), ends_at=midnight(end))


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins for people in the Netherlands."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM)
