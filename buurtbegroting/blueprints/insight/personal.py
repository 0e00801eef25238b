"""What is kept of a person in this slice, and how long drafts stay."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.retention import Retention

from . import queries
from .models import SpendingImport
from .states import ImportState

KEEP_DRAFTS = timedelta(days=7)


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return which files with spending somebody brought in; names are msgids."""
    return {
        _r("Files with spending that you brought in").msgid: [
            {_r("File").msgid: each.file_name, _r("Made").msgid: each.imported_at}
            for each in queries.imports_by(person_id)
        ]
    }


def _clean_drafts(now: datetime) -> int:
    here = (SpendingImport.state_name == ImportState.DRAFT, SpendingImport.imported_at < now - KEEP_DRAFTS)
    done: CursorResult[Any] = db.session.execute(delete(SpendingImport).where(*here))  # type: ignore[assignment]
    return int(done.rowcount)


RETENTION = (
    Retention(
        _r("Files with spending that were not published"),
        KEEP_DRAFTS,
        _r("So that an official can mend what is wrong and go on."),
        _clean_drafts,
    ),
)
