"""How wijken, and what a municipality says in its own words, are found."""

from __future__ import annotations

from collections.abc import Iterable

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.search import Entry, Kind
from buurtbegroting.web.i18n import say, speaking
from buurtbegroting.web.pages import slug

from . import queries
from .models import Area, AreaKind, OwnText

# The pages with a municipality's own words.
TITLES = {
    "about": _r("About Buurtbegroting"),
    "privacy": _r("Privacy"),
    "accessibility": _r("Accessibility"),
    "promises": _r("What we promise"),
}
ENDPOINTS = {page: f"municipalities.{page}" for page in TITLES} | {"promises": "municipalities.promises_page"}


def _area(code: str) -> Entry | None:
    found = queries.area_by_code(code)
    if found is None or not found.is_current or found.kind == AreaKind.BUURT:
        return None
    buurten = queries.buurten_of(found) if found.kind == AreaKind.WIJK else ()
    return Entry(
        title=found.name,
        text=", ".join(each.name for each in buurten),
        endpoint="municipalities.area",
        values={"code": found.code, "name": slug(found.name)},
        wijk_code=found.code if found.kind == AreaKind.WIJK else None,
    )


def _areas() -> Iterable[str]:
    return [each.code for each in queries.current_areas(AreaKind.WIJK, AreaKind.OWN)]


def _of_area(area: Area) -> Iterable[str]:
    # A buurt is found by its wijk.
    return [area.parent_code or area.code]


def _text(page: str) -> Entry | None:
    found = queries.own_text(page, "nl")
    with speaking("nl"):
        return Entry(say(TITLES[page]), found.body, ENDPOINTS[page]) if found and found.body else None


KINDS = {
    "wijk": Kind(
        _r("Wijken"), all_keys=_areas, entry=_area, touched_by={Area: lambda area: [area.parent_code or area.code]}
    ),
    "tekst": Kind(
        _r("About Buurtbegroting"),
        all_keys=lambda: list(TITLES),
        entry=_text,
        touched_by={OwnText: lambda text: [text.page] if text.page in TITLES else []},
    ),
}
