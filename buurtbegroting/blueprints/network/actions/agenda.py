"""What is put on the agenda of a wijk, changed and called off."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..days import days_of
from ..models import Activity, CancelledDay, House
from ..policy import may_change_activity, may_fill_agenda, may_put_on_agenda, may_remove_activity
from ..queries import houses as queries
from .houses import refuse_unknown_wijk

# A year of one date typed wrong would fill the agenda for nobody.
FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class AboutActivity:
    """What is said of an activity. Outside a house it has a place and a wijk of its own."""

    title: str
    what: str
    day: date
    starts: time
    ends: time
    house_id: uuid.UUID | None = None
    place: str = ""
    wijk_code: str = ""
    is_weekly: bool = False
    until: date | None = None
    for_whom: str = ""
    cost_cents: int = 0
    sign_up: str = ""


@deed("network:activity:planned in a house")
def plan_in_house(actor: Actor, house: House, about: AboutActivity) -> Activity:
    """Put an activity on the agenda of a house."""
    insist(may_fill_agenda(actor, house, clock.now(db.session())))
    return _planned(about, house, None)


@deed("network:activity:planned by an initiative")
def plan_by_initiative(actor: Actor, initiative: Initiative, about: AboutActivity) -> Activity:
    """Put what an initiative does on the agenda, in a house or elsewhere."""
    insist(may_put_on_agenda(actor, initiative, clock.now(db.session())))
    return _planned(about, _house_of(about), initiative)


def _planned(about: AboutActivity, house: House | None, initiative: Initiative | None) -> Activity:
    made = Activity(house=house, initiative=initiative, cancelled=[], **_facts(about, house))
    db.session.add(made)
    db.session.flush()
    return made


def _house_of(about: AboutActivity) -> House | None:
    if about.house_id is None:
        return None
    house = queries.house_by_id(about.house_id)
    if house is None or house.is_gone:
        raise _at("house", _r("Choose a house from the list."))
    return house


def _facts(about: AboutActivity, house: House | None) -> dict[str, object]:
    """Return what is kept of an activity; raise Invalid for days and hours that cannot be."""
    if about.ends <= about.starts:
        raise _at("ends", _r("It ends after it begins, on the same day."))
    until = about.until if about.is_weekly else None
    if until is not None and until < about.day:
        raise _at("until", _r("Choose a last day that is not before the first."))
    if about.day - clock.local_day(clock.now(db.session())) > FARTHEST:
        raise _at("day", _r("This day is too far away."))
    if house is None:
        if not about.place:
            raise _at("place", _r("Say where it is."))
        refuse_unknown_wijk(about.wijk_code)
    own = {"until": until, "place": about.place, "wijk_code": house.wijk_code if house else about.wijk_code}
    return {name: value for name, value in vars(about).items() if name != "house_id"} | own


def _at(field: str, reason: Reason) -> Invalid:
    return Invalid(reason, {field: reason})


@deed("network:activity:changed")
def change_activity(actor: Actor, activity: Activity, about: AboutActivity, version: int) -> Activity:
    """Change an activity; raise Changed when somebody else was first. What a house does stays in that house."""
    insist(may_change_activity(actor, activity, clock.now(db.session())))
    if activity.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    house = activity.house if activity.initiative is None else _house_of(about)
    for name, value in _facts(about, house).items():
        setattr(activity, name, value)
    activity.house = house
    return activity


@deed("network:activity:day called off")
def call_off(actor: Actor, activity: Activity, day: date, reason: str) -> Activity:
    """Say that an activity is not there on a day after all, and why; it stays on the agenda with that reason."""
    insist(may_change_activity(actor, activity, clock.now(db.session())))
    if not reason:
        raise _at("reason", _r("Say why it is called off."))
    if day not in set(days_of(activity, day, day)):
        raise _at("day", _r("Choose a day from the list."))
    if day in {each.day for each in activity.cancelled}:
        raise AlreadyDone(_r("This day is called off already."))
    activity.cancelled.append(CancelledDay(day=day, reason=reason))
    return activity


@deed("network:activity:day back on")
def put_back_on(actor: Actor, activity: Activity, day: date) -> Activity:
    """Say that an activity is there on a day that was called off."""
    insist(may_change_activity(actor, activity, clock.now(db.session())))
    activity.cancelled = [each for each in activity.cancelled if each.day != day]
    return activity


@deed("network:activity:taken away")
def take_away(actor: Actor, activity: Activity) -> Activity:
    """Take an activity that is still to come off the agenda, as a mistake."""
    insist(may_remove_activity(actor, activity, clock.now(db.session())))
    db.session.delete(activity)
    return activity
