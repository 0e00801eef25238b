"""Publishing an answer: only from here on does anybody outside the desk know of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from buurtbegroting.blueprints.proposals.actions.answering import Answer, answer_proposal
from buurtbegroting.blueprints.proposals.queries import last_version_number, proposal_by_number
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Assessment, AssessmentVersion
from ..notices import ANSWERED, PUBLISHED, to_authors
from ..policy import may_publish
from ..queries import cards
from ..states import MACHINE, Judgement
from .noting import log, signature

MOVES = {
    Judgement.CAN: "answer yes",
    Judgement.IF_CHANGED: "answer if changed",
    Judgement.CANNOT: "answer no",
}


@deed(unaudited="each answer that is published is audited by itself")
def publish_all(actor: Actor, ready: Sequence[Assessment]) -> list[AssessmentVersion]:
    """Publish answers together, all or none."""
    if not ready:
        raise Invalid(_r("Choose at least one plan."))
    return [publish(actor, each) for each in ready]


@deed("assessment:assessment:published")
def publish(actor: Actor, card: Assessment) -> AssessmentVersion:
    """Publish an answer: the plan moves, everybody can read the card, its authors and who follows it hear of it."""
    now = clock.now(db.session())
    insist(may_publish(actor, card, now))
    today, plan, department = clock.local_day(now), card.proposal, signature(card)
    content = _content(card)
    is_agreed = card.cost_cents is not None and card.agreed_cents == card.cost_cents
    move = MOVES[Judgement(card.verdict)]
    answer_proposal(actor, plan, Answer(move, card.reason, department, card.cost_cents if is_agreed else None))
    card.state_name, card.since = MACHINE.move(card.state, "publish").value, today
    version = AssessmentVersion(
        id=uuid.uuid4(),
        assessment_id=card.id,
        proposal_id=plan.id,
        number=cards.next_version_number(plan.id),
        look=card.look,
        department=department,
        content=content,
        published_on=today,
        days=max(0, (today - card.begun_on).days - card.paused_days),
        is_in_time=today <= card.due,
    )
    db.session.add(version)
    log(actor, card, "published")
    for to, facts in to_authors(plan):
        outbox.send(db.session(), PUBLISHED, to, **facts, verdict=card.verdict, reason=card.reason, look=card.look)
    outbox.announce(db.session(), ANSWERED, number=plan.number)
    return version


def _content(card: Assessment) -> dict[str, Any]:
    """Return all that everybody reads of a card; notes and private questions are not in it."""
    found = [proposal_by_number(number) for number in card.precedents] if card.difference else []
    return {
        "verdict": card.verdict,
        "reason": card.reason,
        "difference": card.difference if card.precedents else "",
        "precedents": [{"number": each.number, "title": each.title} for each in found if each],
        "cost_cents": card.cost_cents,
        "asked_cents": card.proposal.cost_cents,
        "maintenance_cents": card.maintenance_cents,
        "plan_version": last_version_number(card.proposal),
        "marks": [
            {"question": each.question, "mark": each.mark, "text": each.text, "by": each.owner or each.department}
            for each in card.marks
        ],
    }
