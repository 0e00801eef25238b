"""Everything that is kept about one person, of all slices together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from . import slices


def everything_about(person_id: uuid.UUID) -> dict[str, Mapping[str, Any]]:
    """Return what each slice keeps about somebody, by the name of the slice."""
    asked = {each.name: each.personal_data for each in slices.discover() if each.personal_data}
    return {name: ask(person_id) for name, ask in asked.items()}


def forget(person_id: uuid.UUID) -> None:
    """Let every slice forget somebody, inside the running deed."""
    for each in slices.discover():
        if each.forget:
            each.forget(person_id)
