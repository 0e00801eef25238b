"""Who hears of an initiative, and in which words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.blueprints.accounts.queries import holders_of
from buurtbegroting.blueprints.conversations.notices import way_out
from buurtbegroting.blueprints.conversations.queries import followers
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient

from . import queries
from .models import Initiative

RECEIVED = "initiatives:received"
NEW = "initiatives:new"
NEWS = "initiatives:news"
ANSWER = "initiatives:answer"
CONTACT = "initiatives:contact"
JOINED = "initiatives:joined"
LEADS = "initiatives:leads"
NOTE = "initiatives:note"
ALIVE = "initiatives:alive"
FLAG = "initiatives:flag"

REGISTERED = "initiatives:initiative registered"
ASKED = "initiatives:initiative asked"
ANSWERED = "initiatives:initiative answered"
HAPPENED = "initiatives:initiative told"
TOO_MANY = "initiatives:too many referrals"

NOTICES = (
    Notice(RECEIVED, _r("Your question is with us: %(title)s"), "initiatives/mail/received.txt"),
    Notice(NEW, _r("A new initiative: %(title)s"), "initiatives/mail/new.txt"),
    Notice(NEWS, _r("News of %(title)s"), "initiatives/mail/news.txt"),
    Notice(ANSWER, _r("The answer to %(title)s"), "initiatives/mail/answer.txt"),
    Notice(CONTACT, _r("Your contact person for %(title)s"), "initiatives/mail/contact.txt"),
    Notice(JOINED, _r("A new member of %(title)s"), "initiatives/mail/joined.txt"),
    Notice(LEADS, _r("You lead %(title)s"), "initiatives/mail/leads.txt"),
    Notice(NOTE, _r("A message about %(title)s"), "initiatives/mail/note.txt"),
    Notice(ALIVE, _r("Does %(title)s still go on?"), "initiatives/mail/alive.txt"),
    Notice(FLAG, _r("Sent on for the third time: %(title)s"), "initiatives/mail/flag.txt"),
)

Told = Iterator[tuple[str, Recipient, dict[str, Any]]]


def facts_of(initiative: Initiative) -> dict[str, Any]:
    """Return what every message about an initiative says."""
    return {"title": initiative.title, "number": initiative.number}


def to_person(person: Person) -> Iterator[Recipient]:
    """Yield how somebody hears of what concerns their own initiative."""
    yield from hearers(person, is_news=False)


def to_members(people: Iterable[Person]) -> Iterator[Recipient]:
    """Yield how members hear of what concerns their initiative."""
    for each in people:
        yield from to_person(each)


def tell_of_new(number: str) -> Told:
    """Yield who is told of a new initiative: who follows its wijk or its theme, once, besides its members."""
    found = queries.initiative_by_number(number)
    if found is None or found.is_hidden:
        return
    told = {each.person_id for each in found.members}
    for kind, key in (("wijk", found.wijk_code), ("thema", found.theme and found.theme.slug)):
        for follow in followers(kind, key) if key else ():
            if follow.person_id not in told:
                told.add(follow.person_id)
                for to in hearers(follow.person, is_news=True):
                    yield NEW, to, facts_of(found) | {"text": found.what, "way_out": way_out(follow)}


def tell_of_question(number: str) -> Told:
    """Yield who is told that a question came in: the members, with until when the answer is promised."""
    found = queries.initiative_by_number(number)
    if found is None or found.turn_due is None:
        return
    for to in to_members(each.person for each in found.members):
        yield RECEIVED, to, facts_of(found) | {"text": found.asks, "due": found.turn_due.isoformat()}


def tell_of_answer(number: str) -> Told:
    """Yield who is told of an answer: the members, and who follows the initiative."""
    found = queries.initiative_by_number(number)
    if found is None or not found.answers:
        return
    last = found.answers[-1]
    words = {name: getattr(last, name) for name in ("kind", "words", "conditions", "helper", "ground", "route")}
    facts = facts_of(found) | words
    for to in to_members(each.person for each in found.members):
        yield ANSWER, to, facts
    yield from _followers(ANSWER, found, facts)


def tell_of_update(update_id: str) -> Told:
    """Yield who is told what happened: who follows the initiative."""
    update = queries.update_by_id(uuid.UUID(update_id))
    if update is not None:
        facts = facts_of(update.initiative) | {"subject": update.title, "text": update.body}
        yield from _followers(NEWS, update.initiative, facts)


def _followers(notice: str, initiative: Initiative, facts: dict[str, Any]) -> Told:
    members = {each.person_id for each in initiative.members}
    for follow in followers("initiatief", initiative.number) if not initiative.is_hidden else ():
        if follow.person_id not in members:
            for to in hearers(follow.person, is_news=True):
                yield notice, to, facts | {"way_out": way_out(follow)}


def tell_of_flag(number: str) -> Told:
    """Yield who is told that a question went from one to another too often: the admins."""
    found = queries.initiative_by_number(number)
    if found is None:
        return
    for person in holders_of(RoleName.ADMIN):
        for to in hearers(person, is_news=False):
            yield FLAG, to, facts_of(found) | {"times": len(found.referrals)}


EVENTS = {
    REGISTERED: tell_of_new,
    ASKED: tell_of_question,
    ANSWERED: tell_of_answer,
    HAPPENED: tell_of_update,
    TOO_MANY: tell_of_flag,
}
