"""Who may do what to ballots and results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import (
    RoundFacts,
    may_make_rounds,
    may_manage_rounds,
    may_see_outcome,
    may_see_round,
)
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.phases import Act, Phase, PhaseKind, allows
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow
from buurtbegroting.civic.verdicts import No, Verdict, Yes

# Ways of deciding in which residents fill in a ballot in the booth.
WITH_BOOTH = ("vote", "packages")


class RulesFacts(Protocol):
    """What a policy reads of a rulebook."""

    @property
    def decision_form(self) -> str: ...


class VotingRound(RoundFacts, Protocol):
    """What a policy reads of a round and how it is decided."""

    @property
    def rulebook(self) -> RulesFacts: ...


class AskedFacts(Protocol):
    """What a policy reads of a vote that somebody wants to close."""

    @property
    def round(self) -> VotingRound: ...
    @property
    def asked_by(self) -> str: ...
    @property
    def step(self) -> str: ...


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


def has_booth(round_: VotingRound) -> bool:
    """Tell whether residents vote in a booth in this round, now, before or later."""
    has_phase = any(phase.kind is PhaseKind.VOTE for phase in round_.phases)
    return has_phase and round_.list_frozen_at is not None and round_.rulebook.decision_form in WITH_BOOTH


def voting_is_over(phases: Sequence[Phase], now: datetime) -> bool:
    """Tell whether the last moment to vote has passed."""
    ends = [phase.ends_at for phase in phases if phase.kind is PhaseKind.VOTE]
    return any(end is not None and end <= now for end in ends)


def may_cast(actor: Actor, phases: Sequence[Phase], now: datetime) -> Verdict:
    """A ballot is received as long as the clock says that voting is on: closed is closed, for everybody."""
    if allows(phases, Act.VOTE, now):
        return Yes()
    if voting_is_over(phases, now):
        return No(_r("The vote is closed. Your vote was not received."), NotNow)
    return No(_r("The vote has not begun yet. Your vote was not received."), NotNow)


def may_enter_booth(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """Everybody may come to the door of the booth while voting is on; who gets in, the proofs decide."""
    if not (seen := may_see_round(actor, round_, now)):
        return seen
    if not has_booth(round_):
        return No(_r("This page does not exist, or no longer does."), NotFound)
    if allows(round_.phases, Act.VOTE, now):
        return Yes()
    if voting_is_over(round_.phases, now):
        return No(_r("The vote is closed. You cannot vote in this round any more."), NotNow)
    return No(_r("The vote has not begun yet."), NotNow)


def may_see_board(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """The board is for everybody, from the first day of voting on and for ever."""
    if not (seen := may_see_round(actor, round_, now)):
        return seen
    has_begun = any(phase.kind is PhaseKind.VOTE and phase.starts_at <= now for phase in round_.phases)
    if has_booth(round_) and has_begun:
        return Yes()
    return No(_r("This page does not exist, or no longer does."), NotFound)


def may_ask_to_close(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """Officials close a vote after its last moment; two of them do it together."""
    if not (official := may_make_rounds(actor, round_, now)):
        return official
    if not has_booth(round_):
        return No(_r("In this round nobody votes in a booth."), NotNow)
    if not voting_is_over(round_.phases, now):
        return No(_r("People can still vote. Close the vote when its last day is over."), NotNow)
    return Yes()


def may_confirm_closing(actor: Actor, asked: AskedFacts, now: datetime) -> Verdict:
    """Another official than who asked for it confirms that a vote is closed, once."""
    if not (official := may_ask_to_close(actor, asked.round, now)):
        return official
    if asked.step != "asked":
        return No(_r("This vote is closed already."), AlreadyDone)
    if asked.asked_by == actor.id:
        return No(_r("Somebody else confirms this. You asked for it."))
    return Yes()


def may_see_result(actor: Actor, result: ResultFacts, now: datetime) -> Verdict:
    """A result, provisional or final, is for everybody as soon as its round shows outcomes, and for nobody before."""
    return may_see_outcome(actor, result.pot.round, now)


def may_count(actor: Actor, pot: PotFacts, now: datetime) -> Verdict:
    """An official, or the operator's command line, may count once the vote is over."""
    managed = may_manage_rounds(actor, pot, now)
    if managed and not (voting_is_over(pot.round.phases, now) or allows(pot.round.phases, Act.SEE_RESULT, now)):
        return No(_r("Counting begins when the vote is over."), NotNow)
    return managed


def may_decide(actor: Actor, result: ResultFacts, now: datetime) -> Verdict:
    """An official may record the decision on a provisional result, once."""
    if result.status == "final":
        return No(_r("The decision on this result has been recorded already."), AlreadyDone)
    return may_manage_rounds(actor, result, now)


def may_import_election(actor: Actor, municipality: object, now: datetime) -> Verdict:
    """An official, or the operator's command line, may take over an election that was held elsewhere."""
    return may_manage_rounds(actor, municipality, now)
