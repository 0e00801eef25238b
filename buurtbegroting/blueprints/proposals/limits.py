"""What the rules of a round ask of a plan and of who proposes it, and whether an answer keeps to that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.rulebook import content_of, sections
from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import No

from .policy.home import lives_where_it_counts


@dataclass(frozen=True)
class Proposer:
    """What the rules read of somebody who proposes a plan, alone or with others.

    ``number`` is how many plans of the round are theirs already. ``says_old_enough`` is that they said so; nobody is
    asked how old they are, and only of who is younger than 16 the account knows the year.
    """

    wijk_code: str | None
    number: int
    says_old_enough: bool
    born_in: int | None = None


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


def refuse_person(round_: Round, area: Area | None, who: Proposer, today: date) -> None:
    """Raise Invalid for somebody who may not propose a plan for an area in this round, or not one more."""
    refuse_number(round_, who.number)
    refuse_home(round_, area, who.wijk_code)
    age = round_.rulebook.propose_min_age
    if age and who.born_in is not None and today.year - who.born_in < age:
        raise Invalid(_r("In this round you propose a plan from %(age)s years old.", age=age))
    if age and not who.says_old_enough:
        reason = _r("In this round you propose a plan from %(age)s years old. Say that you are.", age=age)
        raise Invalid(reason, {"is_old_enough": reason})


def refuse_number(round_: Round, number: int) -> None:
    """Raise Invalid for who has as many plans in this round as one person may have."""
    most = round_.rulebook.max_plans_per_person
    if most == 1 and number >= most:
        raise Invalid(_r("In this round everybody hands in one plan, alone or with others. You have one already."))
    if most is not None and number >= most:
        reason = _r("In this round everybody hands in at most %(most)s plans. You have those already.", most=most)
        raise Invalid(reason)


def refuse_home(round_: Round, area: Area | None, wijk_code: str | None) -> None:
    """Raise Invalid for who lives elsewhere than this round asks of who proposes a plan for an area."""
    verdict = lives_where_it_counts(wijk_code, round_.rulebook.propose_from, area)
    if isinstance(verdict, No):
        raise Invalid(verdict.reason, {"pot": verdict.reason})


def rules_for_plans(round_: Round) -> Sequence[Reason | str]:
    """Return what the rulebook of a round says of plans and of who proposes them, to be read before they begin."""
    parts = {each.key: each.sentences for each in sections(content_of(round_))}
    return parts["propose"]


def amounts(round_: Round) -> Sequence[Reason]:
    """Return between which amounts a plan of this round stays, to be read where it is asked."""
    least, most = round_.rulebook.min_plan_cents, round_.rulebook.max_plan_cents
    said = []
    if least is not None:
        said.append(_r("In this round a plan asks at least %(amount)s.", amount=Money(least, round_.currency)))
    if most is not None:
        said.append(_r("In this round a plan asks at most %(amount)s.", amount=Money(most, round_.currency)))
    return said
