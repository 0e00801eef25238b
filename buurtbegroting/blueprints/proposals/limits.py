"""What the rules of a round ask of a plan and of who proposes it, and whether an answer keeps to that."""

from __future__ import annotations

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid


def refuse_amount(round_: Round, cents: int) -> None:
    """Raise Invalid for an amount that is less or more than a plan of this round may cost."""
    least, most = round_.rulebook.min_plan_cents, round_.rulebook.max_plan_cents
    reason: Reason | None = None
    if least is not None and cents < least:
        reason = _r("In this round a plan asks at least %(amount)s.", amount=Money(least, round_.currency))
    if most is not None and cents > most:
        reason = _r("In this round a plan asks at most %(amount)s.", amount=Money(most, round_.currency))
    if reason:
        raise Invalid(reason, {"cost_cents": reason})
