"""Who may see what of the pages of who works here."""

from __future__ import annotations

from datetime import datetime

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes


def may_work_here(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Everybody with a role has a list of work; an ambassador works in the wijk, not here."""
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.has_role(*(set(RoleName) - {RoleName.AMBASSADOR})):
        return Yes()
    return No(_r("This page is for who works for the municipality."))


def may_read_audit(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Admins, auditors and the operator read what happened."""
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.has_role(RoleName.ADMIN, RoleName.AUDITOR, RoleName.OPERATOR):
        return Yes()
    return No(_r("Only an admin or an auditor reads what happened."))


def may_print_letters(actor: Actor, thing: object, now: datetime) -> Verdict:
    """The desk prints letters: paper clerks and admins."""
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.has_role(RoleName.PAPER_CLERK, RoleName.ADMIN):
        return Yes()
    return No(_r("Only who does the paper work prints letters."))


def may_see_health(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Admins and the operator see whether mail and work go well."""
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.has_role(RoleName.ADMIN, RoleName.OPERATOR):
        return Yes()
    return No(_r("Only an admin sees this."))
