"""How long the answer to a plan may take, and how often it came in time."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.terms import Source, Term, Unit
from buurtbegroting.foundation.database import db
from buurtbegroting.web.slices import Promise

from .models import Proposal

ANSWER = Term("proposals-answer", _r("We say whether your plan can be done"), 8, Unit.WEEKS, Source.PROMISE)
YEAR = timedelta(days=365)


def answers_kept(term: Term, today: date) -> tuple[int, int]:
    """Return how many plans were answered within the term in the last year, of how many that were answered."""
    answered = (Proposal.answered_on > today - YEAR, Proposal.answered_on <= today, Proposal.submitted_on.is_not(None))
    rows = db.session.execute(select(Proposal.submitted_on, Proposal.answered_on).where(*answered)).all()
    return sum(bool(sent and done and done <= term.last_day(sent)) for sent, done in rows), len(rows)


PROMISES = (Promise(ANSWER, answers_kept),)
