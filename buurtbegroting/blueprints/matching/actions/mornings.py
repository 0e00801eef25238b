"""Every morning: what is over lapses, and by lot some are asked whether their match lasted."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime, time, timedelta

from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import LastingAnswer, LastingQuestion, Match
from ..notices import LAPSED, LASTING, to_people_of
from ..policy import may_run_mornings, may_say_whether_it_lasts
from ..states import MACHINE

AFTER = timedelta(days=180)
ANSWER_WITHIN = timedelta(days=30)
# One match in five is asked: enough to see a trend over a few years, and four of five are left alone.
ONE_IN = 5
SEED = "buurtbegroting:duurt het"


@jobs.every("matching:morning", day_at=time(7, 20))
def every_morning() -> None:
    """Let lapse and draw, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            let_lapse(SYSTEM)
            ask_whether_it_lasts(SYSTEM)


@deed(unaudited="its last day was said when it was placed")
def let_lapse(actor: Actor) -> int:
    """Close what is open after its last day, and say so to whose it is; return how many."""
    now = clock.now(db.session())
    insist(may_run_mornings(actor, None, now))
    today = clock.local_day(now)
    over = queries.lapsed_on(today)
    for posting in over:
        posting.state_name, posting.closed_on = MACHINE.move(posting.state, "lapse").value, today
        for to in to_people_of(posting):
            outbox.send(db.session(), LAPSED, to, title=posting.title)
    return len(over)


def is_drawn(match_id: uuid.UUID) -> bool:
    """Tell whether the lot falls on a match: the same for everybody who looks, one in five."""
    drawn = hashlib.sha256(f"{SEED}:{match_id}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % ONE_IN == 0


def half_year(day: date) -> str:
    """Return the half year of a day, such as 2026-1."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


@deed(unaudited="a trail would tie the answer to the match")
def ask_whether_it_lasts(actor: Actor) -> int:
    """Draw once for each match of half a year ago, and ask its need's people by one link; return how many matches."""
    now = clock.now(db.session())
    insist(may_run_mornings(actor, None, now))
    today = clock.local_day(now)
    asked = 0
    for match in queries.not_drawn(today - AFTER):
        match.drawn_on = today
        asked += _ask(match, today, now) if is_drawn(match.id) else 0
    return asked


def _ask(match: Match, today: date, now: datetime) -> int:
    token = crypto.new_token()
    hearers = list(to_people_of(match.need))
    if not hearers:
        return 0
    question = LastingQuestion(
        token_hash=crypto.token_hash(token),
        kind=match.need.kind_name,
        half_year=half_year(today),
        ends_at=now + ANSWER_WITHIN,
    )
    db.session.add(question)
    for to in hearers:
        outbox.send(db.session(), LASTING, to, token=token)
    return 1


@deed(unaudited="an answer without a name leaves no moment behind")
def answer_whether_it_lasts(actor: Actor, question: LastingQuestion, lasted: str, *, would_again: bool) -> None:
    """Keep an answer, and throw away the question, so that the link is worth nothing any more."""
    insist(may_say_whether_it_lasts(actor, question, clock.now(db.session())))
    answer = LastingAnswer(kind=question.kind, half_year=question.half_year, lasted=lasted, would_again=would_again)
    db.session.add(answer)
    db.session.delete(question)
