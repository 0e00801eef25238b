"""Keeping the houses of the wijk."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from buurtbegroting.blueprints.accounts.queries import organisation_by_id
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import area_by_code
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Changed, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import House
from ..policy import may_keep_network
from ..queries import houses as queries


@dataclass(frozen=True)
class AboutHouse:
    """What is said of a house."""

    name: str
    kind: str
    address: str
    wijk_code: str
    wheelchair: str
    wheelchair_words: str = ""
    opening: str = ""
    website: str = ""
    organisation_id: uuid.UUID | None = None


@deed("network:house:added")
def add_house(actor: Actor, about: AboutHouse) -> House:
    """Add a house; raise Invalid for a wijk that is none, and for a house that stands there already."""
    insist(may_keep_network(actor, None, clock.now(db.session())))
    _refuse_what_cannot_be(about, None)
    made = House(**vars(about))
    db.session.add(made)
    db.session.flush()
    return made


@deed("network:house:changed")
def change_house(actor: Actor, house: House, about: AboutHouse, version: int) -> House:
    """Change what is said of a house; raise Changed when somebody else was first."""
    insist(may_keep_network(actor, house, clock.now(db.session())))
    if house.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    _refuse_what_cannot_be(about, house)
    for name, value in vars(about).items():
        setattr(house, name, value)
    return house


def _refuse_what_cannot_be(about: AboutHouse, house: House | None) -> None:
    refuse_unknown_wijk(about.wijk_code)
    if about.organisation_id and organisation_by_id(about.organisation_id) is None:
        reason = _r("Choose an organisation from the list.")
        raise Invalid(reason, {"organisation": reason})
    standing = queries.house_at(about.name, about.address)
    if standing is not None and standing is not house:
        reason = _r("This house stands on the list already.")
        raise Invalid(reason, {"name": reason})


def refuse_unknown_wijk(code: str) -> None:
    """Raise Invalid for a wijk that is none."""
    area = area_by_code(code) if code else None
    if area is None or area.kind != AreaKind.WIJK:
        reason = _r("Choose a wijk from the list.")
        raise Invalid(reason, {"wijk": reason})


@deed("network:house:shown or taken off the list")
def set_gone(actor: Actor, house: House, *, is_gone: bool) -> House:
    """Say that a house is no longer there, or is there again; its agenda goes and comes with it."""
    insist(may_keep_network(actor, house, clock.now(db.session())))
    house.is_gone = is_gone
    return house
