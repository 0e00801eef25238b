"""Who makes two plans one, and who says no to that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.phases import Act
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotNow
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from ..states import AT_WORK, MergeState
from .plans import NOT_THERE, SIGN_IN_FIRST, ProposalFacts, WrittenFacts, as_author, is_open


class MergeFacts(Protocol):
    """What a policy reads of the wish to make two plans one."""

    @property
    def state(self) -> MergeState: ...
    @property
    def plans(self) -> Sequence[WrittenFacts]: ...
    @property
    def asked_by_id(self) -> object: ...
    @property
    def awaited_ids(self) -> frozenset[str]: ...
    @property
    def is_noted_by_officials(self) -> bool: ...


def can_merge(proposal: ProposalFacts, now: datetime) -> bool:
    """Tell whether a plan can still become one with another: the municipality is at work and no list is fixed."""
    return proposal.state in AT_WORK and is_open(proposal.round, Act.WITHDRAW, now)


def may_ask_merge(actor: Actor, proposal: WrittenFacts, now: datetime) -> Verdict:
    """Its authors propose to make a plan one with another, as long as they could withdraw it."""
    if not (author := as_author(actor, proposal, now)):
        return author
    if can_merge(proposal, now):
        return Yes()
    return No(_r("This plan cannot be merged any more."), NotNow)


def may_see_merge(actor: Actor, merge: MergeFacts, now: datetime) -> Verdict:
    """The authors of both plans and officials see who agreed; others do not know of it before it is done."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if _is_author(actor, merge) or actor.has_role(RoleName.OFFICIAL) else NOT_THERE


def _is_author(actor: Actor, merge: MergeFacts) -> bool:
    return any(actor.person_id in each.author_ids for each in merge.plans)


def _as_author_now(actor: Actor, merge: MergeFacts, now: datetime) -> Verdict:
    if not (seen := may_see_merge(actor, merge, now)):
        return seen
    if not _is_author(actor, merge):
        return No(_r("Only who made one of these plans may do this."))
    return _is_still_asked(merge, now)


def _is_still_asked(merge: MergeFacts, now: datetime) -> Verdict:
    if merge.state is not MergeState.OPEN:
        return No(_r("This was settled already."), AlreadyDone)
    if all(can_merge(each, now) for each in merge.plans):
        return Yes()
    return No(_r("These plans cannot be merged any more."), NotNow)


def may_agree_merge(actor: Actor, merge: MergeFacts, now: datetime) -> Verdict:
    """Each author of both plans agrees, once."""
    if not (author := _as_author_now(actor, merge, now)):
        return author
    if actor.person_id in merge.awaited_ids:
        return Yes()
    return No(_r("You agreed already."), AlreadyDone)


def may_decline_merge(actor: Actor, merge: MergeFacts, now: datetime) -> Verdict:
    """Any author of either plan says no, also who agreed before; who proposed it takes it back."""
    if not (author := _as_author_now(actor, merge, now)):
        return author
    if str(merge.asked_by_id) == actor.person_id:
        return No(_r("You proposed this yourself. Take it back."), NotNow)
    return Yes()


def may_take_back_merge(actor: Actor, merge: MergeFacts, now: datetime) -> Verdict:
    """Who proposed it takes it back, until everybody agreed."""
    if not (author := _as_author_now(actor, merge, now)):
        return author
    return Yes() if str(merge.asked_by_id) == actor.person_id else No(_r("Only who proposed this may take it back."))


def may_note_consent(actor: Actor, merge: MergeFacts, now: datetime) -> Verdict:
    """An official notes that authors who cannot do so on the site agreed; never of a plan of their own."""
    if not (seen := may_see_merge(actor, merge, now)):
        return seen
    if not actor.has_role(RoleName.OFFICIAL):
        return No(_r("Only an official of the municipality may do this."))
    if _is_author(actor, merge):
        return No(_r("You wrote one of these plans. Somebody else does this."))
    if not (asked := _is_still_asked(merge, now)):
        return asked
    if merge.is_noted_by_officials:
        return Yes()
    return No(_r("Everybody who is still to agree does so on the site."), NotNow)


def may_lapse_merge(actor: Actor, merge: MergeFacts, now: datetime) -> Verdict:
    """Nobody but the site itself ends what cannot be done any more."""
    return Yes() if actor.is_system else No(_r("This page does not exist, or no longer does."))
