"""Needs and offers, placed through the deeds."""

from __future__ import annotations

import uuid
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.matching import queries
from buurtbegroting.blueprints.matching.actions import brokering, contact, placing
from buurtbegroting.blueprints.matching.models import Match, Posting
from buurtbegroting.blueprints.matching.states import Kind, Side
from buurtbegroting.foundation.database import db, read_anew

from .initiatives import WIJK, make_initiative
from .people import actor_of


def words(title: str = "Zaal met keuken", kind: Kind = Kind.SPACE, **more: Any) -> placing.Words:
    """Return what is asked or offered."""
    return placing.Words(**{"kind": kind, "title": title, "what": f"{title} in de wijk.", "wijk_code": WIJK} | more)


def make_posting(
    person: Person, side: Side, group: Initiative | None = None, said: placing.Words | None = None, shown_as: str = ""
) -> Posting:
    """Place a need or an offer, of a group or of somebody."""
    whose = placing.Whose(initiative_id=group.id if group else None, shown_as=shown_as)
    return anew(placing.place(actor_of(person), side, said or words(), whose, "nl"))


def make_brokered(broker: Person, side: Side, said: placing.Words, name: str = "Mevrouw", phone: str = "06") -> Posting:
    """Enter a need or an offer for somebody who is not online."""
    return anew(brokering.enter(actor_of(broker), side, said, name, phone, "nl"))


def make_match(person: Person, asking: Posting, asked: Posting, reach: str = "sam@voorbeeld.nl") -> Match:
    """Ask to get in touch."""
    made = contact.ask(actor_of(person), anew(asked), queried(asking), "Mogen wij komen kijken?", reach)
    found = queries.match_by_id(made.id)
    if found is None:
        raise LookupError(made.id)
    return found


def queried(posting: Posting) -> Posting:
    """Return a need or an offer with whose it is."""
    found = queries.posting_by_id(posting.id)
    if found is None:
        raise LookupError(posting.id)
    return found


def anew(posting: Posting) -> Posting:
    """Return a need or an offer as it stands in the database now."""
    posting_id = posting.id
    read_anew(db.session())
    found = queries.posting_by_id(posting_id)
    if found is None:
        raise LookupError(posting_id)
    return found


def matching_addresses(lead: Person, other: Person, broker: Person, canary: str) -> dict[str, Any]:
    """Let a group ask and somebody offer, ask to get in touch, and a broker enter what nobody else sees."""
    need = make_posting(lead, Side.NEED, make_initiative(lead, "Zoekt een zaal"))
    offer = make_posting(other, Side.OFFER)
    match = make_match(lead, need, offer, f"{canary}@voorbeeld.nl")
    make_brokered(broker, Side.NEED, words(canary, Kind.COMPANY), canary, "06-12345678")
    return {"posting_id": offer.id, "match_id": match.id, "other_id": need.id, "block_id": uuid.uuid4()}
