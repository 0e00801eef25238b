"""Seed grants as rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .models import SeedGrant

HEAD = (
    *("nummer", "initiatief", "gevraagd in centen", "gekregen in centen", "status", "gevraagd op", "besloten op"),
    *("waarvoor", "wat kwam ervan", "cijfer"),
)


def rows(grants: Iterable[SeedGrant]) -> Iterator[tuple[object, ...]]:
    """Yield a row per seed grant; nothing in it is about a person."""
    for each in grants:
        yield (
            *(each.number, each.initiative.title, each.cents, each.granted_cents or "", each.state.value),
            *(each.asked_on, each.decided_on or "", each.spent_on_what, each.happened, each.grade or ""),
        )
