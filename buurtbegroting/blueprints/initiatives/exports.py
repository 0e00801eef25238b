"""Initiatives as rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .models import Initiative

HEAD = ("nummer", "naam", "wat", "fase", "antwoord", "wijk", "onderwerp", "aangemeld op", "laatst gehoord op")


def rows(initiatives: Iterable[Initiative]) -> Iterator[tuple[object, ...]]:
    """Yield a row per initiative; nothing in it is about a person."""
    for each in initiatives:
        theme = each.theme.slug if each.theme else ""
        yield (
            *(each.number, each.title, each.what, each.stage.value, each.answer_state.value),
            *(each.wijk_code or "", theme, each.registered_on, each.alive_on),
        )
