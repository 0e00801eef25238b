"""The index: what is public of every slice, kept up to date inside the deed that changes it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import flask
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, delete, event, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from buurtbegroting.civic.reasons import Reason

from .. import jobs, tenancy
from ..database import Base, db, transaction
from ..tenancy import TenantModel
from . import words

IN_TITLE, IN_TEXT, MOST_IN_TEXT = 8, 1, 3
LONGEST_TEXT = 10_000


class SearchEntry(TenantModel):
    """A public thing that can be found; nothing that is hidden from anybody ever stands here."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("municipality_id", "kind", "key"),)

    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    endpoint: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]]
    wijk_code: Mapped[str | None] = mapped_column(String(12))
    theme: Mapped[str] = mapped_column(String(60))
    day: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(5))


# Compared sign by sign, so that both databases order and match words alike.
_Term = String(words.LONGEST_WORD).with_variant(String(words.LONGEST_WORD, collation="C"), "postgresql")


class SearchTerm(Base):
    """A form of a word in an entry, as it was written first, and how much it weighs there."""

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_term", "term"),)

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("search_entry.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(_Term, primary_key=True)
    word: Mapped[str] = mapped_column(_Term)
    weight: Mapped[int]


@dataclass(frozen=True)
class Entry:
    """What is found of a thing: its title and text, and the page it leads to."""

    title: str
    text: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    wijk_code: str | None = None
    theme: str = ""
    day: date | None = None
    language: str = "nl"


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found.

    ``all_keys`` returns all there are, ``entry`` what is found of one: None when not everybody may see it.
    ``touched_by`` says per model which keys a changed row touches; it is asked inside the deed.
    """

    title: Reason
    all_keys: Callable[[], Iterable[str]]
    entry: Callable[[str], Entry | None]
    touched_by: Mapping[type, Callable[[Any], Iterable[str]]]


def init_app(app: flask.Flask, found: Mapping[str, Kind]) -> None:
    """Let the app know the kinds of all slices."""
    app.extensions["buurtbegroting-search"] = found


def kinds() -> Mapping[str, Kind]:
    """Return every kind of thing that can be found."""
    if not flask.has_app_context():
        return {}
    found: Mapping[str, Kind] = flask.current_app.extensions.get("buurtbegroting-search", {})
    return found


def _note_what_changes(session: Session, _context: Any) -> None:
    municipality_id = session.info.get("municipality_id")
    if municipality_id is None:
        return
    noted: set[tuple[uuid.UUID, str, str]] = session.info.setdefault("search_noted", set())
    for row in (*session.new, *session.dirty, *session.deleted):
        for kind, each in kinds().items():
            if type(row) in each.touched_by:
                noted.update((municipality_id, kind, key) for key in each.touched_by[type(row)](row))


def _write_what_changed(session: Session) -> None:
    session.flush()
    for municipality_id, kind, key in sorted(session.info.pop("search_noted", ()), key=str):
        with tenancy.inside(session, municipality_id):
            write(session, kind, key)


def _forget_what_was_undone(session: Session) -> None:
    session.info.pop("search_noted", None)


def write(session: Session, kind: str, key: str) -> None:
    """Write anew what is found of one thing, inside the running deed."""
    session.execute(
        delete(SearchEntry)
        .where(SearchEntry.kind == kind, SearchEntry.key == key)
        .execution_options(synchronize_session=False)
    )
    entry = kinds()[kind].entry(key)
    if entry is None:
        return
    row = SearchEntry(
        id=uuid.uuid4(),
        kind=kind,
        key=key,
        title=entry.title[:500],
        text=entry.text[:LONGEST_TEXT],
        endpoint=entry.endpoint,
        values=dict(entry.values),
        wijk_code=entry.wijk_code,
        theme=entry.theme,
        day=entry.day,
        language=entry.language,
    )
    session.add(row)
    session.flush()
    if terms := _terms(entry):
        session.execute(insert(SearchTerm), [{"entry_id": row.id, **each} for each in terms])


def _terms(entry: Entry) -> list[dict[str, Any]]:
    weights: Counter[str] = Counter()
    first: dict[str, str] = {}
    for text, weight, most in ((entry.title, IN_TITLE, IN_TITLE), (entry.text, IN_TEXT, MOST_IN_TEXT)):
        counted = Counter((form, word) for word in words.words(text[:LONGEST_TEXT]) for form in words.variants(word))
        for (form, word), times in counted.items():
            weights[form] += min(times * weight, most)
            first.setdefault(form, word)
    return [{"term": form, "word": first[form], "weight": weight} for form, weight in weights.items()]


def rebuild(session: Session) -> dict[str, int]:
    """Write the whole index of the entered municipality anew; return how many entries there are by kind."""
    with transaction(session):
        session.execute(delete(SearchEntry).execution_options(synchronize_session=False))
        for kind, each in kinds().items():
            for key in each.all_keys():
                write(session, kind, key)
    found = session.execute(select(SearchEntry.kind))
    return dict(Counter(row.kind for row in found))


@jobs.every("foundation:search", day_at=time(4, 0))
def rebuild_everything() -> None:
    """Write the index of every municipality anew, should anything ever have passed it by."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            rebuild(session)


event.listen(db.session, "after_flush", _note_what_changes)
event.listen(db.session, "before_commit", _write_what_changed)
event.listen(db.session, "after_rollback", _forget_what_was_undone)
