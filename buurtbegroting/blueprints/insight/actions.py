"""Deeds on spending: bringing in a file, publishing and withdrawing it, and asking about a line of a receipt."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from buurtbegroting.blueprints.conversations.actions.talking import Said, open_thread, say_something
from buurtbegroting.blueprints.conversations.models import Comment, Stance, Thread, Visibility
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.tables import Table
from buurtbegroting.foundation.uploads import shown_name

from . import queries
from .checking import Checked, ReadLine, checked
from .kinds import TaskField
from .models import SpendingImport, SpendingLine
from .policy import may_ask_about_spending, may_change_import, may_import_spending, may_withdraw_import
from .receipts import Place
from .states import IMPORT


@dataclass(frozen=True)
class Sent:
    """A file that an official sent, read into a table; made outside the deed, because reading takes time."""

    file_name: str
    source: str
    table: Table


@deed("insight:import:uploaded")
def upload_spending(actor: Actor, sent: Sent, columns: Mapping[str, str]) -> SpendingImport:
    """Keep a file as a draft, with a first guess of what its columns hold."""
    now = clock.now(db.session())
    insist(may_import_spending(actor, None, now))
    made = SpendingImport(
        file_name=shown_name(sent.file_name),
        source=sent.source,
        imported_at=now,
        imported_by_id=uuid.UUID(actor.id) if actor.id else None,
        columns=dict(columns),
        content=sent.table.to_json(),
    )
    db.session.add(made)
    db.session.flush()
    return made


@deed("insight:import:columns chosen")
def choose_columns(actor: Actor, found: SpendingImport, columns: Mapping[str, str]) -> SpendingImport:
    """Keep what each column of a draft holds."""
    insist(may_change_import(actor, found, clock.now(db.session())))
    found.columns = {**columns, "chosen": "yes"}
    return found


def checked_draft(found: SpendingImport) -> Checked:
    """Read the lines of a draft by what its columns hold, with everything that is wrong."""
    table = Table.from_json(queries.content_of(found) or "[[], []]")
    return checked(table, found.columns, queries.codes_by_word(), found.source)


@deed("insight:import:published")
def publish_import(actor: Actor, found: SpendingImport, *, takes_place: bool) -> SpendingImport:
    """Put the lines of a draft on the pages of residents; raise Invalid while anything is wrong with it.

    With ``takes_place`` every import with lines of the same year and kind is withdrawn.
    """
    now = clock.now(db.session())
    insist(may_change_import(actor, found, now))
    read = checked_draft(found)
    if read.faults or not read.lines:
        raise Invalid(_r("Some lines are not right yet. Look at them first."))
    if takes_place:
        for each in queries.published_imports_of({(line.year, line.kind) for line in read.lines}):
            withdraw_import(actor, each)
    found.state_name = IMPORT.move(found.state, "publish")
    found.published_at, found.content = now, None
    db.session.execute(insert(SpendingLine), [_row(found, line) for line in read.lines])
    return found


def _row(found: SpendingImport, line: ReadLine) -> dict[str, object]:
    return {
        "id": uuid.uuid4(),
        "municipality_id": found.municipality_id,
        "import_id": found.id,
        "number": line.number,
        "year": line.year,
        "area_code": line.area_code,
        "field_name": line.field,
        "name": line.name,
        "amount_cents": line.amount_cents,
        "kind_name": line.kind,
        "allocation_name": line.allocation,
        "source": line.source,
    }


@deed("insight:import:withdrawn")
def withdraw_import(actor: Actor, found: SpendingImport) -> SpendingImport:
    """Take the lines of an import off the pages of residents; they are kept."""
    insist(may_withdraw_import(actor, found, clock.now(db.session())))
    found.state_name = IMPORT.move(found.state, "withdraw")
    return found


@deed("insight:import:thrown away")
def discard_import(actor: Actor, found: SpendingImport) -> SpendingImport:
    """Throw a draft away."""
    insist(may_change_import(actor, found, clock.now(db.session())))
    db.session.delete(found)
    return found


@dataclass(frozen=True)
class Question:
    """What somebody asks about which line of which receipt."""

    place: Place
    field: TaskField
    body: str
    language: str


@deed("insight:question:asked")
def ask(actor: Actor, question: Question) -> Comment:
    """Ask about a line of a receipt; the first question begins the talk about it."""
    insist(may_ask_about_spending(actor, question.place, clock.now(db.session())))
    thread = queries.thread_about(question.place, question.field) or _begun(question)
    return say_something(actor, thread, Said(Stance.QUESTION, question.body, question.language))


def _begun(question: Question) -> Thread:
    """Begin a talk; of two who are first at once, the later joins the other's."""
    try:
        with db.session.begin_nested():
            key = queries.thread_key(question.place, question.field)
            thread = open_thread(queries.THREADS, key, Visibility.PUBLIC)
            db.session.flush()
            return thread
    except IntegrityError:
        found = queries.thread_about(question.place, question.field)
        if found is None:
            raise
        return found
