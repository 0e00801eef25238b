"""The lines of receipts as subjects: they can be talked about and followed."""

from __future__ import annotations

from typing import Any

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.i18n import say
from buurtbegroting.web.pages import slug
from buurtbegroting.web.subjects import Subject, SubjectKind

from . import queries
from .kinds import FIELD_WORDS
from .receipts import Place


def _line(key: str) -> Subject | None:
    found = queries.subject_of(key)
    if found is None:
        return None
    place, field = found
    title = say(_r("%(field)s in %(place)s", field=FIELD_WORDS[field], place=place.name))
    endpoint, values = address_of(place)
    return Subject(queries.THREADS, key, title, endpoint, values)


def address_of(place: Place) -> tuple[str, dict[str, Any]]:
    """Return the endpoint of a receipt and the parts of its address."""
    if place.is_whole:
        return "insight.whole", {}
    return "insight.receipt", {"code": place.code, "name": slug(place.name)}


# There are too many lines to choose from in a list: one follows a line from its talk.
KINDS = {queries.THREADS: SubjectKind(_r("What is spent"), _line, list)}
