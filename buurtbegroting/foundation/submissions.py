"""Forms that do nothing twice: a double click, or a second try after a lost answer, gets the first answer again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import clock
from .database import Base, transaction

R = TypeVar("R")

KEEP = timedelta(days=2)


class Submission(Base):
    """A form that was sent: the id that stood in it, and where its sender was led."""

    __tablename__ = "submission"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    led_to: Mapped[str] = mapped_column(String(500), default="")


class SentBefore(Exception):
    """The same form was received already; ``led_to`` is where its sender was led, empty when that is not known."""

    def __init__(self, led_to: str) -> None:
        super().__init__(led_to)
        self.led_to = led_to


def once(session: Session, submission_id: uuid.UUID, action: Callable[[], R]) -> R:
    """Run an action unless this form was sent before; the id is kept with what the action does, or neither is.

    Raises SentBefore the second time. Of two that come at once, the later waits and is told so.
    """
    with transaction(session):
        before = session.get(Submission, submission_id)
        if before is not None:
            raise SentBefore(before.led_to)
        session.add(Submission(id=submission_id, made_at=clock.now(session)))
        try:
            session.flush()
        except IntegrityError:
            raise SentBefore("") from None
        return action()


def note_led_to(session: Session, submission_id: uuid.UUID, address: str) -> None:
    """Remember where the sender of a form was led."""
    with transaction(session):
        found = session.get(Submission, submission_id)
        if found is not None:
            found.led_to = address[:500]


def clean(session: Session) -> None:
    """Forget forms of days ago."""
    session.execute(delete(Submission).where(Submission.made_at < clock.now(session) - KEEP))
