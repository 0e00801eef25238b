"""Who does an initiative: joining by a link, leaving, handing over."""

from __future__ import annotations

import uuid

from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid, NotFound
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Initiative, Member
from ..notices import JOINED, LEADS, facts_of, to_members, to_person
from ..policy import may_join_initiative, may_lead, may_leave_initiative, may_work_on
from ..queries import cases
from .writing import acting_person


@deed("initiatives:initiative:opened to a member")
def invite(actor: Actor, initiative: Initiative, token: str) -> Initiative:
    """Let who has the link with this token become a member; a link of before is worth nothing any more."""
    insist(may_lead(actor, initiative, clock.now(db.session())))
    initiative.invitation_hash = crypto.token_hash(token)
    return initiative


@deed("initiatives:initiative:joined")
def join(actor: Actor, initiative: Initiative, token: str, part: str) -> Initiative:
    """Become a member by a link that works once; the others hear of it. Raises NotFound for a link of before."""
    now = clock.now(db.session())
    insist(may_join_initiative(actor, initiative, now))
    if not initiative.invitation_hash or not crypto.is_same(initiative.invitation_hash, crypto.token_hash(token)):
        raise NotFound(_r("This link does not work any more. Ask for a new one."))
    person = acting_person(actor)
    told = [each.person for each in initiative.members]
    initiative.members.append(Member(person_id=person.id, person=person, part=part, since=now))
    initiative.invitation_hash = ""
    follow(actor, "initiatief", initiative.number)
    for to in to_members(told):
        outbox.send(db.session(), JOINED, to, who=person.public_name, **facts_of(initiative))
    return initiative


@deed("initiatives:initiative:part named")
def name_part(actor: Actor, initiative: Initiative, part: str) -> Initiative:
    """Say as what one is a member."""
    insist(may_work_on(actor, initiative, clock.now(db.session())))
    _member(initiative, str(actor.person_id)).part = part
    return initiative


@deed("initiatives:initiative:left")
def leave(actor: Actor, initiative: Initiative) -> Initiative:
    """Stop being a member."""
    insist(may_leave_initiative(actor, initiative, clock.now(db.session())))
    initiative.members.remove(_member(initiative, str(actor.person_id)))
    return initiative


@deed("initiatives:initiative:member let go")
def let_go(actor: Actor, initiative: Initiative, member_id: str) -> Initiative:
    """Let another member go, as who leads; raise Invalid for who leads too."""
    insist(may_lead(actor, initiative, clock.now(db.session())))
    member = _member(initiative, member_id)
    if member.is_lead:
        raise Invalid(_r("This member leads the initiative too. They can leave themselves."))
    initiative.members.remove(member)
    return initiative


@deed("initiatives:initiative:handed over")
def hand_over(actor: Actor, initiative: Initiative, member_id: str, *, stays_lead: bool) -> Initiative:
    """Let another member lead, alone or besides who leads now; they hear of it."""
    insist(may_lead(actor, initiative, clock.now(db.session())))
    member = _member(initiative, member_id)
    if member_id == actor.person_id:
        raise Invalid(_r("Choose somebody else than yourself."))
    member.is_lead = True
    _member(initiative, str(actor.person_id)).is_lead = stays_lead
    for to in to_person(member.person):
        outbox.send(db.session(), LEADS, to, **facts_of(initiative))
    return initiative


def _member(initiative: Initiative, person_id: str) -> Member:
    for each in initiative.members:
        if str(each.person_id) == person_id:
            return each
    raise NotFound(_r("This person is no member of the initiative."))


def forget(person_id: uuid.UUID) -> None:
    """Let somebody who leaves be no member any more; who led alone leaves that to the member of longest standing."""
    for initiative in queries.initiatives_of(person_id):
        initiative.members.remove(_member(initiative, str(person_id)))
        if initiative.members and not initiative.lead_ids:
            initiative.members[0].is_lead = True
    for note in cases.notes_by(person_id):
        note.person_id, note.shown_as = None, ""
