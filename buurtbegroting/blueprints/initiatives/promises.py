"""How long the answer to an initiative may take, and how often it came in time."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.terms import Source, Term, Unit
from buurtbegroting.foundation.database import db
from buurtbegroting.web.slices import Promise

from .models import InitiativeAnswer

ANSWER = Term("initiatives-answer", _r("We answer what your initiative asks"), 4, Unit.WEEKS, Source.PROMISE)
YEAR = timedelta(days=365)


def answers_kept(_term: Term, today: date) -> tuple[int, int]:
    """Return how many answers to initiatives came within their term in the last year, of how many."""
    given = (InitiativeAnswer.answered_on > today - YEAR, InitiativeAnswer.answered_on <= today)
    rows = db.session.execute(select(InitiativeAnswer.due, InitiativeAnswer.answered_on).where(*given)).all()
    return sum(answered <= due for due, answered in rows), len(rows)


PROMISES = (Promise(ANSWER, answers_kept),)
