"""Deeds on rounds and themes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from . import queries
from .models import Criterion, Round, Theme
from .policy import may_choose_criteria, may_manage_rounds


@deed("rounds:round:created")
def create_round(actor: Actor, round_: Round, year: int) -> Round:
    """Add a round with its phases, pots and rulebook; without a number it gets the next one of a year (2026-1, …)."""
    insist(may_manage_rounds(actor, round_, clock.now(db.session())))
    round_.number = round_.number or queries.next_number(year)
    db.session.add(round_)
    db.session.flush()
    return round_


@deed("rounds:theme:created")
def create_theme(actor: Actor, theme: Theme) -> Theme:
    """Add a theme; raise AlreadyDone when there is one with the same slug."""
    insist(may_manage_rounds(actor, theme, clock.now(db.session())))
    if db.session.scalar(select(Theme).where(Theme.slug == theme.slug)):
        raise AlreadyDone(_r("There is a theme %(slug)s already.", slug=theme.slug))
    db.session.add(theme)
    db.session.flush()
    return theme


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
