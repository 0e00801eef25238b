"""Every morning: groups of which nothing was heard for half a year are asked whether they still go on."""

from __future__ import annotations

from datetime import time, timedelta

from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..notices import ALIVE, facts_of, to_members
from ..policy import may_run_mornings

SILENCE = timedelta(days=182)


@jobs.every("initiatives:morning", day_at=time(7, 15))
def every_morning() -> None:
    """Ask who is silent, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            ask_who_is_silent(SYSTEM)


@deed(unaudited="a question changes nothing")
def ask_who_is_silent(actor: Actor) -> int:
    """Ask the members of silent initiatives whether they still go on, again after as long; return how many."""
    now = clock.now(db.session())
    insist(may_run_mornings(actor, None, now))
    today = clock.local_day(now)
    silent = queries.silent_since(today - SILENCE)
    for initiative in silent:
        initiative.alive_asked_on = today
        for to in to_members(each.person for each in initiative.members):
            outbox.send(db.session(), ALIVE, to, **facts_of(initiative))
    return len(silent)
