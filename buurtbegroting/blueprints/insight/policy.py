"""Who may see what is spent, ask about it, and bring it in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import ImportState

SIGN_IN_FIRST = No(_r("Sign in first."), NotSignedIn)


class ImportFacts(Protocol):
    """What a policy reads of an import."""

    @property
    def state(self) -> ImportState: ...


def may_see_receipt(actor: Actor, place: object, now: datetime) -> Verdict:
    """Everybody sees what is spent in every wijk."""
    return Yes()


def may_ask_about_spending(actor: Actor, place: object, now: datetime) -> Verdict:
    """Everybody who signed in asks about a line of a receipt."""
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_import_spending(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials of the whole municipality and admins bring in what is spent; who is there for one wijk does not."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    is_official = any(role.name is RoleName.OFFICIAL and role.area_code is None for role in actor.roles)
    if is_official or actor.has_role(RoleName.ADMIN):
        return Yes()
    return No(_r("Only an official of the whole municipality may do this."))


def may_change_import(actor: Actor, found: ImportFacts, now: datetime) -> Verdict:
    """A file that was brought in is changed, published or thrown away until it is published."""
    if not (may := may_import_spending(actor, found, now)):
        return may
    if found.state is not ImportState.DRAFT:
        return No(_r("This file was published already."), AlreadyDone)
    return Yes()


def may_withdraw_import(actor: Actor, found: ImportFacts, now: datetime) -> Verdict:
    """What was published can be taken off the pages again."""
    if not (may := may_import_spending(actor, found, now)):
        return may
    if found.state is not ImportState.PUBLISHED:
        return No(_r("This file is not on the pages of residents."), AlreadyDone)
    return Yes()
