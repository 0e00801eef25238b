"""What initiatives show on pages that combine slices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.municipalities.models import Area

from . import queries
from .models import Initiative

SHOWN = 4


@dataclass(frozen=True)
class Near:
    """The newest initiatives of a wijk, and how many there are."""

    initiatives: Sequence[Initiative]
    total: int


def of_wijk(area: Area) -> Near:
    """Return what residents set up in a wijk, also when that is nothing yet."""
    return Near(*queries.near(area.code, SHOWN))


def of_person(person: Person) -> Sequence[Initiative]:
    """Return the initiatives of somebody."""
    return queries.initiatives_of(person.id)
