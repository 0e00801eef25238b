"""Reads of plans that came in on paper."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.foundation.database import db

from ..models import Authorship, Proposal

MOST_SHOWN = 50


def entered() -> Sequence[Proposal]:
    """Return the plans that were entered from paper last, newest first, with their round and their authors."""
    query = select(Proposal).where(Proposal.entered_on.is_not(None))
    return db.session.scalars(
        query.order_by(Proposal.entered_on.desc(), Proposal.number.desc())
        .limit(MOST_SHOWN)
        .options(joinedload(Proposal.round), selectinload(Proposal.authorships).joinedload(Authorship.person))
    ).all()
