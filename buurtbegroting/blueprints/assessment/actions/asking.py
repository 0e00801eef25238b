"""A question to the authors: the term stops until they answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from buurtbegroting.blueprints.accounts.notices import recipient
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.terms import next_working_day
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Assessment, AuthorQuestion
from ..notices import HEARD, QUESTION, as_items, to_authors
from ..policy import may_answer_question, may_ask_authors
from ..queries import people
from ..states import MACHINE
from .noting import log, signature, turn_to_authors, turn_to_us


@dataclass(frozen=True)
class Question:
    """What is asked: on the page of the plan or in private, perhaps whether they agree with another amount."""

    text: str
    is_public: bool
    asked_cents: int | None = None


@deed("assessment:question:asked")
def ask_authors(actor: Actor, card: Assessment, question: Question) -> AuthorQuestion:
    """Ask the authors something; from today on their time is not ours. Raises Invalid for a plan without authors."""
    now = clock.now(db.session())
    insist(may_ask_authors(actor, card, now))
    if not card.proposal.author_ids:
        raise Invalid(_r("Nobody with an account wrote this plan. Ask by telephone or letter, and note the answer."))
    today = clock.local_day(now)
    asked = AuthorQuestion(
        id=uuid.uuid4(),
        assessment=card,
        is_public=question.is_public,
        text=question.text,
        department=signature(card),
        asked_cents=question.asked_cents,
        asked_at=now,
    )
    db.session.add(asked)
    card.state_name, card.paused_on = MACHINE.move(card.state, "ask the author").value, today
    turn_to_authors(card, today)
    log(actor, card, "asked", question.text)
    for to, facts in to_authors(card.proposal):
        outbox.send(db.session(), QUESTION, to, **facts, question=question.text, question_id=str(asked.id))
    return asked


@deed("assessment:question:answered")
def answer_question(actor: Actor, question: AuthorQuestion, answer: str, *, has_agreed: bool) -> AuthorQuestion:
    """Answer what the municipality asked; its term goes on where it stopped, and who asked hears of it."""
    now = clock.now(db.session())
    insist(may_answer_question(actor, question, now))
    today, card = clock.local_day(now), question.assessment
    question.answer, question.answered_on = answer, today
    if question.asked_cents is not None and has_agreed:
        question.has_agreed, card.agreed_cents = True, question.asked_cents
    waited = (today - (card.paused_on or today)).days
    card.paused_on, card.paused_days = None, card.paused_days + waited
    card.due = next_working_day(card.due + timedelta(days=waited))
    card.state_name = MACHINE.move(card.state, "hear the author").value
    turn_to_us(card, today)
    db.session.flush()
    for person in people.who_has(card):
        outbox.send(db.session(), HEARD, recipient(person), items=as_items([card]), title=card.proposal.title)
    return question
