"""Reads of support for plans."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from buurtbegroting.foundation.database import db

from ..models import Proposal, Support, SupportList


def support_of(person_id: uuid.UUID, proposal_id: uuid.UUID) -> Support | None:
    """Return that somebody supports a plan, if so."""
    query = select(Support).where(Support.person_id == person_id, Support.proposal_id == proposal_id)
    return db.session.scalar(query)


def supported_by(person_id: uuid.UUID) -> Sequence[Proposal]:
    """Return the plans that somebody supports, by number."""
    query = select(Proposal).join(Support).where(Support.person_id == person_id).order_by(Proposal.number)
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Supporters:
    """How many people support a plan: on the site, on paper, and how many signatures did not count."""

    online: int
    on_paper: int
    refused: int
    needed: int

    @property
    def total(self) -> int:
        """All support that counts."""
        return self.online + self.on_paper


def supporters_of(proposal: Proposal) -> Supporters:
    """Return how much support a plan has; its rulebook must be loaded."""
    online = db.session.scalar(select(func.count(Support.id)).where(Support.proposal_id == proposal.id)) or 0
    lists = select(func.sum(SupportList.valid), func.sum(SupportList.refused))
    on_paper, refused = db.session.execute(lists.where(SupportList.proposal_id == proposal.id)).one()
    return Supporters(online, on_paper or 0, refused or 0, proposal.round.rulebook.support_needed or 0)


def supports_of(proposal: Proposal) -> Sequence[Support]:
    """Return the support for a plan on the site, each person once."""
    return db.session.scalars(select(Support).where(Support.proposal_id == proposal.id)).all()


def lists_of(proposal: Proposal) -> Sequence[SupportList]:
    """Return the lists of signatures for a plan."""
    return db.session.scalars(select(SupportList).where(SupportList.proposal_id == proposal.id)).all()
