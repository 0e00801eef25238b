"""What the desk does by itself every morning: remind who has a card, and give cards back to who is here again."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import time
from typing import Any

from sqlalchemy import delete, select

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.notices import recipient
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.terms import add_working_days
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Absence, Assessment
from ..notices import REMINDER, as_items
from ..policy import may_run_desk
from ..queries import desk, people
from ..states import MACHINE, AssessmentState
from .pairing import find_pairs

SOON_WORKING_DAYS = 3


@jobs.every("assessment:morning", day_at=time(7, 30))
def every_morning() -> None:
    """Give back, look for pairs and remind, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            come_back(SYSTEM)
            find_pairs(SYSTEM)
            remind(SYSTEM)


@deed(unaudited="that somebody is back is no news")
def come_back(actor: Actor) -> int:
    """Give the cards of who is here again back to them; return how many."""
    now = clock.now(db.session())
    insist(may_run_desk(actor, None, now))
    today = clock.local_day(now)
    absent = (Assessment.state_name == AssessmentState.ABSENT, Assessment.away_until < today)
    back = db.session.scalars(select(Assessment).where(*absent)).all()
    for card in back:
        card.state_name, card.away_until = MACHINE.move(card.state, "assign").value, None
    db.session.execute(delete(Absence).where(Absence.until < today))
    return len(back)


@deed(unaudited="a reminder changes nothing")
def remind(actor: Actor) -> int:
    """Write to who has cards that are due within three working days, or were due; once for each of the two.

    Returns how many people were written to.
    """
    now = clock.now(db.session())
    insist(may_run_desk(actor, None, now))
    today = clock.local_day(now)
    by_person: dict[uuid.UUID, list[Assessment]] = defaultdict(list)
    known: dict[uuid.UUID, Person] = {}
    for card in desk.to_be_reminded(add_working_days(today, SOON_WORKING_DAYS), today):
        card.reminded = "late" if card.due < today else "soon"
        for person in people.who_has(card):
            known[person.id] = person
            by_person[person.id].append(card)
    for person_id, theirs in by_person.items():
        late = [each for each in theirs if each.due < today]
        soon = [each for each in theirs if each.due >= today]
        facts: dict[str, Any] = {"late": as_items(late), "soon": as_items(soon), "count": len(theirs)}
        outbox.send(db.session(), REMINDER, recipient(known[person_id]), **facts)
    return len(by_person)
