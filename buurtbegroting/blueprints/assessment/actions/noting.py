"""What colleagues tell each other on a card, and whose turn the plan is."""

from __future__ import annotations

import uuid
from datetime import date

from buurtbegroting.blueprints.municipalities.queries import this_municipality
from buurtbegroting.blueprints.proposals.actions.answering import AUTHORS, give_turn
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Assessment, AssessmentNote
from ..policy import may_note


@deed("assessment:note:written")
def write_note(actor: Actor, card: Assessment, text: str) -> AssessmentNote:
    """Write something on a card for colleagues."""
    insist(may_note(actor, card, clock.now(db.session())))
    return log(actor, card, "note", text)


def log(actor: Actor, card: Assessment, kind: str, text: str = "") -> AssessmentNote:
    """Write down what was done with a card, inside the running deed."""
    made = AssessmentNote(
        assessment_id=card.id, kind=kind, text=text, writer_id=person_of(actor), made_at=clock.now(db.session())
    )
    db.session.add(made)
    db.session.flush()
    return made


def person_of(actor: Actor) -> uuid.UUID | None:
    """Return the person who acts; None for the house itself and for the sample."""
    try:
        return uuid.UUID(str(actor.id))
    except ValueError:
        return None


def signature(card: Assessment) -> str:
    """Return under which name the municipality speaks of this plan: the department, never a person."""
    return card.department or f"Gemeente {this_municipality().name}"


def turn_to_us(card: Assessment, today: date) -> None:
    """Say that the municipality is to move, inside the running deed."""
    card.since = today
    give_turn(card.proposal, signature(card), today, card.due)


def turn_to_authors(card: Assessment, today: date) -> None:
    """Say that the authors are to move; they get no term, because residents are never late."""
    card.since = today
    give_turn(card.proposal, AUTHORS, today, None)
