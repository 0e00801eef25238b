"""Who may do what to a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.phases import Act, Phase, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes


class RoundFacts(Protocol):
    """What a policy reads of a round."""

    @property
    def state(self) -> str: ...
    @property
    def phases(self) -> Sequence[Phase]: ...


def may_manage_rounds(actor: Actor, round_: object, now: datetime) -> Verdict:
    """An official, or the operator's command line, may make and change rounds."""
    if actor.is_system or actor.has_role(RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only an official of the municipality may do this."))


def may_choose_criteria(actor: Actor, criterion: object, now: datetime) -> Verdict:
    """An admin chooses by which questions plans are judged, before a round freezes them."""
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.has_role(RoleName.ADMIN):
        return Yes()
    return No(_r("Only an admin of the municipality may do this."))


def may_see_round(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Everybody may see a round once it is published; before that only officials know of it."""
    if round_.state == "published" or may_manage_rounds(actor, round_, now):
        return Yes()
    return No(_r("This page does not exist, or no longer does."), NotFound)


def may_see_outcome(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """The outcome of a round is for everybody, officials included, from the phase of the result on."""
    seen = may_see_round(actor, round_, now)
    if not seen or allows(round_.phases, Act.SEE_RESULT, now):
        return seen
    return No(_r("The result is not there yet. First there is voting, then counting."), NotNow)
