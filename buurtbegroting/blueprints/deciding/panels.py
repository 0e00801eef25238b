"""What lists and decisions show on the pages of rounds and plans, and what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flask

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.verdicts import Verdict
from buurtbegroting.web.access import can
from buurtbegroting.web.slices import Task

from . import queries
from .models import ListConfirmation, Meeting, PlanVerdict
from .policy import IN_MEETINGS, WITH_LIST, may_enter_meeting, may_put_forward_list, may_put_together_package


@dataclass(frozen=True)
class Decided:
    """What there is to see of a round: how many plans are on its list, and which meetings decided."""

    round: Round
    listed: int
    meetings: Sequence[Meeting]


def of_round(round_: Round) -> Decided | None:
    """Return the fixed list and the decisions of a round; None when it has no plans yet."""
    meetings = queries.meetings_of(round_, only_published=True)
    listed = len(queries.plans_on_list(round_)) if round_.list_frozen_at else 0
    return Decided(round_, listed, meetings) if listed or meetings or queries.has_plans(round_) else None


def of_plan(plan: Proposal) -> Sequence[PlanVerdict] | None:
    """Return what was decided about a plan; None when nothing was."""
    return queries.verdicts_about(plan) or None


@dataclass(frozen=True)
class Managing:
    """What officials may do about the choosing in a round: a verdict, or None for what this round has not."""

    round: Round
    list_: Verdict | None
    packages: Verdict | None
    decision: Verdict | None
    asked: ListConfirmation | None
    meetings: Sequence[Meeting]


def managing(round_: Round) -> Managing | None:
    """Return what officials can do about the choosing; None when that is nothing, as when ballots are cast."""
    if round_.conditions_frozen_at is None:
        return None
    form, is_open = round_.rulebook.decision_form, round_.list_frozen_at is None
    found = Managing(
        round=round_,
        list_=can(may_put_forward_list, round_) if form in WITH_LIST and is_open else None,
        packages=can(may_put_together_package, round_) if form == "packages" and is_open else None,
        decision=can(may_enter_meeting, round_) if form in IN_MEETINGS else None,
        asked=queries.confirmation_of(round_.id),
        meetings=queries.meetings_of(round_, only_published=False),
    )
    is_empty = found.list_ is found.packages is found.decision is None and not found.meetings
    return None if is_empty else found


def tasks(actor: Actor) -> list[Task]:
    """Return the lists that wait for an official as the second person."""
    if not actor.has_role(RoleName.OFFICIAL):
        return []
    return [
        Task(
            _r("Confirm the list: %(title)s", title=each.round.title),
            flask.url_for("deciding.list_page", number=each.round.number),
            each.asked_at,
        )
        for each in queries.waiting_lists()
        if each.asked_by != actor.id
    ]
