"""Who hears of a plan, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.blueprints.conversations.notices import way_out
from buurtbegroting.blueprints.conversations.queries import followers
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient

from . import queries
from .models import Proposal
from .states import PUBLIC

RECEIVED = "proposals:received"
ENTERED = "proposals:entered"
NEW = "proposals:new"
OTHER_WORDS = "proposals:other words"
TAKEN_BACK = "proposals:taken back"
JOINED = "proposals:joined"
MERGE_ASKED = "proposals:merge asked"
MERGE_OVER = "proposals:merge over"
JOINED_UP = "proposals:joined up"
WENT_INTO = "proposals:went into"

SUBMITTED = "proposals:proposal submitted"
CHANGED = "proposals:proposal changed"
WITHDRAWN = "proposals:proposal withdrawn"
MERGED = "proposals:proposal merged"

NOTICES = (
    Notice(RECEIVED, _r("Your plan is in: %(title)s"), "proposals/mail/received.txt"),
    Notice(ENTERED, _r("Your plan on paper is in: %(title)s"), "proposals/mail/entered.txt"),
    Notice(NEW, _r("A new plan: %(title)s"), "proposals/mail/new.txt"),
    Notice(OTHER_WORDS, _r("This plan was changed: %(title)s"), "proposals/mail/changed.txt"),
    Notice(TAKEN_BACK, _r("This plan was withdrawn: %(title)s"), "proposals/mail/withdrawn.txt"),
    Notice(JOINED, _r("Somebody writes along on %(title)s"), "proposals/mail/joined.txt"),
    Notice(MERGE_ASKED, _r("Merge two plans? %(title)s"), "proposals/mail/merge_asked.txt"),
    Notice(MERGE_OVER, _r("The plans stay apart: %(title)s"), "proposals/mail/merge_over.txt"),
    Notice(JOINED_UP, _r("Two plans became one: %(title)s"), "proposals/mail/joined_up.txt"),
    Notice(WENT_INTO, _r("Two plans became one: %(title)s"), "proposals/mail/went_into.txt"),
)


def plan_facts(plan: Proposal) -> dict[str, Any]:
    """Return what every message about a plan says."""
    return {"title": plan.title, "number": plan.number, "text": plan.summary}


def to_author(author: Person, plan: Proposal) -> Iterator[tuple[Recipient, dict[str, Any]]]:
    """Yield how an author hears about their plan."""
    facts = plan_facts(plan) | {"due": plan.turn_due.isoformat() if plan.turn_due else ""}
    for to in hearers(author, is_news=False):
        yield to, facts


def to_authors(authors: Iterable[Person]) -> Iterator[Recipient]:
    """Yield how authors hear of what concerns their plan."""
    for each in authors:
        yield from hearers(each, is_news=False)


def tell_of_new(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told of a new plan: who follows its wijk, its theme or its round, once."""
    plan = queries.proposal_by_number(number)
    if plan is None or plan.state not in PUBLIC:
        return
    subjects = [("wijk", plan.wijk_code), ("thema", plan.theme and plan.theme.slug), ("ronde", plan.round.number)]
    told = {each.person_id for each in plan.authorships}
    for kind, key in subjects:
        for follow in followers(kind, key) if key else ():
            if follow.person_id not in told:
                told.add(follow.person_id)
                for to in hearers(follow.person, is_news=True):
                    yield NEW, to, plan_facts(plan) | {"way_out": way_out(follow)}


def _tell_followers(notice: str, number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    plan = queries.proposal_by_number(number)
    if plan is None or plan.state not in PUBLIC:
        return
    for follow in followers("plan", plan.number):
        if follow.person_id not in {each.person_id for each in plan.authorships}:
            for to in hearers(follow.person, is_news=True):
                yield notice, to, plan_facts(plan) | {"way_out": way_out(follow)}


def tell_of_change(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told that a plan reads differently: who follows it."""
    return _tell_followers(OTHER_WORDS, number)


def tell_of_withdrawal(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told that a plan was taken back: who follows it."""
    return _tell_followers(TAKEN_BACK, number)


def tell_of_merge(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told that a plan went into another: who follows either, once, besides the authors."""
    went = queries.proposal_by_number(number)
    plan = queries.proposal_by_number(went.merged_into.number) if went and went.merged_into else None
    if went is None or plan is None or not {went.state, plan.state} <= PUBLIC:
        return
    told = {each.person_id for each in plan.authorships}
    facts = plan_facts(plan) | {"other_title": went.title, "other_number": went.number}
    for follow in (*followers("plan", went.number), *followers("plan", plan.number)):
        if follow.person_id not in told:
            told.add(follow.person_id)
            for to in hearers(follow.person, is_news=True):
                yield WENT_INTO, to, facts | {"way_out": way_out(follow)}


EVENTS = {MERGED: tell_of_merge, SUBMITTED: tell_of_new, CHANGED: tell_of_change, WITHDRAWN: tell_of_withdrawal}
