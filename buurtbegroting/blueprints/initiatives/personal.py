"""What is kept of a person in this slice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.clock import local_day

from . import queries
from .queries import cases


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return the initiatives of somebody and what they wrote to the municipality about them; names are msgids."""
    return {
        _r("Your initiatives").msgid: [
            {
                _r("Number").msgid: each.number,
                _r("Title").msgid: each.title,
                _r("As what").msgid: next(member.part for member in each.members if member.person_id == person_id),
            }
            for each in queries.initiatives_of(person_id)
        ],
        _r("What you wrote to the municipality about your initiative").msgid: [
            {_r("Day").msgid: local_day(each.written_at), _r("Text").msgid: each.body}
            for each in cases.notes_by(person_id)
        ],
    }
