"""What a round still needs before everybody can know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.reasons import Reason, _r

from .models import Round
from .rulebook import WITH_BALLOT


@dataclass(frozen=True)
class Missing:
    """Something that is not there yet, and the question of the wizard where it is filled in."""

    step: str
    reason: Reason


def missing(round_: Round, now: datetime) -> list[Missing]:
    """Return what a round still needs, in the order of the questions."""
    return [Missing(step, reason) for step, reason in _missing(round_, now)]


def _missing(round_: Round, now: datetime) -> Iterator[tuple[str, Reason]]:
    rules = round_.rulebook
    if not round_.summary:
        yield "naam", _r("Say in a few words what the round is about.")
    if not any(pot.amount_cents for pot in round_.pots):
        yield "geld", _r("Say how much money there is, and where.")
    if any(not pot.legal_form or not pot.funding_source or not pot.budget_year for pot in round_.pots):
        yield "herkomst", _r("Say where the money comes from, in which year, and how plans are paid.")
    if rules.decision_form in ("jury", "consensus") and not rules.decided_by:
        yield "wie-kiest", _r("Say who decides.")
    if rules.decision_form == "live" and not rules.rule.startswith("greedy"):
        yield "telwijze", _r("In a hall only votes are added up. Choose the plans with the most votes.")
    kinds = {phase.kind for phase in round_.phases}
    if PhaseKind.ALL_YEAR in kinds and not rules.deciding_days:
        yield "wie-kiest", _r("Name the days on which is decided.")
    if rules.decision_form in WITH_BALLOT and PhaseKind.VOTE not in kinds:
        yield "wanneer", _r("Say when people vote.")
    if not round_.phases or round_.phases[0].starts_at <= now:
        yield "wanneer", _r("Choose dates that lie ahead.")
    if not round_.criteria:
        yield "vragen", _r("Choose by which questions you look at a plan.")
    if not rules.promise:
        yield "belofte", _r("Say what the municipality promises.")
