"""How long a decision about a seed grant may take, and how often it came in time."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.terms import Source, Term, Unit
from buurtbegroting.foundation.database import db
from buurtbegroting.web.slices import Promise

from .models import SeedGrant

DECISION = Term("grants-decision", _r("We decide about a seed grant"), 4, Unit.WEEKS, Source.PROMISE)
YEAR = timedelta(days=365)


def decisions_kept(_term: Term, today: date) -> tuple[int, int]:
    """Return how many seed grants were decided within their term in the last year, of how many."""
    decided = (SeedGrant.decided_on > today - YEAR, SeedGrant.decided_on <= today)
    rows = db.session.execute(select(SeedGrant.due, SeedGrant.decided_on).where(*decided)).all()
    return sum(bool(day and day <= due) for due, day in rows), len(rows)


PROMISES = (Promise(DECISION, decisions_kept),)
