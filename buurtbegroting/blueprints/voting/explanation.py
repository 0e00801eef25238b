"""A result as people read it: each plan with its votes, its money and the reason why it goes ahead or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.counting.outcomes import Loss, LossReason, Outcome, Step, StepKind
from buurtbegroting.foundation.clock import local_day

from .models import Result
from .queries import Listed


@dataclass(frozen=True)
class Line:
    """One plan in a result."""

    plan: Listed
    round: int | None
    votes: Fraction
    cost: Money
    left: Money | None
    reason: Reason

    @property
    def is_elected(self) -> bool:
        """Whether the plan goes ahead."""
        return self.round is not None

    @property
    def votes_text(self) -> float | int:
        """The votes as a number to write; points can be broken."""
        return int(self.votes) if self.votes.denominator == 1 else float(self.votes)


@dataclass(frozen=True)
class Summary:
    """A result in totals."""

    result: Result
    outcome: Outcome

    @property
    def elected(self) -> int:
        """How many plans go ahead."""
        return len(self.outcome.steps)

    @property
    def budget(self) -> Money:
        """The money there was."""
        return Money(self.result.pot.amount_cents, self.currency)

    @property
    def cost(self) -> Money:
        """What the winners cost together."""
        return self.money(self.outcome.cost)

    @property
    def left(self) -> Money:
        """The money that is over."""
        return self.money(self.outcome.left)

    @property
    def satisfied_of_100(self) -> int:
        """Of every 100 voters, how many see at least one plan of their choice go ahead."""
        return round(100 * self.outcome.voters_with_a_winner / self.outcome.voters) if self.outcome.voters else 0

    @property
    def turnout_of_100(self) -> int | None:
        """Of every 100 who could vote, how many did; None when it is not known how many could."""
        return round(100 * self.result.voters / self.result.electorate) if self.result.electorate else None

    @property
    def is_counted_after_decision(self) -> bool:
        """Whether this is a later count of what had been decided before, such as one that was taken over."""
        decided = self.result.decided_on
        return decided is not None and decided < local_day(self.result.counted_at)

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.result.pot.round.currency

    def money(self, amount: Fraction) -> Money:
        """Return an exact amount in whole cents, as it is shown."""
        return Money(round(amount * 100), self.currency)


@dataclass(frozen=True)
class Explained(Summary):
    """A whole result as its page shows it."""

    winners: Sequence[Line]
    losers: Sequence[Line]

    @property
    def lines(self) -> Sequence[Line]:
        """Winners in order of election, then losers by votes."""
        return [*self.winners, *self.losers]

    @property
    def cheapest_loser(self) -> Money | None:
        """What the cheapest plan costs that does not go ahead; it tells why money is left."""
        return min((line.cost for line in self.losers), default=None)

    @property
    def share_start(self) -> Money | None:
        """What every voter could spend at first, with equal shares."""
        start = self.outcome.endowment_start
        return None if start is None else self.money(start)

    @property
    def share(self) -> Money | None:
        """What every voter could spend in the count that decided."""
        return None if self.outcome.endowment is None else self.money(self.outcome.endowment)


def summary(result: Result) -> Summary:
    """Return the totals of a result."""
    return Summary(result, Outcome.from_json(result.outcome_json))


def explained(result: Result, plans: Mapping[str, Listed]) -> Explained:
    """Explain a result; ``plans`` are those that stood on the ballot, by ballot key."""
    totals = summary(result)
    outcome, money = totals.outcome, totals.money
    winners = [
        Line(plans[each.project], each.round, each.votes, money(each.cost), money(each.left), _why(each, totals))
        for each in outcome.steps
    ]
    losers = [
        Line(plans[each.project], None, each.votes, money(each.cost), None, _why_not(each, totals))
        for each in outcome.losses
    ]
    return Explained(result, outcome, winners, losers)


def _why(step: Step, totals: Summary) -> Reason:
    if step.kind is StepKind.FREE:
        return _r("This plan costs nothing, so it always goes ahead.")
    if step.kind is StepKind.PHRAGMEN:
        return _r("Of all plans, this one could be carried with the smallest burden for each of its voters.")
    method = totals.outcome.method
    if method.rule == "packages":
        return _r("This package had the most votes.")
    if method.rule == "greedy-per-cost":
        return _r("Of the plans that still fitted in the pot, this one had the most votes for each euro.")
    if step.kind is StepKind.GREEDY or step.payment is None or step.payers is None:
        return _r("Of the plans that still fitted in the pot, this one had the most votes.")
    facts = {"payers": step.payers, "payment": totals.money(step.payment)}
    if method.utility not in ("cost", "count"):
        return _r("The %(payers)s voters paid %(payment)s for every point they gave, as far as they had it.", **facts)
    if step.payment == step.cost / step.payers:
        return _r("The %(payers)s voters each paid %(payment)s.", **facts)
    return _r(
        "The %(payers)s voters each paid at most %(payment)s. Who had already paid for another plan, had less.", **facts
    )


def _why_not(loss: Loss, totals: Summary) -> Reason:
    match loss.reason:
        case LossReason.NO_VOTES:
            return _r("Nobody voted for this plan.")
        case LossReason.OVER_BUDGET:
            return _r("This plan costs more than there is in the whole pot.")
        case LossReason.TOO_FEW_VOTES:
            return _r("This plan got fewer votes than a plan needed to take part.")
        case LossReason.BELOW_BAR:
            return _r("For what it costs, this plan got too few votes to take part.")
        case LossReason.EXCLUDED:
            return _r("This plan cannot go together with plan %(id)s, which goes ahead.", id=loss.because_of)
        case LossReason.STOPPED:
            return _r("Before it was this plan's turn, a plan did not fit in the pot any more. Then we stopped.")
        case LossReason.FEWER_VOTES:
            return _r("Another package had more votes.")
        case LossReason.NO_POINTS:
            return _r("On every ballot this plan stood in a place that gives no points.")
        case LossReason.NEVER_AFFORDABLE if loss.could_spend is not None:
            return _r(
                "The voters of this plan could spend %(share)s together. That was not enough for %(cost)s.",
                share=totals.money(loss.could_spend),
                cost=totals.money(loss.cost),
            )
        case LossReason.OUTBID if loss.supporters_left is not None:
            return _r(
                "The voters of this plan had %(left)s left together. That was not enough for %(cost)s.",
                left=totals.money(loss.supporters_left),
                cost=totals.money(loss.cost),
            )
    return _r("When it was this plan's turn, it did not fit in the pot any more.")
