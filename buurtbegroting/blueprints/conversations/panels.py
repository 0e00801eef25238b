"""What conversations add to pages that combine slices."""

from __future__ import annotations

from typing import Any

from . import queries

SHOWN = 3


def beside_wijk(area: Any) -> dict[str, Any]:
    """Return the newest news of a wijk, and what follows it."""
    return {"kind": "wijk", "key": area.code, "news": queries.news_near("wijk", area.code, SHOWN)}


def beside_round(round_: Any) -> dict[str, Any]:
    """Return the newest news of a round, and what follows it."""
    return {"kind": "ronde", "key": round_.number, "news": queries.news_near("ronde", round_.number, SHOWN)}


def at_home(_tenant: Any) -> dict[str, Any] | None:
    """Return the newest news about the whole municipality, if there is any."""
    found, _ = queries.published_news("gemeente", "alles", 1, SHOWN)
    return {"news": found} if found else None
