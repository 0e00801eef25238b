"""Why a project won or lost, and what would have changed that: every claim is found, and proved, by counting again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from buurtbegroting.civic.refusals import Invalid

from .changes import with_costs, with_supporters
from .count import Count
from .elections import Election
from .ledger import Ledger
from .outcomes import Loss, Outcome, Step, StepKind
from .supporters import Candidate
from .ties import Tie

# How many times as many voters as there were are tried at most.
_MOST_EXTRA = 16


@dataclass(frozen=True)
class PaidFor:
    """A winner that supporters of another project helped to pay for: how many of them, and how much together.

    ``left`` is what all supporters of that other project had together afterwards.
    """

    round: int
    project: str
    payers: int
    amount: Fraction
    left: Fraction


@dataclass(frozen=True)
class WinnerFacts:
    """Why a project won: the step in which it was elected."""

    step: Step


@dataclass(frozen=True)
class LoserFacts:
    """Why a project lost, and what would have made it win.

    ``paid_for`` is where the money went that its supporters could spend under equal shares, ``out`` the purchase after
    which they had too little left. ``left_in_pot`` is what there was when it was its turn by votes. ``lost_tie`` is the
    tie it lost, if it would have won had it gone first there.

    ``extra_supporters``: with so many more voters who want only this project it wins, with one fewer it does not.
    ``lower_cost``: at this cost it wins, at ``money_step`` more it does not. Both are None where nothing of the kind
    helps.
    """

    loss: Loss
    supporters: int
    paid_for: tuple[PaidFor, ...]
    out: PaidFor | None
    left_in_pot: Fraction | None
    lost_tie: Tie | None
    extra_supporters: int | None
    lower_cost: Fraction | None
    money_step: Fraction


def explain(count: Count, outcome: Outcome, project_id: str) -> WinnerFacts | LoserFacts:
    """Explain why a project won or lost; ``outcome`` is the one of ``count``. Raises Invalid for an unknown project."""
    count.election.project(project_id)
    for step in outcome.steps:
        if step.project == project_id:
            return WinnerFacts(step)
    loss = next(each for each in outcome.losses if each.project == project_id)
    election = count.election
    shares = count.elected.shares
    candidate = shares.ledger.candidates.get(project_id) if shares else None
    paid_for = _paid_for(count, candidate) if candidate else ()
    money_step = _money_step(election)
    return LoserFacts(
        loss=loss,
        supporters=election.supporters[project_id],
        paid_for=paid_for,
        out=next((each for each in paid_for if each.left < loss.cost), None),
        left_in_pot=_left_in_pot(outcome, loss),
        lost_tie=_lost_tie(count, project_id),
        extra_supporters=_extra_supporters(count, project_id),
        lower_cost=_lower_cost(count, project_id, money_step),
        money_step=money_step,
    )


def wins(count: Count, changed: Election, project_id: str) -> bool:
    """Tell whether a project wins a changed election under the same method; a tie nobody may break is not a win."""
    try:
        return project_id in Count(changed, count.method).elected.winners
    except Invalid:
        return False


def _paid_for(count: Count, candidate: Candidate) -> tuple[PaidFor, ...]:
    """Run the deciding round of equal shares again, and look into the purses of these supporters after every step."""
    shares = count.elected.shares
    if shares is None:
        return ()
    ledger = Ledger(shares.voters, shares.ledger.endowment)
    paid = []
    first_round = 1 + sum(step.kind is StepKind.FREE for step in count.elected.steps)
    for round_, purchase in enumerate(shares.ledger.purchases, first_round):
        payers, before = ledger.payers(candidate, purchase.candidate), ledger.left(candidate)
        ledger.buy(purchase.candidate)
        if payers:
            left = ledger.left(candidate)
            paid.append(PaidFor(round_, purchase.candidate.id, payers, before - left, left))
    return tuple(paid)


def _left_in_pot(outcome: Outcome, loss: Loss) -> Fraction | None:
    """Return what was in the pot when everything with more votes had been dealt with; None where votes do not count."""
    if outcome.method.rule in ("greedy-per-cost", "phragmen", "phragmen-skip", "packages"):
        return None
    left = outcome.budget
    is_by_votes = outcome.method.rule.startswith("greedy") or outcome.method.completion in ("greedy", "add1u")
    for step in outcome.steps:
        if step.kind is not StepKind.GREEDY or step.votes >= loss.votes:
            left = step.left
    return left if is_by_votes else None


def _lost_tie(count: Count, project_id: str) -> Tie | None:
    lost = [tie for tie in count.elected.ties if project_id in tie.candidates and tie.first != project_id]
    if lost and project_id in Count(count.election, count.method, favoured=project_id).elected.winners:
        return lost[-1]
    return None


def _extra_supporters(count: Count, project_id: str) -> int | None:
    election = count.election
    if election.by_id[project_id].cost > election.budget:
        return None
    return _least(
        lambda extra: wins(count, with_supporters(election, project_id, extra), project_id),
        most=_MOST_EXTRA * max(election.voters, 1),
    )


def _lower_cost(count: Count, project_id: str, money_step: Fraction) -> Fraction | None:
    election, cost = count.election, count.election.by_id[project_id].cost
    steps = int(cost / money_step)

    def cheaper(fewer: int) -> bool:
        return wins(count, with_costs(election, {project_id: cost - fewer * money_step}), project_id)

    fewer = _least(cheaper, most=steps)
    return None if fewer is None else cost - fewer * money_step


def _least(holds: Callable[[int], bool], most: int) -> int | None:
    """Return a number from 1 to ``most`` for which something holds, while for one fewer it does not; None if not found.

    It does not hold for 0. Larger numbers are tried first in doubles, then the gap is halved: as more is not always
    better, there may be a smaller number that would do, but what is said of this one is true.
    """
    if not most:
        return None
    fails, holding = 0, 1
    while not holds(holding):
        if holding == most:
            return None
        fails, holding = holding, min(2 * holding, most)
    while holding - fails > 1:
        middle = (fails + holding) // 2
        if holds(middle):
            holding = middle
        else:
            fails = middle
    return holding


def _money_step(election: Election) -> Fraction:
    """Return one unit of money where all amounts are whole, else a cent."""
    amounts = (election.budget, *(project.cost for project in election.projects))
    return Fraction(1) if all(amount.denominator == 1 for amount in amounts) else Fraction(1, 100)
