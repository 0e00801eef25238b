"""What its members write of an initiative."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.blueprints.conversations.actions.albums import Upload, attach, open_album
from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.conversations.actions.talking import open_thread
from buurtbegroting.blueprints.conversations.models import Visibility
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import area_by_code, local_term, this_municipality
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Initiative, InitiativeLink, InitiativeUpdate, Member
from ..notices import ASKED, HAPPENED, REGISTERED
from ..policy import may_ask, may_register, may_take_back_question, may_work_on, may_work_on_part
from ..promises import ANSWER
from ..states import ANSWERING, MOVES, STAGES, AnswerState, Stage

MOST_AT_ONCE = 5


@dataclass(frozen=True)
class About:
    """What a group says of itself; an initiative without a wijk is for the whole municipality."""

    title: str
    what: str
    wijk_code: str | None
    theme_id: uuid.UUID | None
    place: str = ""
    website: str = ""


@deed("initiatives:initiative:registered")
def register(actor: Actor, about: About, stage: Stage, asks: str, language: str) -> Initiative:
    """Register an initiative; who asks something of the municipality gets an answer in term.

    Raises Invalid for a wijk that is none, and for who registers many in one day.
    """
    now = clock.now(db.session())
    insist(may_register(actor, None, now))
    person, today = acting_person(actor), clock.local_day(now)
    if sum(each.registered_on == today for each in queries.initiatives_of(person.id)) >= MOST_AT_ONCE:
        raise Invalid(_r("You registered many initiatives today. Go on tomorrow, or call us."))
    _refuse_unknown_wijk(about)
    number = queries.next_number(today.year)
    made = Initiative(
        number=number,
        stage_name=stage.value,
        ended_on=today if stage is Stage.ENDED else None,
        language=language,
        registered_on=today,
        alive_on=today,
        thread=open_thread("initiatief", number, Visibility.PUBLIC),
        album=open_album("initiatief", number, Visibility.PUBLIC),
        members=[Member(person_id=person.id, person=person, is_lead=True, since=now)],
        **vars(about),
    )
    db.session.add(made)
    db.session.flush()
    if asks:
        put_question(made, asks, today)
    follow(actor, "initiatief", number)
    outbox.announce(db.session(), REGISTERED, number=number)
    return made


def acting_person(actor: Actor) -> Person:
    """Return whose deed it is; raise AlreadyDone when their account is gone."""
    person = person_by_id(uuid.UUID(str(actor.person_id)))
    if person is None:
        raise AlreadyDone(_r("This account is not there any more."))
    return person


def _refuse_unknown_wijk(about: About) -> None:
    area = area_by_code(about.wijk_code) if about.wijk_code else None
    if about.wijk_code and (area is None or area.kind != AreaKind.WIJK):
        reason = _r("Choose a wijk from the list.")
        raise Invalid(reason, {"wijk": reason})


@deed("initiatives:initiative:changed")
def change(actor: Actor, initiative: Initiative, about: About, version: int) -> Initiative:
    """Change what a group says of itself; raise Changed when another member was first."""
    insist(may_work_on(actor, initiative, clock.now(db.session())))
    if initiative.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    _refuse_unknown_wijk(about)
    for name, value in vars(about).items():
        setattr(initiative, name, value)
    _is_alive(initiative)
    return initiative


@deed("initiatives:initiative:moved to a stage")
def move_to(actor: Actor, initiative: Initiative, stage: Stage) -> Initiative:
    """Say how far an initiative is; who ends it takes back a question that still waits."""
    now = clock.now(db.session())
    insist(may_work_on(actor, initiative, now))
    if stage is initiative.stage:
        return initiative
    initiative.stage_name = STAGES.move(initiative.stage, MOVES[stage]).value
    initiative.ended_on = clock.local_day(now) if stage is Stage.ENDED else None
    if stage is Stage.ENDED:
        initiative.invitation_hash = ""
        if initiative.answer_state is AnswerState.WAITING:
            _take_back(initiative)
    _is_alive(initiative)
    return initiative


@deed("initiatives:initiative:asked")
def ask(actor: Actor, initiative: Initiative, asks: str) -> Initiative:
    """Ask something of the municipality, or something else after it answered; its term begins today."""
    now = clock.now(db.session())
    insist(may_ask(actor, initiative, now))
    put_question(initiative, asks, clock.local_day(now))
    return initiative


def put_question(initiative: Initiative, asks: str, today: date) -> None:
    """Let a question wait for the municipality, inside the running deed."""
    party, due = f"Gemeente {this_municipality().name}", local_term(ANSWER).last_day(today)
    initiative.answer_name = ANSWERING.move(initiative.answer_state, "ask").value
    initiative.asks, initiative.asked_on = asks, today
    initiative.turn_party, initiative.turn_since, initiative.turn_due = party, today, due
    db.session.flush()
    outbox.announce(db.session(), ASKED, number=initiative.number)


@deed("initiatives:initiative:question taken back")
def take_back_question(actor: Actor, initiative: Initiative) -> Initiative:
    """Ask nothing any more."""
    insist(may_take_back_question(actor, initiative, clock.now(db.session())))
    _take_back(initiative)
    return initiative


def _take_back(initiative: Initiative) -> None:
    initiative.answer_name = ANSWERING.move(initiative.answer_state, "take back").value
    initiative.turn_party, initiative.turn_since, initiative.turn_due = "", None, None


@deed("initiatives:initiative:said to go on")
def say_alive(actor: Actor, initiative: Initiative) -> Initiative:
    """Say that an initiative still goes on."""
    insist(may_work_on(actor, initiative, clock.now(db.session())))
    _is_alive(initiative)
    return initiative


def _is_alive(initiative: Initiative) -> None:
    initiative.alive_on = clock.local_day(clock.now(db.session()))
    initiative.alive_asked_on = None


@dataclass(frozen=True)
class Happened:
    """What happened in an initiative on a day, with about how many people and hours."""

    happened_on: date
    title: str
    body: str = ""
    people: int | None = None
    hours: int | None = None


@deed("initiatives:initiative:told what happened")
def tell(actor: Actor, initiative: Initiative, happened: Happened) -> InitiativeUpdate:
    """Tell what happened; who follows the initiative hears of it. Raises Invalid for a day to come."""
    insist(may_work_on(actor, initiative, clock.now(db.session())))
    _refuse_day_to_come(happened)
    made = InitiativeUpdate(initiative_id=initiative.id, **vars(happened))
    db.session.add(made)
    _is_alive(initiative)
    db.session.flush()
    outbox.announce(db.session(), HAPPENED, update_id=str(made.id))
    return made


@deed("initiatives:initiative:told otherwise")
def tell_otherwise(actor: Actor, update: InitiativeUpdate, happened: Happened, version: int) -> InitiativeUpdate:
    """Change what was told; raise Changed when another member was first."""
    insist(may_work_on_part(actor, update, clock.now(db.session())))
    if update.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    _refuse_day_to_come(happened)
    for name, value in vars(happened).items():
        setattr(update, name, value)
    return update


@deed("initiatives:initiative:telling taken back")
def take_back_telling(actor: Actor, update: InitiativeUpdate) -> Initiative:
    """Take away what was told."""
    insist(may_work_on_part(actor, update, clock.now(db.session())))
    initiative = update.initiative
    db.session.delete(update)
    return initiative


def _refuse_day_to_come(happened: Happened) -> None:
    if happened.happened_on > clock.local_day(clock.now(db.session())):
        reason = _r("Choose a day that is not still to come.")
        raise Invalid(reason, {"happened_on": reason})


@deed("initiatives:initiative:linked")
def link(actor: Actor, initiative: Initiative, kind: str, key: str, is_there: Callable[[str, str], bool]) -> Initiative:
    """Say that an initiative has to do with something else on this site; a second time changes nothing.

    ``is_there`` tells whether there is something of a kind and key that everybody may see. Raises Invalid when not.
    """
    insist(may_work_on(actor, initiative, clock.now(db.session())))
    if not is_there(kind, key):
        reason = _r("We cannot find this. Look at the number on its page.")
        raise Invalid(reason, {"key": reason})
    if (kind, key) not in {(each.kind, each.key) for each in queries.links_of(initiative.id)}:
        db.session.add(InitiativeLink(initiative_id=initiative.id, kind=kind, key=key))
    return initiative


@deed("initiatives:initiative:link removed")
def unlink(actor: Actor, link: InitiativeLink) -> Initiative:
    """Take such a link away."""
    insist(may_work_on_part(actor, link, clock.now(db.session())))
    initiative = link.initiative
    db.session.delete(link)
    return initiative


@deed("initiatives:initiative:illustrated")
def illustrate(actor: Actor, initiative: Initiative, upload: Upload) -> Initiative:
    """Add a photo or PDF to an initiative."""
    insist(may_work_on(actor, initiative, clock.now(db.session())))
    attach(actor, initiative.album, upload)
    return initiative
