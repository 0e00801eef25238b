"""Deeds on the questions by which plans are judged."""

from __future__ import annotations

from dataclasses import dataclass

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Criterion
from ..policy import may_choose_criteria


@dataclass(frozen=True)
class CriterionText:
    """A question by which plans are judged: where it stands, what it asks, and which department looks at it."""

    position: int
    question: str
    explanation: str
    department: str


@deed("rounds:criterion:written")
def write_criterion(actor: Actor, criterion: Criterion, wanted: CriterionText) -> Criterion:
    """Keep a question, new or changed; raise Invalid when the same question is in the list already."""
    insist(may_choose_criteria(actor, criterion, clock.now(db.session())))
    with db.session.no_autoflush:
        if any(each.question == wanted.question and each is not criterion for each in queries.criteria()):
            reason = _r("This question is in the list already.")
            raise Invalid(reason, {"question": reason})
    for name, value in vars(wanted).items():
        setattr(criterion, name, value)
    db.session.add(criterion)
    db.session.flush()
    return criterion


@deed("rounds:criterion:removed")
def remove_criterion(actor: Actor, criterion: Criterion) -> Criterion:
    """Take a question out of the list; rounds that took it over keep it."""
    insist(may_choose_criteria(actor, criterion, clock.now(db.session())))
    db.session.delete(criterion)
    return criterion
