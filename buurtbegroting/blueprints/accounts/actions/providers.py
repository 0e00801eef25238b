"""Getting in by way of a provider that knows who somebody is."""

from __future__ import annotations

from buurtbegroting.civic.actors import Actor, Known
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotNow
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Channel, Identity, Method, Person
from ..policy import may_change_person
from ..wishes import NewPerson
from .signing_in import PRIVATE, Opened, open_sign_in

TIED_ALREADY = _r("This way of signing in belongs to another account already.")
HAS_ACCOUNT = _r(
    "There is an account for your e-mail address already. Sign in with a link; then tie this way in to it."
)


@deed(unaudited=PRIVATE)
def open_by_provider(actor: Actor, identity: Identity, known: Known, device: str) -> Opened:
    """Sign in whom a provider knows; a second factor that was given there counts here."""
    opened = open_sign_in(identity.person, Method.PROVIDER, device)
    if known.has_second_factor:
        opened.audit_subject.second_factor_at = clock.now(db.session())
    return opened


def refuse_taken_address(known: Known) -> None:
    """Raise AlreadyDone when an account has the address; having the same address alone ties nobody to it."""
    if known.email and queries.person_by_email(known.email):
        raise AlreadyDone(HAS_ACCOUNT)


@deed("accounts:person:registered")
def register_by_provider(actor: Actor, known: Known, wishes: NewPerson) -> Person:
    """Make an account for who was just proven to be known elsewhere."""
    now = clock.now(db.session())
    refuse_taken_address(known)
    if queries.identity_of(known.issuer, known.subject):
        raise AlreadyDone(TIED_ALREADY)
    person = Person(
        name=wishes.name,
        email=known.email or None,
        email_confirmed_at=now if known.email else None,
        wijk_code=wishes.wijk_code,
        born_in=wishes.born_in,
        language=wishes.language,
        channel=Channel.EMAIL if known.email else Channel.NONE,
        made_on=clock.local_day(now),
    )
    db.session.add(person)
    db.session.flush()
    _tie(person, known)
    return person


def _tie(person: Person, known: Known) -> None:
    db.session.add(Identity(person_id=person.id, issuer=known.issuer, subject=known.subject))
    db.session.flush()


@deed("accounts:person:way in tied")
def tie_identity(actor: Actor, person: Person, known: Known) -> Person:
    """Let somebody come in by a provider from now on."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    if queries.identity_of(known.issuer, known.subject):
        raise AlreadyDone(TIED_ALREADY)
    _tie(person, known)
    return person


@deed("accounts:person:way in untied")
def untie_identity(actor: Actor, identity: Identity) -> Person:
    """Let somebody no longer come in by a provider; the last way in stays."""
    person = identity.person
    insist(may_change_person(actor, person, clock.now(db.session())))
    if not person.email and len(queries.identities_of(person.id)) == 1:
        raise NotNow(_r("This is your only way in. First give us an e-mail address."))
    db.session.delete(identity)
    return person
