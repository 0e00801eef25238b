"""Reads of rounds, pots and themes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.foundation.database import db

from .models import Criterion, Pot, Round, RoundPhase, Theme

# What every page about a round shows, in a fixed number of queries however many rounds there are.
WHOLE_ROUND = (
    selectinload(Round.phases),
    selectinload(Round.pots).options(joinedload(Pot.area).defer(Area.geometry)),
    selectinload(Round.rulebook),
)


def published_rounds() -> Sequence[Round]:
    """Return the published rounds with phases, pots and rulebook, the one that ends last first."""
    latest = select(RoundPhase.round_id, RoundPhase.starts_at).where(RoundPhase.kind_name == "result").subquery()
    query = select(Round).where(Round.state == "published").outerjoin(latest, latest.c.round_id == Round.id)
    return db.session.scalars(
        query.order_by(latest.c.starts_at.desc(), Round.number.desc()).options(*WHOLE_ROUND)
    ).all()


def round_by_number(number: str) -> Round | None:
    """Return the round with this number, whole."""
    return db.session.scalar(select(Round).where(Round.number == number).options(*WHOLE_ROUND))


def all_numbers() -> Sequence[str]:
    """Return the numbers of all rounds, in any state."""
    return db.session.scalars(select(Round.number).order_by(Round.number)).all()


def next_number(year: int) -> str:
    """Return the first free number of a year."""
    taken = db.session.scalars(select(Round.number).where(Round.number.startswith(f"{year}-"))).all()
    return f"{year}-{max((int(number.split('-')[1]) for number in taken), default=0) + 1}"


def criteria() -> Sequence[Criterion]:
    """Return the questions by which plans are judged, in their order."""
    return db.session.scalars(select(Criterion).order_by(Criterion.position, Criterion.question)).all()


def criterion_by_id(criterion_id: uuid.UUID) -> Criterion | None:
    """Return one of these questions."""
    return db.session.scalar(select(Criterion).where(Criterion.id == criterion_id))


def themes() -> Sequence[Theme]:
    """Return the themes of the municipality, by their Dutch name."""
    return db.session.scalars(select(Theme).order_by(Theme.name_nl)).all()
