"""Counts of what was tried too often, kept under keyed hashes that nobody can lead back to a person or network."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import clock, crypto
from .database import Base


class Tries(Base):
    """How often something was tried since the beginning of a window."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class Limit:
    """At most so many tries in a window; what is tried is named by texts that are kept only as a keyed hash."""

    def __init__(self, purpose: str, tries: int, window: timedelta) -> None:
        self.purpose = purpose
        self.tries = tries
        self.window = window

    def is_reached(self, session: Session, *what: str) -> bool:
        """Tell whether it was tried as often as it may be."""
        found = session.get(Tries, self._key(what), populate_existing=True)
        return found is not None and found.ends_at > clock.now(session) and found.count >= self.tries

    def note(self, session: Session, *what: str) -> None:
        """Count one try; call this inside a deed that is kept, also when the try failed."""
        now = clock.now(session)
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        is_over = Tries.ends_at <= now
        statement = insert(Tries).values(key=self._key(what), count=1, ends_at=now + self.window)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=[Tries.key],
                set_={
                    "count": case((is_over, 1), else_=Tries.count + 1),
                    "ends_at": case((is_over, statement.excluded.ends_at), else_=Tries.ends_at),
                },
            )
        )

    def forget(self, session: Session, *what: str) -> None:
        """Begin anew, after a success."""
        session.execute(delete(Tries).where(Tries.key == self._key(what)))

    def _key(self, what: tuple[str, ...]) -> str:
        return crypto.keys().fingerprint("tries", self.purpose, *what)


def clean(session: Session) -> int:
    """Throw away the counts whose window is over, and return how many."""
    done = session.execute(delete(Tries).where(Tries.ends_at <= clock.now(session)))
    return int(done.rowcount)  # type: ignore[attr-defined]
