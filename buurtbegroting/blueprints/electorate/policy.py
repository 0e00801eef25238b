"""Who may prove to be a voter in which way, and who may keep the register and hand out codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from buurtbegroting.blueprints.rounds.policy import RoundFacts, may_make_rounds
from buurtbegroting.civic.actors import Actor, RoleName, Verification
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.proofs import Proof, is_poll
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NeedsSecondFactor, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import VALID, CodeState

MOST_PROXIES = 2


class RulesFacts(Protocol):
    """What a policy reads of a rulebook."""

    @property
    def proofs(self) -> Sequence[str]: ...
    @property
    def decision_form(self) -> str: ...


class VotingRound(RoundFacts, Protocol):
    """What a policy reads of a round with voters."""

    @property
    def rulebook(self) -> RulesFacts: ...


class BatchFacts(Protocol):
    """What a policy reads of a batch of codes."""

    @property
    def round(self) -> VotingRound: ...
    @property
    def kind(self) -> str: ...
    @property
    def asked_by(self) -> str: ...
    @property
    def released_by(self) -> str | None: ...
    @property
    def file_path(self) -> str: ...


class EntryFacts(Protocol):
    """What a policy reads of somebody in the register."""

    @property
    def round(self) -> VotingRound: ...


def may_prove_by_account(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """In a poll everybody takes part who confirmed an e-mail address and said where they live."""
    if Proof.ACCOUNT not in round_.rulebook.proofs:
        return No(_r("In this round an account is not enough to vote."))
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.on_behalf_of:
        return No(_r("Nobody votes for somebody else here. Stop filling in for somebody first."))
    if actor.verification < Verification.EMAIL:
        return No(_r("Confirm your e-mail address first. Then we know that you take part once."))
    if actor.wijk_code is None:
        return No(_r("We do not know yet in which wijk you live. Fill that in under My account."))
    return Yes()


def may_prove_by_identity(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """Who signed in with a provider of identities may vote when the register knows them."""
    if Proof.IDENTITY not in round_.rulebook.proofs:
        return No(_r("In this round you vote with the code from your letter."))
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if actor.on_behalf_of:
        return No(_r("Nobody votes for somebody else here. Stop filling in for somebody first."))
    return Yes()


def may_prove_by_code(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """Everybody with a valid code may vote, whoever they are signed in as."""
    if Proof.CODE in round_.rulebook.proofs or Proof.COUNTER in round_.rulebook.proofs:
        return Yes()
    return No(_r("In this round there are no letters with codes."))


def is_valid(state: CodeState) -> bool:
    """Tell whether somebody can vote with a code in this state."""
    return state in VALID


def has_register(round_: VotingRound) -> bool:
    """Tell whether a round has a register of voters."""
    return round_.rulebook.decision_form in ("vote", "packages") and not is_poll(round_.rulebook.proofs)


def _is_over(round_: RoundFacts, now: datetime) -> bool:
    ends = [phase.ends_at for phase in round_.phases if phase.kind is PhaseKind.VOTE]
    return not ends or any(end is not None and end <= now for end in ends)


def may_see_register(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """Officials see how many people may vote and how the letters go; who they are, only the help desk sees."""
    if not (official := may_make_rounds(actor, round_, now)):
        return official
    if not has_register(round_):
        return No(_r("This round has no register of voters."), NotFound)
    return Yes()


def may_keep_register(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """Officials bring people into the register until the vote is over, after showing once more who they are."""
    if not (seen := may_see_register(actor, round_, now)):
        return seen
    if _is_over(round_, now):
        return No(_r("The vote is over. The register does not change any more."), NotNow)
    return _freshly(actor, now)


def may_release_batch(actor: Actor, batch: BatchFacts, now: datetime) -> Verdict:
    """Another official than who asked for letters lets them be made."""
    if not (kept := may_keep_register(actor, batch.round, now)):
        return kept
    if batch.released_by:
        return No(_r("These letters are released already."), AlreadyDone)
    if batch.asked_by == actor.id:
        return No(_r("Somebody else releases these letters. You asked for them."))
    return Yes()


def may_take_back_batch(actor: Actor, batch: BatchFacts, now: datetime) -> Verdict:
    """Any official takes back letters that were not released yet."""
    if not (kept := may_keep_register(actor, batch.round, now)):
        return kept
    if batch.released_by:
        return No(_r("These letters are released already."), AlreadyDone)
    return Yes()


def may_fetch_letters(actor: Actor, batch: BatchFacts, now: datetime) -> Verdict:
    """Officials fetch the encrypted print file of a batch, once."""
    if not (kept := may_keep_register(actor, batch.round, now)):
        return kept
    if not batch.file_path:
        return No(_r("The file was fetched already, or is not made yet. It is kept until somebody fetches it."), NotNow)
    return Yes()


def may_note_batch(actor: Actor, batch: BatchFacts, now: datetime) -> Verdict:
    """Officials note that letters were sent, or withdraw a whole batch."""
    return may_keep_register(actor, batch.round, now)


def may_help_voters(actor: Actor, round_: VotingRound, now: datetime) -> Verdict:
    """Officials and clerks at the counter look somebody up, after showing once more who they are."""
    if not actor.is_signed_in:
        return No(_r("Sign in first."), NotSignedIn)
    if not actor.has_role(RoleName.OFFICIAL, RoleName.PAPER_CLERK):
        return No(_r("Only an official of the municipality may do this."))
    if not has_register(round_):
        return No(_r("This round has no register of voters."), NotFound)
    if _is_over(round_, now):
        return No(_r("The vote is over. The register does not change any more."), NotNow)
    return _freshly(actor, now)


def may_help_voter(actor: Actor, entry: EntryFacts, now: datetime) -> Verdict:
    """Who may help voters may help this one."""
    return may_help_voters(actor, entry.round, now)


class CodeFacts(Protocol):
    """What a policy reads of a code."""

    @property
    def entry(self) -> EntryFacts: ...


def may_note_code(actor: Actor, code: CodeFacts, now: datetime) -> Verdict:
    """Who may help a voter may note that a letter came back."""
    return may_help_voter(actor, code.entry, now)


def may_give_proxy(proofs: Collection[str], held: int) -> Verdict:
    """A voter casts at most two votes for others, where the rulebook knows proxies."""
    if Proof.PROXY not in proofs:
        return No(_r("In this round nobody can vote for another."))
    if held >= MOST_PROXIES:
        return No(_r("This person votes for two others already. That is the most there may be."))
    return Yes()


def _freshly(actor: Actor, now: datetime) -> Verdict:
    if actor.is_system or actor.has_fresh_second_factor(now):
        return Yes()
    return No(_r("Show once more who you are."), NeedsSecondFactor)
