"""What is kept of a person in this slice, and how long."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.retention import Retention

from . import queries
from .models import ProposalDraft
from .queries import merging

KEEP_DRAFTS = timedelta(days=365)


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return the plans that somebody wrote or is writing; names are msgids."""
    return {
        _r("Your plans").msgid: [
            {
                _r("Number").msgid: each.number,
                _r("Title").msgid: each.title,
                _r("Handed in on").msgid: each.submitted_on,
            }
            for each in queries.plans_of(person_id)
        ],
        _r("Plans that you support").msgid: [
            {_r("Number").msgid: each.number, _r("Title").msgid: each.title} for each in queries.supported_by(person_id)
        ],
        _r("Plans that you wanted to merge").msgid: [
            {
                _r("Plan").msgid: " + ".join(plan.number for plan in each.plans),
                _r("Day").msgid: local_day(each.asked_at),
                _r("What you said with it").msgid: each.message,
            }
            for each in merging.merges_asked_by(person_id)
        ],
        _r("Plans that you are still writing").msgid: [
            {_r("Last changed").msgid: each.changed_on, _r("Text").msgid: dict(each.content)}
            for each in queries.drafts_of(person_id)
        ],
    }


def _clean_drafts(now: datetime) -> int:
    old = delete(ProposalDraft).where(ProposalDraft.changed_on < local_day(now - KEEP_DRAFTS))
    done: CursorResult[Any] = db.session.execute(old)  # type: ignore[assignment]
    return int(done.rowcount)


RETENTION = (
    Retention(
        _r("Plans that were not handed in"),
        KEEP_DRAFTS,
        _r("So that somebody can go on with it for the next round."),
        _clean_drafts,
    ),
)
