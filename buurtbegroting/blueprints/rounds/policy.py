"""Who may do what to a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName, Verification
from buurtbegroting.civic.phases import Act, Phase, PhaseKind, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes


class RoundFacts(Protocol):
    """What a policy reads of a round."""

    @property
    def state(self) -> str: ...
    @property
    def phases(self) -> Sequence[Phase]: ...
    @property
    def conditions_frozen_at(self) -> datetime | None: ...
    @property
    def list_frozen_at(self) -> datetime | None: ...


class MovingFacts(Protocol):
    """What a policy reads of a phase that gets other dates."""

    @property
    def round(self) -> RoundFacts: ...
    @property
    def phase(self) -> Phase: ...


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


def may_make_rounds(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials make rounds and see those that are not known yet."""
    if actor.is_system or actor.is_signed_in:
        return may_manage_rounds(actor, thing, now)
    return No(_r("Sign in first."), NotSignedIn)


def may_write_round(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Officials write a round; what is frozen in it, the deed itself refuses."""
    return may_make_rounds(actor, round_, now)


def may_publish_round(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Officials make a round known, once."""
    if (official := may_make_rounds(actor, round_, now)) and round_.state == "published":
        return No(_r("Everybody knows this round already."), AlreadyDone)
    return official


def may_throw_away_round(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Officials throw away a round as long as nobody knows of it."""
    if (official := may_make_rounds(actor, round_, now)) and round_.state == "published":
        return No(_r("Everybody knows this round. It cannot be thrown away any more."), NotNow)
    return official


def may_freeze_conditions(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Officials fix the conditions of a round that is known, once."""
    if not (official := may_make_rounds(actor, round_, now)):
        return official
    if round_.conditions_frozen_at:
        return No(_r("The conditions of this round are fixed already."), AlreadyDone)
    if round_.state != "published":
        return No(_r("Make the round known first."), NotNow)
    return Yes()


def may_move_phase(actor: Actor, moving: MovingFacts, now: datetime) -> Verdict:
    """Officials move the dates of a phase that is not over; those of a vote that is on do not move any more."""
    if not (official := may_make_rounds(actor, moving.round, now)):
        return official
    if moving.round.state != "published":
        return No(_r("Nobody knows this round yet. Change the dates themselves."), NotNow)
    if moving.phase.ends_at and moving.phase.ends_at <= now:
        return No(_r("This phase is over."), NotNow)
    if moving.phase.kind is PhaseKind.VOTE and moving.phase.starts_at <= now:
        return No(_r("People are voting. The dates of the vote do not move any more."), NotNow)
    return Yes()


def may_see_division(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Everybody sees how the money of a round is divided over themes, when the round asks residents for that."""
    if not (seen := may_see_round(actor, round_, now)):
        return seen
    if any(phase.kind is PhaseKind.DIVIDE for phase in round_.phases):
        return Yes()
    return No(_r("This page does not exist, or no longer does."), NotFound)


def may_divide(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Everybody who confirmed an address divides the money over themes, in the phase for that."""
    if not (seen := may_see_division(actor, round_, now)):
        return seen
    if round_.conditions_frozen_at or not allows(round_.phases, Act.DIVIDE, now):
        return No(_r("The money of this round cannot be divided now."), NotNow)
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.verification >= Verification.EMAIL:
        return Yes()
    return No(_r("Confirm your e-mail address first. Then we know that you divide once."))


def may_split_pot(actor: Actor, round_: RoundFacts, now: datetime) -> Verdict:
    """Officials make pots of what residents divided, after that phase and before the conditions are fixed."""
    if not (official := may_make_rounds(actor, round_, now)):
        return official
    if not (seen := may_see_division(actor, round_, now)):
        return seen
    if round_.conditions_frozen_at:
        return No(_r("The conditions of this round are fixed. They cannot be changed any more."), NotNow)
    if not division_is_over(round_, now):
        return No(_r("Residents are not done with dividing."), NotNow)
    return Yes()


def division_is_over(round_: RoundFacts, now: datetime) -> bool:
    """Tell whether residents are done with dividing the money; only then is shown what they gave."""
    ends = [phase.ends_at for phase in round_.phases if phase.kind is PhaseKind.DIVIDE]
    return any(end is not None and end <= now for end in ends)


def may_keep_ledger(actor: Actor, pot: object, now: datetime) -> Verdict:
    """Officials, and the system after a decision, write in the book of a pot."""
    return may_make_rounds(actor, pot, now)
