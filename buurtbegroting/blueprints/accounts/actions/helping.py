"""A neighbourhood worker who fills in forms for somebody; the audit names both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Channel, Person, SignIn
from ..policy import may_act_on_behalf, may_record_person
from .signing_in import PRIVATE, normal


@dataclass(frozen=True)
class Helped:
    """Somebody who does not come to the site: a name, a wijk, and how they want to hear from us, if they do.

    That is by e-mail, or else by letter to the lines of an address.
    """

    name: str
    wijk_code: str | None
    address: Sequence[str]
    email: str = ""


@deed("accounts:person:recorded")
def record_person(actor: Actor, helped: Helped) -> Person:
    """Make an account for somebody who is helped by people; who has one with the same e-mail address is found.

    Without an e-mail address they sign in by nothing; with one the address counts once they used a link in a mail.
    """
    now = clock.now(db.session())
    insist(may_record_person(actor, None, now))
    email = normal(helped.email)
    if email and (known := queries.person_by_email(email)):
        return known
    address = [line for line in helped.address if line and not email]
    person = Person(
        name=helped.name,
        email=email or None,
        wijk_code=helped.wijk_code,
        channel=Channel.EMAIL if email else Channel.LETTER if address else Channel.NONE,
        address_sealed=crypto.keys().seal("address", json.dumps(address)) if address else None,
        made_on=clock.local_day(now),
    )
    db.session.add(person)
    db.session.flush()
    return person


def person_to_help(email: str) -> Person:
    """Return who has this address; raise Invalid when nobody has: a worker cannot look people up by name."""
    found = queries.person_by_email(normal(email))
    if found is None:
        reason = _r("There is no account for this address.")
        raise Invalid(reason, {"email": reason})
    return found


@deed("accounts:person:helped")
def start_helping(actor: Actor, sign_in: SignIn, person: Person) -> Person:
    """Let what a worker does from now on be somebody else's; only in this browser."""
    insist(may_act_on_behalf(actor, person, clock.now(db.session())))
    sign_in.on_behalf_of_id = person.id
    return person


@deed(unaudited=PRIVATE)
def stop_helping(actor: Actor, sign_in: SignIn) -> SignIn:
    """Let a worker be nobody but themselves again."""
    sign_in.on_behalf_of_id = None
    return sign_in
