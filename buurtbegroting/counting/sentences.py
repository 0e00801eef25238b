"""The facts of an explanation as plain sentences, to be said in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason, _r

from .count import Count
from .explanation import LoserFacts, PaidFor, WinnerFacts
from .outcomes import Loss, LossReason, Outcome, Step, StepKind


class Sentences:
    """Says the facts about one project of a count; amounts are in ``currency``."""

    def __init__(self, count: Count, outcome: Outcome, currency: str) -> None:
        self._projects = count.election.by_id
        self._outcome = outcome
        self._currency = currency

    def of(self, facts: WinnerFacts | LoserFacts) -> list[Reason]:
        """Return what there is to say, in order of importance."""
        return [*(self._of_winner(facts.step) if isinstance(facts, WinnerFacts) else self._of_loser(facts))]

    def _money(self, amount: Fraction) -> Money:
        return Money(round(amount * 100), self._currency)

    def _name(self, id_: str) -> str:
        name = self._projects[id_].name
        return f"{id_} ({name})" if name else id_

    def _of_winner(self, step: Step) -> Iterator[Reason]:
        yield _r(
            "%(plan)s goes ahead. It was chosen as number %(round)s.", plan=self._name(step.project), round=step.round
        )
        match step.kind:
            case StepKind.FREE:
                yield _r("It costs nothing, so it always goes ahead.")
            case StepKind.GREEDY if self._outcome.method.rule == "packages":
                yield _r("It had the most votes.")
            case StepKind.GREEDY if self._outcome.method.rule == "greedy-per-cost":
                yield _r("Of the plans that still fitted in the pot, it had the most votes for each euro.")
            case StepKind.GREEDY:
                yield _r("Of the plans that still fitted in the pot, it had the most votes.")
            case StepKind.PHRAGMEN:
                yield _r("Of all plans, its cost could be carried with the smallest burden for each of its voters.")
        if step.payers is not None and step.full_payers is not None and step.payment is not None:
            yield from self._payment(step, step.payers, step.full_payers, step.payment)
        yield _r("After that, %(left)s was left in the pot.", left=self._money(step.left))

    def _payment(self, step: Step, payers: int, full_payers: int, payment: Fraction) -> Iterator[Reason]:
        facts = {"payers": payers, "cost": self._money(step.cost), "payment": self._money(payment)}
        if self._outcome.method.utility not in ("cost", "count"):
            yield _r(
                "Voters who paid: %(payers)s. Together they paid %(cost)s: %(payment)s for every point they gave.",
                **facts,
            )
        else:
            yield _r("Voters who paid: %(payers)s. Together they paid %(cost)s, each at most %(payment)s.", **facts)
        if payers > full_payers:
            yield _r("Who had less than that left, paid all there was: %(short)s of them.", short=payers - full_payers)

    def _of_loser(self, facts: LoserFacts) -> Iterator[Reason]:
        loss = facts.loss
        yield _r("%(plan)s does not go ahead.", plan=self._name(loss.project))
        yield self._reason(loss, facts)
        if facts.paid_for:
            yield _r("These voters had already paid for:")
            yield from map(self._paid_for, facts.paid_for)
        if facts.out is not None and loss.reason is LossReason.OUTBID:
            yield _r(
                "After %(plan)s was chosen, as number %(round)s, they had %(left)s left together. "
                "The plan costs %(cost)s, so from then on they could not pay for it.",
                plan=self._name(facts.out.project),
                round=facts.out.round,
                left=self._money(facts.out.left),
                cost=self._money(loss.cost),
            )
        if facts.lost_tie:
            yield _r(
                "In round %(round)s it was equal with %(first)s. Had this plan gone first there, it would have won.",
                round=facts.lost_tie.round,
                first=self._name(facts.lost_tie.first),
            )
        yield from self._what_would_have_helped(facts)

    def _paid_for(self, paid: PaidFor) -> Reason:
        return _r(
            "- %(plan)s: %(amount)s, by %(payers)s of them",
            plan=self._name(paid.project),
            amount=self._money(paid.amount),
            payers=paid.payers,
        )

    def _reason(self, loss: Loss, facts: LoserFacts) -> Reason:
        cost = self._money(loss.cost)
        match loss.reason:
            case LossReason.NO_VOTES:
                return _r("Nobody voted for it.")
            case LossReason.NO_POINTS:
                return _r("On every ballot it stood in a place that gives no points.")
            case LossReason.OVER_BUDGET:
                budget = self._money(self._outcome.budget)
                return _r(
                    "It costs %(cost)s, and there is no more than %(budget)s in the whole pot.",
                    cost=cost,
                    budget=budget,
                )
            case LossReason.TOO_FEW_VOTES:
                return _r("It got fewer votes than a plan needed to take part.")
            case LossReason.BELOW_BAR:
                return _r("For what it costs, it got too few votes to take part.")
            case LossReason.EXCLUDED:
                other = self._name(loss.because_of or "")
                return _r("It cannot go together with %(other)s, which goes ahead.", other=other)
            case LossReason.NEVER_AFFORDABLE | LossReason.OUTBID if loss.could_spend is not None:
                spend = {"supporters": facts.supporters, "money": self._money(loss.could_spend), "cost": cost}
                if loss.reason is LossReason.NEVER_AFFORDABLE:
                    return _r("Its voters (%(supporters)s) could spend %(money)s together; it costs %(cost)s.", **spend)
                return _r(
                    "Its voters (%(supporters)s) could spend %(money)s together, enough for the %(cost)s it costs. "
                    "But they spent that on other plans first, which had more support for each euro.",
                    **spend,
                )
            case LossReason.STOPPED:
                return _r("Before it was its turn, a plan did not fit in the pot any more. Then the count stopped.")
            case LossReason.FEWER_VOTES:
                return _r("Another package had more votes.")
        if facts.left_in_pot is not None:
            left = self._money(facts.left_in_pot)
            return _r("When it was its turn, %(left)s was left in the pot; it costs %(cost)s.", left=left, cost=cost)
        return _r("When it was its turn, it did not fit in the pot any more.")

    def _what_would_have_helped(self, facts: LoserFacts) -> Iterator[Reason]:
        if facts.extra_supporters == 1:
            yield _r("With one more voter for this plan alone it would have won.")
        elif facts.extra_supporters is not None:
            yield _r(
                "With %(extra)s more voters for this plan alone it would have won; with one fewer it would not.",
                extra=facts.extra_supporters,
            )
        if facts.lower_cost == 0:
            yield _r("It would only have won if it had cost nothing.")
        elif facts.lower_cost is not None:
            lower = self._money(facts.lower_cost)
            step = self._money(facts.lower_cost + facts.money_step)
            yield _r("At a cost of %(lower)s it would have won; at %(step)s it would not.", lower=lower, step=step)
