"""Two plans that become one: asked by an author, agreed by all, and what comes of both."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import MergeConsent, MergeRequest, Proposal, Voice
from ..notices import MERGE_ASKED, MERGE_OVER, to_authors
from ..policy import (
    can_merge,
    may_agree_merge,
    may_ask_merge,
    may_decline_merge,
    may_lapse_merge,
    may_note_consent,
    may_see_proposal,
    may_take_back_merge,
)
from ..queries import merging
from ..states import MERGING, MergeState
from .joining import join_plans
from .settling import settled


@dataclass(frozen=True)
class Wish:
    """With which plan, whether that is the one that goes on, why, and what would read otherwise then."""

    other: str
    other_stays: bool
    message: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)


@deed("proposals:merge:asked")
def ask_merge(actor: Actor, proposal: Proposal, wish: Wish) -> MergeRequest:
    """Propose to make two plans of one round one; who proposes it agrees, all other authors of both are asked.

    Raises Invalid for another plan that cannot be merged with this one, or for a text that the rules do not allow,
    AlreadyDone when one of the two is being merged with some plan already.
    """
    now = clock.now(db.session())
    insist(may_ask_merge(actor, proposal, now))
    other = _other(actor, proposal, wish.other)
    for each in (proposal, other):
        if merging.open_merges_of(each.id):
            raise AlreadyDone(_r("Plan %(number)s may already be merged. First that is settled.", number=each.number))
    stays, goes = (other, proposal) if wish.other_stays else (proposal, other)
    kept = {name: value for name, value in wish.content.items() if value != stays.written[name]}
    settled(stays.round, kept, stays.written)
    merge = MergeRequest(
        id=uuid.uuid4(),
        proposal=stays,
        other=goes,
        state_name=MERGING.initial.value,
        asked_by_id=uuid.UUID(str(actor.person_id)),
        asked_at=now,
        message=wish.message,
        content=kept,
        consents=[],
    )
    db.session.add(merge)
    _consent(actor, merge)
    db.session.flush()
    _tell(merge, MERGE_ASKED, but=actor)
    _settle(merge)
    return merge


def _other(actor: Actor, proposal: Proposal, number: str) -> Proposal:
    now = clock.now(db.session())
    found, reason = queries.proposal_by_number(number), None
    if found is None or not may_see_proposal(actor, found, now):
        reason = _r("There is no plan with this number.")
    elif found.id == proposal.id:
        reason = _r("This is the same plan. Choose another one.")
    elif found.round_id != proposal.round_id:
        reason = _r("This plan is of another round. Choose one of the same round.")
    elif not can_merge(found, now):
        reason = _r("This plan cannot be merged any more.")
    if found is None or reason:
        raise Invalid(reason or Reason(""), {"other": reason or Reason("")})
    return found


@deed("proposals:merge:agreed")
def agree_merge(actor: Actor, merge: MergeRequest) -> MergeRequest:
    """Agree, as an author; with the last who does the two plans become one."""
    insist(may_agree_merge(actor, _alone_with(merge), clock.now(db.session())))
    _consent(actor, merge)
    _settle(merge)
    return merge


def _alone_with(merge: MergeRequest) -> MergeRequest:
    """Hold a wish until the deed is done, so that of two who agree at once the second sees the first."""
    db.session.refresh(merge, ["state_name", "version"], with_for_update=True)
    db.session.refresh(merge, ["consents"])
    return merge


def _consent(actor: Actor, merge: MergeRequest) -> None:
    _agreed(merge, [each for each in merge.awaited if each.person and str(each.person.id) == actor.person_id])


def _agreed(merge: MergeRequest, voices: Iterable[Voice], note: str = "") -> None:
    today = clock.local_day(clock.now(db.session()))
    for each in voices:
        person_id = each.person.id if each.person else None
        made = MergeConsent(proposal_id=each.plan.id, person_id=person_id, given_on=today, note=note)
        made.person = each.person
        merge.consents.append(made)


@deed("proposals:merge:consent noted")
def note_consent(actor: Actor, merge: MergeRequest, note: str) -> MergeRequest:
    """Note that every author who cannot do so on the site agreed, and how they said so."""
    insist(may_note_consent(actor, _alone_with(merge), clock.now(db.session())))
    if not note:
        reason = _r("Say how the author agreed: when, and to whom.")
        raise Invalid(reason, {"note": reason})
    _agreed(merge, [each for each in merge.awaited if not each.is_on_site], note)
    _settle(merge)
    return merge


@deed("proposals:merge:declined")
def decline_merge(actor: Actor, merge: MergeRequest, reason: str) -> MergeRequest:
    """Say no: the plans stay apart, and all authors hear it."""
    insist(may_decline_merge(actor, _alone_with(merge), clock.now(db.session())))
    merge.reason = reason
    _end(merge, "decline", but=actor)
    return merge


@deed("proposals:merge:taken back")
def take_back_merge(actor: Actor, merge: MergeRequest) -> MergeRequest:
    """Take one's own wish back: the plans stay apart, and all authors hear it."""
    insist(may_take_back_merge(actor, _alone_with(merge), clock.now(db.session())))
    _end(merge, "take back", but=actor)
    return merge


@jobs.every("proposals:merges looked at", minutes=15)
def lapse_everywhere() -> None:
    """End the wishes about plans that cannot be merged any more, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            if _overtaken():
                lapse_merges(SYSTEM)


@deed(unaudited="each wish that ends is audited by itself")
def lapse_merges(actor: Actor) -> list[MergeRequest]:
    """End the wishes about plans that cannot be merged any more: answered with no, on a fixed list, taken back."""
    return [lapse_merge(actor, each) for each in _overtaken()]


@deed("proposals:merge:lapsed")
def lapse_merge(actor: Actor, merge: MergeRequest) -> MergeRequest:
    """End a wish that cannot be fulfilled any more; only the site itself does so."""
    insist(may_lapse_merge(actor, merge, clock.now(db.session())))
    _end(merge, "lapse")
    return merge


def _overtaken() -> list[MergeRequest]:
    now = clock.now(db.session())
    return [each for each in merging.open_merges() if not all(can_merge(plan, now) for plan in each.plans)]


def settle_merges(plan: Proposal) -> None:
    """Finish the wishes about a plan of which an author left, inside the running deed, if nobody else is awaited."""
    for each in merging.open_merges_of(plan.id):
        _settle(each)


def _settle(merge: MergeRequest) -> None:
    db.session.flush()
    if merge.awaited:
        return
    merge.state_name = MERGING.move(merge.state, "agree").value
    join_plans(merge)
    for plan in merge.plans:
        for each in merging.open_merges_of(plan.id):
            lapse_merge(SYSTEM, each)


def _end(merge: MergeRequest, move: str, but: Actor | None = None) -> None:
    merge.state_name = MERGING.move(merge.state, move).value
    db.session.flush()
    _tell(merge, MERGE_OVER, but=but)


def _tell(merge: MergeRequest, notice: str, but: Actor | None) -> None:
    told = [person for person in _authors(merge) if but is None or str(person.id) != but.person_id]
    facts: dict[str, Any] = {
        "merge": str(merge.id),
        "title": merge.proposal.title,
        "number": merge.proposal.number,
        "other_title": merge.other.title,
        "other_number": merge.other.number,
        "text": merge.reason if merge.state is MergeState.DECLINED else merge.message,
        "how": merge.state.value,
    }
    for to in to_authors(told):
        outbox.send(db.session(), notice, to, **facts)


def _authors(merge: MergeRequest) -> Iterable[Person]:
    return {each.person.id: each.person for each in merge.voices if each.person}.values()


def forget_messages(person_id: uuid.UUID) -> None:
    """Take away what somebody who leaves said with a wish to merge plans."""
    for each in merging.merges_asked_by(person_id):
        each.message = ""
