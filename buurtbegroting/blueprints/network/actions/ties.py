"""Where an initiative meets, and with whom it works together."""

from __future__ import annotations

import uuid

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.notices import to_members
from buurtbegroting.blueprints.initiatives.queries import initiative_by_number
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import MeetingPlace, Tie
from ..notices import TIE_AGREED, TIE_ASKED
from ..policy import may_agree_tie, may_end_tie, may_tie, may_untie_house
from ..queries import houses, ties


@deed("network:initiative:meets in a house")
def meet_in(actor: Actor, initiative: Initiative, house_id: uuid.UUID) -> Initiative:
    """Say that an initiative meets in a house; a second time changes nothing."""
    insist(may_tie(actor, initiative, clock.now(db.session())))
    house = houses.house_by_id(house_id)
    if house is None or house.is_gone:
        reason = _r("Choose a house from the list.")
        raise Invalid(reason, {"house": reason})
    if house.id not in {each.house_id for each in ties.meetings_of(initiative.id)}:
        db.session.add(MeetingPlace(initiative=initiative, house=house))
    return initiative


@deed("network:initiative:meets in a house no more")
def meet_no_more(actor: Actor, meeting: MeetingPlace) -> Initiative:
    """Say that an initiative meets in a house no more."""
    insist(may_untie_house(actor, meeting, clock.now(db.session())))
    initiative = meeting.initiative
    db.session.delete(meeting)
    return initiative


@deed("network:tie:asked")
def ask_tie(actor: Actor, initiative: Initiative, other_number: str, words: str) -> Tie:
    """Ask another initiative to work together; its members hear of it. Who was asked already, agrees by this."""
    now = clock.now(db.session())
    insist(may_tie(actor, initiative, now))
    other = _other(initiative, other_number)
    standing = ties.tie_between(initiative.id, other.id)
    if (
        standing is not None
        and standing.agreed_on is None
        and standing.asked_by_first == (standing.first_id == other.id)
    ):
        return _agreed(standing)
    if standing is not None:
        raise AlreadyDone(_r("You asked this already, or work together already."))
    is_first = initiative.id < other.id
    first, second = (initiative, other) if is_first else (other, initiative)
    made = Tie(first=first, second=second, asked_by_first=is_first, words=words, asked_on=clock.local_day(now))
    db.session.add(made)
    db.session.flush()
    for to in to_members(each.person for each in other.members):
        outbox.send(db.session(), TIE_ASKED, to, other=initiative.title, number=other.number, text=words)
    return made


def _other(initiative: Initiative, number: str) -> Initiative:
    other = initiative_by_number(number)
    if other is None or other.is_hidden or other.stage is Stage.ENDED or other.id == initiative.id:
        reason = _r("Choose another initiative from the list.")
        raise Invalid(reason, {"other": reason})
    return other


@deed("network:tie:agreed")
def agree_tie(actor: Actor, tie: Tie) -> Tie:
    """Agree to work together; the members of who asked hear of it."""
    insist(may_agree_tie(actor, tie, clock.now(db.session())))
    return _agreed(tie)


def _agreed(tie: Tie) -> Tie:
    tie.agreed_on = clock.local_day(clock.now(db.session()))
    asker = initiative_by_number(tie.asker.number)
    for to in to_members(each.person for each in asker.members) if asker else ():
        outbox.send(db.session(), TIE_AGREED, to, other=tie.asked.title, number=tie.asker.number)
    return tie


@deed("network:tie:ended")
def end_tie(actor: Actor, tie: Tie) -> Tie:
    """Say no to working together, take the question back, or say that it is over."""
    insist(may_end_tie(actor, tie, clock.now(db.session())))
    db.session.delete(tie)
    return tie
