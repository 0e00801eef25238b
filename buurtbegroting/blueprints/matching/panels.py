"""What needs and offers show on pages that combine slices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.municipalities.models import Area

from . import queries
from .models import Posting

SHOWN = 4


@dataclass(frozen=True)
class Near:
    """The newest needs and offers for a wijk, and how many there are."""

    postings: Sequence[Posting]
    total: int


@dataclass(frozen=True)
class OfGroup:
    """The open needs and offers of an initiative."""

    initiative: Initiative
    postings: Sequence[Posting]


def among_initiatives(_tenant: Any) -> bool:
    """Tell that there are pages about needs and offers."""
    return True


def of_wijk(area: Area) -> Near:
    """Return what is asked and offered in a wijk, also when that is nothing yet."""
    filters = queries.Filters(wijk=area.code)
    return Near(queries.page(filters, 1, SHOWN), queries.count(filters))


def of_initiative(initiative: Initiative) -> OfGroup:
    """Return what an initiative asks and offers."""
    return OfGroup(initiative, queries.of_initiative(initiative.id))
