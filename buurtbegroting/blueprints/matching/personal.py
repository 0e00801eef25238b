"""What is kept of a person in this slice, how long, and what goes when they leave."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.retention import Retention

from . import queries
from .models import LastingQuestion
from .states import MatchState

KEEP_CLOSED = timedelta(days=183)


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return what somebody asked and offered, whom they asked, and whom they blocked; names are msgids."""
    return {
        _r("What you asked and offered").msgid: [
            {
                _r("Title").msgid: each.title,
                _r("Text").msgid: each.what,
                _r("Day").msgid: each.placed_on,
                _r("Shown as").msgid: each.shown_as,
            }
            for each in queries.of_person(person_id)
        ],
        _r("To whom you wanted to get in touch").msgid: [
            {_r("About").msgid: each.asked.title, _r("Text").msgid: each.message, _r("Day").msgid: each.proposed_on}
            for each in queries.asked_by(person_id)
        ],
        _r("Who may ask you nothing more").msgid: [
            {_r("About").msgid: each.about, _r("Day").msgid: each.since} for each in queries.blocks_of(person_id)
        ],
    }


def forget(person_id: uuid.UUID) -> None:
    """Take away what somebody asked and offered for themselves; what is of a group stays without them."""
    for posting in queries.of_person(person_id):
        if posting.is_of_person:
            db.session.delete(posting)
        else:
            posting.person_id, posting.shown_as = None, ""
    for match in queries.asked_by(person_id):
        if match.state is MatchState.PROPOSED:
            db.session.delete(match)
        else:
            match.asker_id = None
    for block in queries.blocks_of(person_id):
        db.session.delete(block)


def clean_closed(now: datetime) -> int:
    """Throw away what people asked and offered and what was closed half a year ago; counts of matches stay."""
    old = queries.closed_before(clock.local_day(now - KEEP_CLOSED))
    for each in old:
        db.session.delete(each)
    db.session.execute(delete(LastingQuestion).where(LastingQuestion.ends_at <= now))
    return len(old)


RETENTION = (
    Retention(
        _r("Needs and offers of people that are closed"),
        KEEP_CLOSED,
        _r("So that we can ask once whether a match lasted."),
        clean_closed,
    ),
)
