"""How long what is kept: every day what is older is thrown away, and it is written down how much that was."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import flask
from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from buurtbegroting.civic.reasons import Reason

from . import clock, jobs, limits, submissions, tenancy
from .database import Base, db, transaction


@dataclass(frozen=True)
class Retention:
    """How long something is kept: what, why, and the function that throws away what is older and says how many."""

    what: Reason
    keep: timedelta
    why: Reason
    clean: Callable[[datetime], int]


class CleanUp(Base):
    """How much of one kind was thrown away in a municipality on one day."""

    __tablename__ = "clean_up"

    municipality_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(120), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    removed: Mapped[int]


def init_app(app: flask.Flask, rules: Sequence[Retention]) -> None:
    """Give the app the rules of all slices."""
    app.extensions["buurtbegroting-retention"] = tuple(rules)


def rules() -> Sequence[Retention]:
    """Return the rules of the running app."""
    found: Sequence[Retention] = flask.current_app.extensions["buurtbegroting-retention"]
    return found


@jobs.every("foundation:retention", day_at=time(3, 30))
def clean_everything() -> None:
    """Throw away what is too old, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            clean(session, municipality_id)
    with transaction(session):
        limits.clean(session)
        submissions.clean(session)


def clean(session: Session, municipality_id: uuid.UUID) -> None:
    """Throw away what is too old in one municipality, each kind in a transaction of its own."""
    for rule in rules():
        with transaction(session):
            now = clock.now(session)
            key = (municipality_id, rule.what.msgid, clock.local_day(now))
            session.execute(
                delete(CleanUp).where(CleanUp.municipality_id == key[0], CleanUp.what == key[1], CleanUp.day == key[2])
            )
            session.add(CleanUp(municipality_id=key[0], what=key[1], day=key[2], removed=rule.clean(now)))


def last_removed(session: Session, municipality_id: uuid.UUID) -> dict[str, CleanUp]:
    """Return the newest report of each kind."""
    query = select(CleanUp).where(CleanUp.municipality_id == municipality_id).order_by(CleanUp.day)
    return {each.what: each for each in session.scalars(query)}
