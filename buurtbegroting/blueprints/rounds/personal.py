"""What is kept of a person in this slice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from buurtbegroting.civic.reasons import _r

from . import queries


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return how somebody divided the money of rounds; names are msgids."""
    return {
        _r("How you divided the money of rounds").msgid: [
            {_r("Round").msgid: round_.number, _r("Subject").msgid: theme.name_nl, _r("Amount").msgid: share.euros}
            for share, theme, round_ in queries.shares_by(person_id)
        ]
    }
