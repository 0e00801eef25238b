"""What of a municipality can be followed: the municipality itself, and every wijk and own area."""

from __future__ import annotations

from collections.abc import Sequence

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.pages import slug
from buurtbegroting.web.subjects import Subject, SubjectKind

from . import queries
from .models import Area, AreaKind

FOLLOWED = (AreaKind.WIJK, AreaKind.OWN)


def _municipality(key: str) -> Subject | None:
    return _whole() if key == "alles" else None


def _whole() -> Subject:
    name = queries.this_municipality().name
    return Subject("gemeente", "alles", name, "municipalities.home")


def _area(code: str) -> Subject | None:
    found = queries.area_by_code(code)
    return _subject(found) if found and found.kind in FOLLOWED else None


def _subject(area: Area) -> Subject:
    address = {"code": area.code, "name": slug(area.name)}
    return Subject("wijk", area.code, area.name, "municipalities.area", address)


def _areas() -> Sequence[Subject]:
    return [_subject(each) for each in queries.current_areas(*FOLLOWED)]


KINDS = {
    "gemeente": SubjectKind(_r("Whole municipality"), _municipality, lambda: [_whole()]),
    "wijk": SubjectKind(_r("Wijk"), _area, _areas),
}
