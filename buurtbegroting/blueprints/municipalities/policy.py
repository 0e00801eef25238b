"""Who may do what to a municipality and its areas."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes


def may_see_area(actor: Actor, area: Any, now: datetime) -> Verdict:
    """Everybody may see every area."""
    return Yes()


def may_manage_municipality(actor: Actor, municipality: Any, now: datetime) -> Verdict:
    """An admin of the municipality, or the operator's command line, may set it up."""
    if actor.is_system or actor.has_role(RoleName.ADMIN):
        return Yes()
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    return No(_r("Only an admin of the municipality may do this."))
