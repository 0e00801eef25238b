"""How rounds are found."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.foundation.search import Entry, Kind
from buurtbegroting.web.pages import slug

from . import queries
from .models import Round


def _entry(number: str) -> Entry | None:
    found = queries.round_by_number(number)
    if found is None or found.state != "published":
        return None
    return Entry(
        title=found.title,
        text="\n".join(filter(None, (found.summary, found.intro, found.rulebook.promise))),
        endpoint="rounds.round_",
        values={"number": found.number, "name": slug(found.title)},
        day=local_day(found.phases[0].starts_at) if found.phases else None,
        language=found.language,
    )


KINDS = {
    "ronde": Kind(
        _r("Rounds"), all_keys=queries.all_numbers, entry=_entry, touched_by={Round: lambda round_: [round_.number]}
    )
}
