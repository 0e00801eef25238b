"""Placing a need or an offer, changing it, taking it back, letting it stand longer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from buurtbegroting.blueprints.accounts.queries import organisations_of
from buurtbegroting.blueprints.initiatives.actions.writing import acting_person
from buurtbegroting.blueprints.initiatives.policy import may_work_on
from buurtbegroting.blueprints.initiatives.queries import initiative_by_id
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import area_by_code
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Changed, Invalid, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.limits import Limit

from ..models import Posting
from ..policy import may_change_posting, may_extend_posting, may_hide_posting, may_place, may_withdraw_posting
from ..states import FOR_ONE, MACHINE, Kind, Side, State

# Three months, as long as people remember what they offered.
STANDS = timedelta(days=92)
LONGEST = timedelta(days=366)
PLACED = Limit("matching:placed", tries=10, window=timedelta(days=1))


@dataclass(frozen=True)
class Words:
    """What is asked or offered; no wijk means everywhere, no days means any day."""

    kind: Kind
    title: str
    what: str
    wijk_code: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    days: tuple[str, ...] = field(default=())
    parts: tuple[str, ...] = field(default=())
    lapses_on: date | None = None


@dataclass(frozen=True)
class Whose:
    """Whose a need or an offer is: of an initiative, an organisation, or of who acts; ``shown_as`` by choice only."""

    initiative_id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None
    shown_as: str = ""


@deed("matching:posting:placed")
def place(actor: Actor, side: Side, words: Words, whose: Whose, language: str, *, knows_limits: bool = True) -> Posting:
    """Place a need or an offer.

    ``knows_limits`` is that who offers help to one person ticked what volunteers may not do. Raises Invalid for an
    unknown wijk or an impossible day, TooOften for who places many in a day.
    """
    now = clock.now(db.session())
    insist(may_place(actor, None, now))
    person = acting_person(actor)
    if whose.initiative_id is not None:
        group = initiative_by_id(whose.initiative_id)
        if group is None:
            raise Invalid(_r("Choose one of your initiatives."), {"whose": _r("Choose one of your initiatives.")})
        insist(may_work_on(actor, group, now))
        if words.kind in FOR_ONE:
            reason = _r("This is help to one person. Place it for yourself.")
            raise Invalid(reason, {"whose": reason})
    if whose.organisation_id is not None and whose.organisation_id not in {
        each.id for each in organisations_of(person.id)
    }:
        raise Invalid(_r("You do not speak for this organisation."))
    if side is Side.OFFER and words.kind in FOR_ONE and not knows_limits:
        reason = _r("Read what volunteers may not do, and tick the box.")
        raise Invalid(reason, {"knows_limits": reason})
    if PLACED.is_reached(db.session(), str(person.id)):
        raise TooOften(_r("You placed many today. Go on tomorrow, or call us."))
    PLACED.note(db.session(), str(person.id))
    made = Posting(
        side_name=side.value,
        language=language,
        placed_on=clock.local_day(now),
        person_id=person.id,
        initiative_id=whose.initiative_id,
        organisation_id=whose.organisation_id,
        shown_as=whose.shown_as,
        **columns(words),
    )
    db.session.add(made)
    db.session.flush()
    return made


def columns(words: Words) -> dict[str, object]:
    """Return words as the columns that hold them; raise Invalid for an unknown wijk or an impossible day."""
    today = clock.local_day(clock.now(db.session()))
    area = area_by_code(words.wijk_code) if words.wijk_code else None
    if words.wijk_code and (area is None or area.kind != AreaKind.WIJK):
        reason = _r("Choose a wijk from the list.")
        raise Invalid(reason, {"wijk": reason})
    if words.from_on and words.until_on and words.until_on < words.from_on:
        reason = _r("The last day comes before the first.")
        raise Invalid(reason, {"until_on": reason})
    if words.lapses_on and not today <= words.lapses_on <= today + LONGEST:
        reason = _r("Choose a day from today, within a year.")
        raise Invalid(reason, {"lapses_on": reason})
    return {
        "kind_name": words.kind.value,
        "title": words.title,
        "what": words.what,
        "wijk_code": words.wijk_code,
        "from_on": words.from_on,
        "until_on": words.until_on,
        "days": " ".join(words.days),
        "parts": " ".join(words.parts),
        "lapses_on": words.lapses_on or today + STANDS,
    }


@deed("matching:posting:changed")
def change(actor: Actor, posting: Posting, words: Words, version: int) -> Posting:
    """Change what is asked or offered; raise Changed when somebody else was first."""
    insist(may_change_posting(actor, posting, clock.now(db.session())))
    if posting.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    if posting.initiative_id is not None and words.kind in FOR_ONE:
        reason = _r("This is help to one person. Place it for yourself.")
        raise Invalid(reason, {"kind": reason})
    for name, value in columns(words).items():
        setattr(posting, name, value)
    return posting


@deed("matching:posting:taken back")
def withdraw(actor: Actor, posting: Posting) -> Posting:
    """Take a need or an offer back."""
    now = clock.now(db.session())
    insist(may_withdraw_posting(actor, posting, now))
    posting.state_name = MACHINE.move(posting.state, "withdraw").value
    posting.closed_on = clock.local_day(now)
    return posting


@deed("matching:posting:extended")
def extend(actor: Actor, posting: Posting) -> Posting:
    """Let a need or an offer stand for another three months, and open it again when it was closed."""
    now = clock.now(db.session())
    insist(may_extend_posting(actor, posting, now))
    if posting.state is not State.OPEN:
        posting.state_name = MACHINE.move(posting.state, "reopen").value
    posting.lapses_on, posting.closed_on = clock.local_day(now) + STANDS, None
    return posting


@deed("matching:posting:hidden or shown")
def set_hidden(actor: Actor, posting: Posting, *, is_hidden: bool) -> Posting:
    """Hide a need or an offer from everybody, or show it again."""
    insist(may_hide_posting(actor, posting, clock.now(db.session())))
    posting.is_hidden = is_hidden
    return posting
