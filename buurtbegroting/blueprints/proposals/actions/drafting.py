"""Writing a plan, with pauses, until it is handed in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..limits import refuse_home, refuse_number
from ..models import Authorship, Proposal, ProposalDraft
from ..notices import RECEIVED, SUBMITTED, to_author
from ..policy import may_propose, may_write_draft
from .recording import hand_in
from .settling import proposer, settled

MOST_DRAFTS = 5
MOST_IN_A_DAY = 5
DAY = timedelta(days=1)
PRIVATE = "a plan that is not handed in concerns nobody else"


@deed(unaudited=PRIVATE)
def begin_draft(actor: Actor, round_: Round) -> ProposalDraft:
    """Begin a plan; raise TooOften for who left too many unfinished, Invalid for who may hand in no other one."""
    now = clock.now(db.session())
    insist(may_propose(actor, round_, now))
    person_id = uuid.UUID(str(actor.person_id))
    refuse_number(round_, queries.number_in_round(person_id, round_.id))
    if len(queries.drafts_of(person_id)) >= MOST_DRAFTS:
        raise TooOften(_r("You have five plans that are not finished. Hand one in, or throw one away."))
    draft = ProposalDraft(id=uuid.uuid4(), person_id=person_id, round_id=round_.id, changed_on=clock.local_day(now))
    db.session.add(draft)
    db.session.flush()
    return draft


@deed(unaudited=PRIVATE)
def write_draft(actor: Actor, draft: ProposalDraft, answers: Mapping[str, Any]) -> ProposalDraft:
    """Keep some answers of a plan that is being written; raise Invalid for what cannot stand."""
    now = clock.now(db.session())
    insist(may_write_draft(actor, draft, now))
    _refuse_pot(draft, answers.get("pot"))
    draft.content = {**draft.content, **settled(draft.round, answers, draft.content)}
    draft.changed_on = clock.local_day(now)
    return draft


def _refuse_pot(draft: ProposalDraft, pot_id: str | None) -> None:
    person = person_by_id(draft.person_id)
    for pot in draft.round.pots:
        if person and str(pot.id) == pot_id:
            refuse_home(draft.round, queries.area_of(pot), person.wijk_code)


@deed(unaudited=PRIVATE)
def throw_away_draft(actor: Actor, draft: ProposalDraft) -> ProposalDraft:
    """Throw away a plan that was not handed in."""
    insist(may_write_draft(actor, draft, clock.now(db.session())))
    db.session.delete(draft)
    return draft


@deed("proposals:proposal:submitted")
def submit_draft(actor: Actor, draft: ProposalDraft, *, says_old_enough: bool = False) -> Proposal:
    """Hand in a plan: it gets a number, everybody can read it, and the municipality is to answer.

    Raises Invalid for what is missing or not allowed, TooOften for a flood; somebody who fills in for another hands it
    in for them.
    """
    now = clock.now(db.session())
    insist(may_write_draft(actor, draft, now))
    insist(may_propose(actor, draft.round, now))
    if queries.number_handed_in_since(draft.person_id, now - DAY) >= MOST_IN_A_DAY:
        raise TooOften(_r("You handed in a lot of plans today. Hand in the next one tomorrow."))
    person = person_by_id(draft.person_id)
    if person is None:
        raise AlreadyDone(_r("This account is not there any more."))
    plan = hand_in(
        draft.round,
        draft.content,
        proposer(draft.round, person, says_old_enough=says_old_enough),
        clock.local_day(now),
        author=person.public_name,
        authorships=[Authorship(person_id=person.id, since=now, says_old_enough=says_old_enough)],
    )
    db.session.delete(draft)
    follow(actor, "plan", plan.number)
    for to, facts in to_author(person, plan):
        outbox.send(db.session(), RECEIVED, to, **facts)
    outbox.announce(db.session(), SUBMITTED, number=plan.number)
    return plan


def forget_drafts(person_id: uuid.UUID) -> None:
    """Throw away what somebody who leaves did not hand in."""
    for draft in queries.drafts_of(person_id):
        db.session.delete(draft)
