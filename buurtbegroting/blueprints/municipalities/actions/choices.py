"""What an admin decides: practices, terms, own texts, and what the register of accessibility says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Changed, Invalid
from buurtbegroting.civic.terms import Source, Term
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Municipality, OwnText, TermChoice
from ..policy import may_manage_municipality

STATUSES = ("A", "B", "C", "D")
LONGEST_TERM = 104


@deed("municipalities:municipality:practices chosen")
def choose_practices(
    actor: Actor, municipality: Municipality, switched_off: Collection[str], *, is_moderated_before: bool
) -> Municipality:
    """Switch practices off, and choose when talk is moderated.

    The pages of a practice are gone until it is switched on again; what stands in them stays.
    """
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    municipality.switched_off = sorted(switched_off)
    municipality.is_moderated_before = is_moderated_before
    return municipality


@deed("municipalities:term:chosen")
def choose_term(actor: Actor, municipality: Municipality, term: Term, length: int, named_source: str) -> TermChoice:
    """Choose how long something takes here; a term of the law stands fast."""
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    if term.source is Source.LAW:
        raise Invalid(_r("The law sets this term. A municipality cannot change it."))
    if not 1 <= length <= LONGEST_TERM:
        reason = _r("Fill in a number from 1 to %(most)s.", most=LONGEST_TERM)
        raise Invalid(reason, {"length": reason})
    chosen = db.session.scalar(select(TermChoice).where(TermChoice.key == term.key))
    if chosen is None:
        chosen = TermChoice(key=term.key, length=length)
        db.session.add(chosen)
    chosen.length, chosen.named_source = length, named_source
    db.session.flush()
    return chosen


@deed("municipalities:text:written")
def write_own_text(
    actor: Actor, municipality: Municipality, page: str, language: str, body: str, version: int
) -> OwnText:
    """Say something in the municipality's own words on a page; an empty text takes it away.

    Raises Changed when somebody else was first.
    """
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    found = queries.own_text(page, language)
    if (found.version if found else 0) != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    if found is None:
        found = OwnText(page=page, language=language, body=body)
        db.session.add(found)
    found.body = body
    db.session.flush()
    return found


@dataclass(frozen=True)
class AccessibilityStatement:
    """What the public register says of these pages: A (all is well) to D (not), with where that is written down."""

    status: str
    register: str
    report: str
    checked_on: date | None


@deed("municipalities:accessibility:stated")
def state_accessibility(actor: Actor, municipality: Municipality, statement: AccessibilityStatement) -> Municipality:
    """Keep what the register of accessibility says."""
    insist(may_manage_municipality(actor, municipality, clock.now(db.session())))
    if statement.status and statement.status not in STATUSES:
        reason = _r("Choose A, B, C or D.")
        raise Invalid(reason, {"status": reason})
    checked_on = statement.checked_on.isoformat() if statement.checked_on else ""
    municipality.accessibility = {**vars(statement), "checked_on": checked_on} if statement.status else {}
    return municipality
