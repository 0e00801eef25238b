"""What is kept of a person in this slice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.proposals.models import Authorship
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.database import db

from .models import Assessment, AssessmentNote, AuthorQuestion


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return what somebody answered and asked as an author, and what they did at the desk; names are msgids."""
    mine = select(Authorship.proposal_id).where(Authorship.person_id == person_id)
    questions = db.session.scalars(
        select(AuthorQuestion)
        .join(AuthorQuestion.assessment)
        .where(Assessment.proposal_id.in_(mine))
        .options(joinedload(AuthorQuestion.assessment).joinedload(Assessment.proposal))
        .order_by(AuthorQuestion.asked_at)
    )
    again = select(Assessment).where(Assessment.proposal_id.in_(mine), Assessment.look > 1)
    notes = select(AssessmentNote).where(AssessmentNote.writer_id == person_id).order_by(AssessmentNote.made_at)
    return {
        _r("What the municipality asked about your plans").msgid: [
            {
                _r("Number").msgid: each.assessment.proposal.number,
                _r("Question").msgid: each.text,
                _r("Your answer").msgid: each.answer,
            }
            for each in questions
        ],
        _r("Why you asked for a second look").msgid: [
            {_r("Number").msgid: each.proposal.number, _r("Text").msgid: each.request}
            for each in db.session.scalars(again.options(joinedload(Assessment.proposal)))
        ],
        _r("What you wrote for colleagues at the desk").msgid: [
            {_r("Made").msgid: each.made_at, _r("Text").msgid: each.text} for each in db.session.scalars(notes)
        ],
    }
