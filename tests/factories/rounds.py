"""Rounds and plans in any phase, around a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals.actions.recording import record_proposal
from buurtbegroting.blueprints.proposals.models import Authorship, Proposal
from buurtbegroting.blueprints.rounds.actions.making import create_round, freeze_conditions
from buurtbegroting.blueprints.rounds.models import Pot, Round, RoundPhase, Rulebook
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.civic.phases import PhaseKind

NOW = datetime.now(UTC)
WEEK = timedelta(weeks=1)


def phases_now_in(kind: PhaseKind | None, now: datetime = NOW) -> list[RoundPhase]:
    """Return weekly phases of which this one is on now; None gives phases that are all to come."""
    if kind is PhaseKind.ALL_YEAR:
        return [RoundPhase(kind_name=kind.value, starts_at=now - WEEK, ends_at=now + WEEK)]
    kinds = [each for each in PhaseKind if each is kind or each not in (PhaseKind.ALL_YEAR, PhaseKind.DIVIDE)]
    start = now + WEEK if kind is None else now - WEEK * kinds.index(kind) - WEEK / 2
    return [
        RoundPhase(kind_name=each.value, starts_at=start + WEEK * place, ends_at=start + WEEK * (place + 1))
        for place, each in enumerate(kinds)
    ]


def make_round(kind: PhaseKind | None = PhaseKind.RESULT, amount: int = 100, **facts: Any) -> Round:
    """Make a published round with one pot of ``amount`` euros, now in a phase."""
    rules = facts.pop("rulebook", {})
    facts.setdefault("pots", [Pot(position=1, amount_cents=amount * 100)])
    made = Round(
        **{"title": "Proefronde", "state": "published"} | facts,
        phases=phases_now_in(kind),
        rulebook=Rulebook(**rules),
    )
    create_round(SYSTEM, made, 2026)
    return freeze_conditions(SYSTEM, made) if made.state == "published" else made


def make_round_to_divide(*, is_over: bool = False, amount: int = 1_000) -> Round:
    """Make a round that everybody knows, whose money residents divide over themes now, or did before."""
    made = Round(
        title="Verdelen",
        state="published",
        phases=phases_now_in(PhaseKind.DIVIDE),
        pots=[Pot(position=1, amount_cents=amount * 100)],
        rulebook=Rulebook(),
    )
    if is_over:
        made.phases[0].starts_at, made.phases[0].ends_at = NOW - WEEK * 4, NOW - WEEK * 3
    return create_round(SYSTEM, made, 2026)


def make_plan(
    round_: Round, cost: int = 10, state: str = "feasible", authors: Sequence[Person] = (), **facts: Any
) -> Proposal:
    """Make a plan of ``cost`` euros in the first pot of a round."""
    facts.setdefault("answer", "Dat kan niet op deze plek." if state == "infeasible" else "")
    plan = Proposal(
        **{"title": "Bankje", "ballot_key": "", "pot": round_.pots[0]} | facts,
        round=round_,
        cost_cents=cost * 100,
        state_name=state,
        authorships=[Authorship(person_id=each.id, person=each, since=NOW) for each in authors],
    )
    return record_proposal(SYSTEM, plan, 2026)
