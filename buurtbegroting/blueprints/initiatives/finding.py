"""How initiatives are found."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.search import Entry, Kind
from buurtbegroting.web.pages import slug

from . import queries
from .models import Initiative


def _entry(number: str) -> Entry | None:
    found = queries.initiative_by_number(number)
    if found is None or found.is_hidden:
        return None
    return Entry(
        title=found.title,
        text="\n".join(filter(None, (found.what, found.asks, found.place, found.number))),
        endpoint="initiatives.initiative",
        values={"number": found.number, "name": slug(found.title)},
        wijk_code=found.wijk_code,
        theme=found.theme.slug if found.theme else "",
        day=found.registered_on,
        language=found.language,
    )


KINDS = {
    "initiatief": Kind(
        _r("Initiatives"),
        all_keys=queries.all_numbers,
        entry=_entry,
        touched_by={Initiative: lambda initiative: [initiative.number]},
    )
}
