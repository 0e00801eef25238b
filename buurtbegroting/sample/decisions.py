"""Lists that two officials fixed, and what the advisory group decided about the pot that is open all year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from buurtbegroting.blueprints.deciding import queries
from buurtbegroting.blueprints.deciding.actions.listing import confirm_list, put_forward_list
from buurtbegroting.blueprints.deciding.actions.meeting import (
    MeetingText,
    Said,
    enter_meeting,
    publish_meeting,
    write_meeting,
)
from buurtbegroting.blueprints.deciding.policy import WITH_LIST
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

_OFFICIAL = frozenset({Role(RoleName.OFFICIAL)})
_FIRST, _SECOND = Actor(id="sample-1", roles=_OFFICIAL), Actor(id="sample-2", roles=_OFFICIAL)

_DECIDED = {
    "Soep": Said("granted", 950_00, "Elke week, door en voor de buurt. De groep kookt al een jaar."),
    "Een ruilkast": Said("granted", 500_00, "Goed plan. Het slot kan goedkoper, dus wij geven € 500."),
    "Vuurwerk": Said("refused", None, "Veel mensen en dieren hebben last van vuurwerk. Vraag gerust iets anders aan."),
}


def fill_decisions(rounds: Iterable[Round]) -> None:
    """Fix the lists of rounds in which people vote or voted, and decide about some small plans."""
    now = clock.now(db.session())
    for each in rounds:
        vote = next((phase for phase in each.phases if phase.kind is PhaseKind.VOTE), None)
        if each.rulebook.decision_form in WITH_LIST and vote and vote.starts_at <= now and _can_be_fixed(each):
            confirm_list(_SECOND, put_forward_list(_FIRST, each))
        elif each.rulebook.decision_form == "jury":
            _decide(each)


def _can_be_fixed(round_: Round) -> bool:
    return bool(queries.plans_on_list(round_)) and not queries.plans_without_answer(round_)


def _decide(round_: Round) -> None:
    today = clock.local_day(clock.now(db.session()))
    plans = {plan.title: plan for plan in queries.plans_to_decide(round_)}
    said = {plan: each for start, each in _DECIDED.items() for title, plan in plans.items() if title.startswith(start)}
    text = MeetingText(
        held_on=today - timedelta(days=9),
        body=round_.rulebook.decided_by,
        place="Havenzaal",
        note="Wij bespraken drie plannen. Over het vuurwerk waren wij het niet eens: zes tegen drie.",
        present=9,
    )
    meeting = enter_meeting(_FIRST, round_, text)
    publish_meeting(_FIRST, write_meeting(_FIRST, meeting, text, said, meeting.version))
