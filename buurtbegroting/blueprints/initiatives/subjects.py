"""Initiatives as subjects: they can be followed and talked about."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.pages import slug
from buurtbegroting.web.subjects import Subject, SubjectKind

from . import queries


def _initiative(number: str) -> Subject | None:
    found = queries.initiative_by_number(number)
    if found is None or found.is_hidden:
        return None
    address = {"number": found.number, "name": slug(found.title)}
    return Subject("initiatief", found.number, found.title, "initiatives.initiative", address)


# One follows an initiative on its own page.
KINDS = {"initiatief": SubjectKind(_r("Initiative"), _initiative, list)}
