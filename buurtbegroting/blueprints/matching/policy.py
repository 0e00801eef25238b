"""Who may ask, offer, get in touch, and be a broker."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import MatchState, State

NOT_THERE = No(_r("This page does not exist, or no longer does."), NotFound)
SIGN_IN_FIRST = No(_r("Sign in first."), NotSignedIn)
NOT_OPEN = No(_r("This is not open any more."), NotNow)


class BlockFacts(Protocol):
    """What a policy reads of a block."""

    @property
    def blocker_id(self) -> object: ...


class QuestionFacts(Protocol):
    """What a policy reads of the question whether a match lasts."""

    @property
    def ends_at(self) -> datetime: ...


class PostingFacts(Protocol):
    """What a policy reads of a need or an offer."""

    @property
    def state(self) -> State: ...
    @property
    def is_shown(self) -> bool: ...
    @property
    def is_for_broker(self) -> bool: ...
    @property
    def is_brokered(self) -> bool: ...
    @property
    def keeper_ids(self) -> Collection[str]: ...
    @property
    def organisation_key(self) -> str: ...


class MatchFacts(Protocol):
    """What a policy reads of a match."""

    @property
    def state(self) -> MatchState: ...
    @property
    def asking(self) -> PostingFacts: ...
    @property
    def asked(self) -> PostingFacts: ...


def may_place(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Everybody who signed in asks and offers."""
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_broker(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Neighbourhood workers and officials are brokers."""
    if actor.has_role(RoleName.NEIGHBOURHOOD_WORKER, RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only a broker may do this.")) if actor.is_signed_in else SIGN_IN_FIRST


def may_keep_funds(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials keep the list of funds."""
    if actor.has_role(RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only an official of the municipality may do this.")) if actor.is_signed_in else SIGN_IN_FIRST


def _is_keeper(actor: Actor, posting: PostingFacts) -> bool:
    speaks_for_it = posting.organisation_key != "" and posting.organisation_key in actor.organisations
    return speaks_for_it or (actor.person_id is not None and actor.person_id in posting.keeper_ids)


def may_hide_posting(actor: Actor, posting: object, now: datetime) -> Verdict:
    """Who moderates and officials hide a need or an offer, and show it again."""
    if actor.has_role(RoleName.MODERATOR, RoleName.OFFICIAL):
        return Yes()
    return No(_r("Only who moderates may do this.")) if actor.is_signed_in else SIGN_IN_FIRST


def may_see_posting(actor: Actor, posting: PostingFacts, now: datetime) -> Verdict:
    """Everybody sees what is public; whose it is sees it always, brokers what is for them, who moderates the rest."""
    if posting.is_shown or _is_keeper(actor, posting):
        return Yes()
    if posting.is_for_broker:
        return Yes() if may_broker(actor, posting, now) else NOT_THERE
    return Yes() if may_hide_posting(actor, posting, now) else NOT_THERE


def may_change_posting(actor: Actor, posting: PostingFacts, now: datetime) -> Verdict:
    """Whose it is changes it; what a broker entered, a broker changes."""
    if not (seen := may_see_posting(actor, posting, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if _is_keeper(actor, posting) or (posting.is_brokered and may_broker(actor, posting, now)):
        return Yes()
    return No(_r("Only whose this is may do this."))


def may_withdraw_posting(actor: Actor, posting: PostingFacts, now: datetime) -> Verdict:
    """Whose it is takes it back, as long as it is not closed already."""
    if not (changes := may_change_posting(actor, posting, now)):
        return changes
    return Yes() if posting.state in (State.OPEN, State.MATCHED) else NOT_OPEN


def may_extend_posting(actor: Actor, posting: PostingFacts, now: datetime) -> Verdict:
    """Whose it is lets it stand longer, and opens it again."""
    return may_change_posting(actor, posting, now)


def may_get_in_touch(actor: Actor, posting: PostingFacts, now: datetime) -> Verdict:
    """Everybody who signed in asks about what is public and open and not their own."""
    if not (seen := may_see_posting(actor, posting, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if _is_keeper(actor, posting):
        return No(_r("This is your own."))
    if not posting.is_shown:
        return No(_r("A broker gets in touch about this."))
    return Yes() if posting.state is State.OPEN else NOT_OPEN


def may_ask_from(actor: Actor, posting: PostingFacts, now: datetime) -> Verdict:
    """One asks from an open need or offer of one's own; for what one person asks, a broker does it."""
    if not (changes := may_change_posting(actor, posting, now)):
        return changes
    if posting.is_for_broker:
        return No(_r("A broker looks for you. That is safer for you."))
    return Yes() if posting.state is State.OPEN else NOT_OPEN


def may_answer_match(actor: Actor, match: MatchFacts, now: datetime) -> Verdict:
    """Who was asked says yes or no, once."""
    if not _is_keeper(actor, match.asked):
        return NOT_THERE if actor.is_signed_in else SIGN_IN_FIRST
    if match.state is MatchState.PROPOSED:
        return Yes()
    return No(_r("This question was answered already."), NotNow)


def may_end_match(actor: Actor, match: MatchFacts, now: datetime) -> Verdict:
    """Both sides and brokers say that a match is over."""
    if not (_is_keeper(actor, match.asked) or _is_keeper(actor, match.asking) or may_broker(actor, match, now)):
        return NOT_THERE if actor.is_signed_in else SIGN_IN_FIRST
    return Yes() if match.state is MatchState.AGREED else No(_r("This match is not going on."), NotNow)


def may_handle_posting(actor: Actor, posting: PostingFacts, now: datetime) -> Verdict:
    """Brokers handle what is for them."""
    if not (broker := may_broker(actor, posting, now)):
        return broker
    return Yes() if posting.is_for_broker else NOT_THERE


def may_run_mornings(actor: Actor, thing: object, now: datetime) -> Verdict:
    """The clock closes what lapsed and asks whether matches last; nobody does that by hand."""
    return Yes() if actor.is_system else No(_r("This happens by itself."))


def may_say_whether_it_lasts(actor: Actor, question: QuestionFacts, now: datetime) -> Verdict:
    """Whoever has the link answers, within its time."""
    return Yes() if now < question.ends_at else No(_r("This link was used, or its time is over."), AlreadyDone)


def may_unblock(actor: Actor, block: BlockFacts, now: datetime) -> Verdict:
    """Who blocked somebody lets them ask again."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if str(block.blocker_id) == actor.person_id else NOT_THERE
