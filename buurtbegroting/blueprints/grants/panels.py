"""What seed grants show on the page of an initiative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.web.access import can

from . import queries
from .models import SeedGrant
from .policy import may_ask_grant
from .states import WAITING, GrantState


@dataclass(frozen=True)
class Grants:
    """What an initiative asked and got, and whether it may ask now."""

    initiative: Initiative
    grants: Sequence[SeedGrant]
    may_ask: bool


def among_initiatives(_tenant: Any) -> bool:
    """Tell that there is a page about seed grants."""
    return True


def of_initiative(initiative: Initiative) -> Grants | None:
    """Return the seed grants of an initiative; None when there is nothing to see or to ask."""
    grants = [each for each in queries.grants_of(initiative.id) if each.state is not GrantState.WITHDRAWN]
    waits = any(each.state in WAITING for each in grants)
    may_ask = not waits and bool(can(may_ask_grant, initiative)) and bool(queries.funds(only_open=True))
    return Grants(initiative, grants, may_ask) if grants or may_ask else None
