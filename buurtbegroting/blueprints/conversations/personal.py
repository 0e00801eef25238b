"""What is kept of a person in this slice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from buurtbegroting.civic.reasons import _r

from . import queries


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return what somebody follows; names are msgids."""
    return {
        _r("What you follow").msgid: [
            {_r("What").msgid: f"{each.kind} {each.key}", _r("From").msgid: each.since}
            for each in queries.follows_of(str(person_id))
        ],
        _r("What you said").msgid: [
            {
                _r("Where").msgid: f"{each.thread.kind} {each.thread.key}",
                _r("Text").msgid: each.body,
                _r("Made").msgid: each.made_at,
            }
            for each in queries.everything_said_by(person_id)
        ],
    }
