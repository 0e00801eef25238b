"""A round in figures: how many plans, how much money, which answers, how fast; per area and per theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.civic.money import Money

# What the municipality said of a plan that may have been chosen since.
CAN = frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED, ProposalState.NOT_ELECTED})


@dataclass(frozen=True)
class Tally:
    """Some plans together; ``days`` is half of the answers within so many days, None without an answer."""

    name: str
    plans: int
    can: int
    cannot: int
    chosen: int
    asked: Money
    granted: Money
    days: int | None

    @property
    def waiting(self) -> int:
        """How many have no answer yet, or took themselves back."""
        return self.plans - self.can - self.cannot


def tally(name: str, plans: Sequence[Proposal], currency: str) -> Tally:
    """Add up some plans; what a chosen plan costs is what it got."""
    chosen = [each for each in plans if each.state is ProposalState.ELECTED]
    days = [_days(each.submitted_on, each.answered_on) for each in plans if each.submitted_on and each.answered_on]
    return Tally(
        name=name,
        plans=len(plans),
        can=sum(each.state in CAN for each in plans),
        cannot=sum(each.state is ProposalState.INFEASIBLE for each in plans),
        chosen=len(chosen),
        asked=Money(sum(each.cost_cents for each in plans), currency),
        granted=Money(sum(each.cost_cents for each in chosen), currency),
        days=round(median(days)) if days else None,
    )


def _days(start: date, end: date) -> int:
    return (end - start).days


def tallies(plans: Iterable[tuple[str, Proposal]], currency: str) -> list[Tally]:
    """Add up plans by the name that stands before each, the most plans first."""
    groups: dict[str, list[Proposal]] = {}
    for name, plan in plans:
        groups.setdefault(name, []).append(plan)
    found = [tally(name, members, currency) for name, members in groups.items()]
    return sorted(found, key=lambda each: (-each.plans, each.name))
