"""Getting in touch without addresses: one asks, the other says yes or no, and only then both know how."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from buurtbegroting.blueprints.initiatives.actions.writing import acting_person
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotNow, NotYours, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.limits import Limit

from .. import queries
from ..models import Block, Match, MatchCount, Posting
from ..notices import AGREED, ASKED, DECLINED, to_people_of
from ..policy import may_answer_match, may_ask_from, may_end_match, may_get_in_touch, may_unblock
from ..states import MACHINE, MATCHING, MatchState, Side, State

QUESTIONS = Limit("matching:asked", tries=5, window=timedelta(days=1))
SEALED_FOR = "help-contact"


@deed("matching:match:asked")
def ask(actor: Actor, asked: Posting, asking: Posting, message: str, contact: str) -> Match:
    """Ask to get in touch about something, from a need or an offer of one's own.

    ``contact`` is how who asks can be reached; the other gets it after saying yes. Raises NotYours when the other
    blocked who asks, TooOften for who asks many in a day, AlreadyDone for a second time.
    """
    now = clock.now(db.session())
    insist(may_get_in_touch(actor, asked, now))
    insist(may_ask_from(actor, asking, now))
    if asking.side is asked.side:
        raise Invalid(_r("A need goes with an offer."))
    person = acting_person(actor)
    if queries.is_blocked(person.id, [each.id for each in queries.people_of(asked)]):
        raise NotYours(_r("You cannot get in touch about this."))
    need, offer = (asking, asked) if asking.side is Side.NEED else (asked, asking)
    if queries.match_between(need.id, offer.id) is not None:
        raise AlreadyDone(_r("This was asked before. One does not ask twice."))
    if QUESTIONS.is_reached(db.session(), str(person.id)):
        raise TooOften(_r("You asked many today. Go on tomorrow, or call us."))
    QUESTIONS.note(db.session(), str(person.id))
    made = Match(
        need=need,
        offer=offer,
        asked_by=asking.side.value,
        asker_id=person.id,
        message=message,
        contact_sealed=crypto.keys().seal(SEALED_FOR, contact),
        proposed_on=clock.local_day(now),
    )
    db.session.add(made)
    db.session.flush()
    for to in to_people_of(asked):
        facts: dict[str, Any] = {"title": asked.title, "other": asking.title, "message": message}
        outbox.send(db.session(), ASKED, to, match_id=str(made.id), **facts)
    return made


@deed("matching:match:agreed")
def agree(actor: Actor, match: Match, contact: str) -> Match:
    """Say yes; both sides get what the other chose to give, in one message, and nothing of it is kept here."""
    insist(may_answer_match(actor, match, clock.now(db.session())))
    if match.asked.state is not State.OPEN or match.asking.state is not State.OPEN:
        raise NotNow(_r("This is not open any more."))
    of_asker = crypto.keys().unseal(SEALED_FOR, match.contact_sealed)
    for posting, other, theirs in ((match.asked, match.asking, of_asker), (match.asking, match.asked, contact)):
        for to in to_people_of(posting):
            outbox.send(db.session(), AGREED, to, title=posting.title, other=other.title, contact=theirs)
    settle(match, "agree")
    return match


def settle(match: Match, move: str) -> None:
    """Let a match be agreed or declined, inside the running deed; an agreed one closes its need and is counted."""
    today = clock.local_day(clock.now(db.session()))
    match.state_name = MATCHING.move(match.state, move).value
    match.settled_on, match.contact_sealed, match.message = today, "", ""
    if match.state is not MatchState.AGREED:
        return
    need = match.need
    need.state_name, need.closed_on = MACHINE.move(need.state, "match").value, today
    wijk = need.wijk_code or match.offer.wijk_code or ""
    if (counted := queries.counted(today.year, need.kind, wijk)) is not None:
        counted.made += 1
    else:
        db.session.add(MatchCount(year=today.year, kind=need.kind_name, wijk_code=wijk, made=1))


@deed("matching:match:declined")
def decline(actor: Actor, match: Match, *, block: bool) -> Match:
    """Say no, and if wished that who asked may ask nothing more; they hear only that it did not work out."""
    now = clock.now(db.session())
    insist(may_answer_match(actor, match, now))
    if block and match.asker_id is not None:
        me = acting_person(actor)
        if queries.block_between(me.id, match.asker_id) is None:
            about, since = match.asking.title, clock.local_day(now)
            db.session.add(Block(blocker_id=me.id, blocked_id=match.asker_id, about=about, since=since))
    settle(match, "decline")
    for to in to_people_of(match.asking):
        outbox.send(db.session(), DECLINED, to, title=match.asked.title)
    return match


@deed("matching:match:ended")
def end(actor: Actor, match: Match) -> Match:
    """Say that a match is over."""
    insist(may_end_match(actor, match, clock.now(db.session())))
    match.state_name = MATCHING.move(match.state, "end").value
    return match


@deed(unaudited="whom somebody lets ask again is nobody's business")
def unblock(actor: Actor, block: Block) -> None:
    """Let somebody ask again."""
    insist(may_unblock(actor, block, clock.now(db.session())))
    db.session.delete(block)
