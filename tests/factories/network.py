"""Houses, activities and what else the network of a wijk is made of, through the deeds."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from typing import Any

from buurtbegroting.blueprints.accounts.models import Organisation, OrganisationMember, Person
from buurtbegroting.blueprints.network.actions import agenda, houses
from buurtbegroting.blueprints.network.models import Activity, House
from buurtbegroting.blueprints.network.queries import houses as queries
from buurtbegroting.civic.actors import Actor
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, read_anew, transaction

from .actors import OFFICIAL
from .initiatives import WIJK

WHEN = {"starts": time(10), "ends": time(12)}


def local_today() -> date:
    """Return this day in the Netherlands."""
    return clock.local_day(clock.now(db.session()))


def make_house(name: str = "De Ankerplaats", wijk_code: str = WIJK, **facts: Any) -> House:
    """Add a house."""
    about = {"kind": "neighbourhood", "address": "Havenstraat 12", "wheelchair": "yes"} | facts
    made = houses.add_house(OFFICIAL, houses.AboutHouse(name=name, wijk_code=wijk_code, **about))
    return house_again(made.id)


def house_again(house_id: uuid.UUID) -> House:
    """Return a house as it stands in the database now."""
    read_anew(db.session())
    found = queries.house_by_id(house_id)
    if found is None:
        raise LookupError(house_id)
    return found


def make_activity(house: House, title: str = "Koffie", **facts: Any) -> Activity:
    """Put an activity on the agenda of a house, tomorrow from ten to twelve."""
    about = WHEN | {"what": "Wij drinken koffie.", "day": local_today() + timedelta(days=1)} | facts
    made = agenda.plan_in_house(OFFICIAL, house, agenda.AboutActivity(title=title, **about))
    return activity_again(made.id)


def activity_again(activity_id: uuid.UUID) -> Activity:
    """Return an activity as it stands in the database now."""
    read_anew(db.session())
    found = queries.activity_by_id(activity_id)
    if found is None:
        raise LookupError(activity_id)
    return found


def make_welfare(person: Person, name: str = "Welzijn Noord") -> Organisation:
    """Make an organisation for which somebody speaks."""
    with transaction(db.session()):
        made = Organisation(name=name, kind="welfare", members=[OrganisationMember(person_id=person.id)])
        db.session.add(made)
    read_anew(db.session())
    return made


def speaker_of(person: Person, organisation: Organisation) -> Actor:
    """Return somebody as an actor who speaks for an organisation."""
    return Actor(id=str(person.id), organisations=frozenset({str(organisation.id)}))
