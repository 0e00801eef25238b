"""The kinds of houses there are, and how one comes in with a wheelchair."""

from __future__ import annotations

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
