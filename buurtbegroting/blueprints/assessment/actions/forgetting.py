"""What goes when somebody leaves."""

from __future__ import annotations

import uuid

from sqlalchemy import delete, or_, update

from buurtbegroting.foundation.database import db

from ..models import Absence, Assessment, DeskRule


def forget(person_id: uuid.UUID) -> None:
    """Let somebody who leaves have no cards any more; what they wrote for colleagues stays, without a name."""
    db.session.execute(update(Assessment).where(Assessment.assessor_id == person_id).values(assessor_id=None))
    db.session.execute(update(DeskRule).where(DeskRule.assessor_id == person_id).values(assessor_id=None))
    gone = or_(Absence.person_id == person_id, Absence.substitute_id == person_id)
    db.session.execute(delete(Absence).where(gone))
