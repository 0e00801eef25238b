"""How public needs and offers are found."""

from __future__ import annotations

import uuid

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.search import Entry, Kind

from . import queries
from .models import Posting
from .states import Side, State


def _entry(key: str) -> Entry | None:
    found = queries.posting_by_id(uuid.UUID(key))
    if found is None or not found.is_shown or found.state is not State.OPEN:
        return None
    return Entry(
        title=found.title,
        text=found.what,
        endpoint="matching.need" if found.side is Side.NEED else "matching.offer",
        values={"posting_id": key},
        wijk_code=found.wijk_code,
        day=found.placed_on,
        language=found.language,
    )


def _of_initiative(initiative: Initiative) -> list[str]:
    return [str(each.id) for each in queries.all_of_initiative(initiative.id)]


KINDS = {
    "hulp": Kind(
        _r("Needs and offers"),
        all_keys=queries.all_keys,
        entry=_entry,
        touched_by={Posting: lambda posting: [str(posting.id)], Initiative: _of_initiative},
    )
}
