"""One of every thing of the network of a wijk that has an address."""

from __future__ import annotations

from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.network.actions import ties
from buurtbegroting.blueprints.network.models import MeetingPlace
from buurtbegroting.foundation.database import db

from .initiatives import again, make_initiative
from .network import make_activity, make_house
from .people import actor_of


def network_addresses(lead: Person, other: Person) -> dict[str, Any]:
    """Make a house with an activity, an initiative that meets there and a tie that waits; return address parts."""
    house = make_house()
    activity = make_activity(house)
    own, others = make_initiative(lead, "Koor"), make_initiative(other, "Dansen")
    ties.meet_in(actor_of(lead), again(own), house.id)
    tie = ties.ask_tie(actor_of(lead), again(own), others.number, "Samen zingen en dansen.")
    meeting = db.session.scalars(db.select(MeetingPlace)).one()
    return {"house_id": house.id, "activity_id": activity.id, "tie_id": tie.id, "meeting_id": meeting.id}


def network_places(number: str) -> dict[str, dict[str, Any]]:
    """Return the addresses of what members of an initiative say here."""
    names = ("agenda.of_initiative", "agenda.plan", "ties.ties", "ties.meet", "ties.ask")
    return {name: {"number": number} for name in names}
