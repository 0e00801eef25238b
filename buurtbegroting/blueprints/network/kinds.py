"""The kinds of houses there are, and how one comes in with a wheelchair."""

from __future__ import annotations

from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.civic.reasons import _r

HOUSE_KINDS = {
    "neighbourhood": _r("Neighbourhood house"),
    "village": _r("Village house"),
    "library": _r("Library"),
    "sports": _r("Sports canteen"),
    "faith": _r("Church, mosque or temple"),
    "school": _r("School"),
    "other": _r("Another place to meet"),
}

WHEELCHAIR = {
    "yes": _r("Yes, you come in with a wheelchair"),
    "partly": _r("Partly"),
    "no": _r("No, not with a wheelchair"),
}

# How far an initiative is, short enough for a table.
STAGES = {
    Stage.IDEA: _r("Idea"),
    Stage.STARTING: _r("Starting"),
    Stage.ACTIVE: _r("At work"),
    Stage.INDEPENDENT: _r("On its own feet"),
    Stage.ENDED: _r("Ended"),
}
