"""Who may do what to ballots and results."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import RoundFacts, may_manage_rounds, may_see_outcome
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.phases import Act, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotNow
from buurtbegroting.civic.verdicts import No, Verdict


class PotFacts(Protocol):
    """What a policy reads of a pot."""

    @property
    def round(self) -> RoundFacts: ...


class ResultFacts(Protocol):
    """What a policy reads of a result."""

    @property
    def pot(self) -> PotFacts: ...
    @property
    def status(self) -> str: ...


def may_see_result(actor: Actor, result: ResultFacts, now: datetime) -> Verdict:
    """A result, provisional or final, is for everybody as soon as its round shows outcomes, and for nobody before."""
    return may_see_outcome(actor, result.pot.round, now)


def may_count(actor: Actor, pot: PotFacts, now: datetime) -> Verdict:
    """An official, or the operator's command line, may count once the vote is over."""
    managed = may_manage_rounds(actor, pot, now)
    if managed and not allows(pot.round.phases, Act.SEE_RESULT, now):
        return No(_r("Counting begins when the phase of the result begins."), NotNow)
    return managed


def may_decide(actor: Actor, result: ResultFacts, now: datetime) -> Verdict:
    """An official may record the decision on a provisional result, once."""
    if result.status == "final":
        return No(_r("The decision on this result has been recorded already."), AlreadyDone)
    return may_manage_rounds(actor, result, now)


def may_import_election(actor: Actor, municipality: object, now: datetime) -> Verdict:
    """An official, or the operator's command line, may take over an election that was held elsewhere."""
    return may_manage_rounds(actor, municipality, now)
