"""A deed: one change of the town's memory, in one transaction, with one audit entry that cannot be skipped."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from buurtbegroting.civic.actors import Actor

from . import clock, tenancy
from .audit import AuditEntry
from .database import db, transaction

P = ParamSpec("P")
R = TypeVar("R")

VERBS: dict[str, str] = {}
UNAUDITED: dict[str, str] = {}


def deed(
    verb: str | None = None, *, unaudited: str | None = None
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function ``(actor, …) -> subject`` a deed named ``slice:subject:verb``.

    The audit entry is about what the function returns: a row, or a value whose ``audit_subject`` is one. A deed that
    must leave no trace of its moment says why in ``unaudited`` instead of naming a verb.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        place = f"{function.__module__}.{function.__qualname__}"
        if verb:
            VERBS[verb] = place
        else:
            UNAUDITED[place] = unaudited or ""

        @functools.wraps(function)
        def perform(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            session = db.session()
            with transaction(session):
                result = function(actor, *args, **kwargs)
                session.flush()
                if verb:
                    session.add(_entry(session, verb, actor, getattr(result, "audit_subject", result)))
            return result

        return perform

    return decorate


def _entry(session: Session, verb: str, actor: Actor, subject: Any) -> AuditEntry:
    changed: set[str] = session.info.get("changed_fields", {}).pop(subject.id, set())
    return AuditEntry(
        municipality_id=tenancy.current(session),
        at=clock.now(session),
        verb=verb,
        actor_id=actor.id,
        actor_role=actor.label,
        on_behalf_of=actor.on_behalf_of,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        subject_version=getattr(subject, "version", None),
        fields=sorted(changed),
    )


def _note_changed_fields(session: Session, _context: Any, _instances: Any) -> None:
    noted = session.info.setdefault("changed_fields", {})
    for row in session.dirty:
        changed = {attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()}
        if changed and hasattr(row, "id"):
            noted.setdefault(row.id, set()).update(changed)


def _forget_changed_fields(session: Session) -> None:
    session.info.pop("changed_fields", None)


event.listen(db.session, "before_flush", _note_changed_fields)
event.listen(db.session, "after_commit", _forget_changed_fields)
event.listen(db.session, "after_rollback", _forget_changed_fields)
