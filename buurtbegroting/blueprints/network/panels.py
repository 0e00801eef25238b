"""Where the network of a wijk is found from other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.web.access import can

from .policy import may_put_on_agenda, may_tie


def among_initiatives(_tenant: Any) -> bool:
    """Tell that there are pages about houses, the agenda and the network."""
    return True


def of_wijk(area: Area) -> Area | None:
    """Return a wijk, whose network and agenda have pages; None for an area that is composed of buurten."""
    return area if area.kind == AreaKind.WIJK else None


@dataclass(frozen=True)
class Own:
    """An initiative of somebody, and what they may say of it here."""

    initiative: Initiative
    may_tie: bool
    may_plan: bool


def of_initiative(initiative: Initiative) -> Own | None:
    """Return what members may say of their initiative; None for everybody else."""
    own = Own(initiative, bool(can(may_tie, initiative)), bool(can(may_put_on_agenda, initiative)))
    return own if own.may_tie or own.may_plan else None
