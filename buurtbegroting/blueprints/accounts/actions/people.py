"""Somebody's own account: what they are called, how they hear from us, password, address, and being forgotten."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import delete, update
from zxcvbn import zxcvbn

from buurtbegroting.blueprints.municipalities.queries import area_by_code
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotNow, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.outbox import Message

from .. import notices, queries
from ..models import Channel, Identity, MailedLink, OrganisationMember, Person, Purpose, Rhythm
from ..policy import may_change_person
from ..wishes import NewPerson
from .signing_in import (
    GONE,
    MAILS_FROM_NETWORK,
    MAILS_TO_ADDRESS,
    PRIVATE,
    TOO_MANY_MAILS,
    end_sign_ins,
    new_link,
    normal,
)

PASSWORD_LINK_LASTS = timedelta(hours=1)
MIN_PASSWORD = 12
MAX_PASSWORD = 128
# So many signs of a password are not its owner's name or address, or the municipality's.
MIN_OWN = 8
# zxcvbn's scale of 0 to 4: 3 withstands guessing against a stolen hash that is slow, as ours is.
MIN_STRENGTH = 3


def written_details(person: Person) -> str:
    """Return a mark of what somebody may change about themselves; signing in leaves it the same."""
    details = [person.name, person.wijk_code, person.language, person.born_in]
    return hashlib.sha256(json.dumps(details).encode()).hexdigest()


@deed("accounts:person:changed")
def change_person(actor: Actor, person: Person, wanted: NewPerson, seen: str) -> Person:
    """Change what somebody is called, where they live and in which language we write.

    ``seen`` is the mark of the details that were looked at; raises Changed when they are others by now.
    """
    insist(may_change_person(actor, person, clock.now(db.session())))
    if seen != written_details(person):
        raise Changed(_r("You changed this somewhere else in the meantime. Look at it again."))
    if wanted.wijk_code and area_by_code(wanted.wijk_code) is None:
        reason = _r("Choose a wijk from the list.")
        raise Invalid(reason, {"wijk_code": reason})
    person.name, person.wijk_code = wanted.name, wanted.wijk_code
    person.language, person.born_in = wanted.language, wanted.born_in
    return person


@deed("accounts:person:notices chosen")
def choose_notices(actor: Actor, person: Person, channel: Channel, rhythm: Rhythm, address: Sequence[str]) -> Person:
    """Choose how and how often to hear from us; an address is kept only for who wants letters."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    if channel is Channel.LETTER and not address:
        reason = _r("Fill in the address to which we send letters.")
        raise Invalid(reason, {"address": reason})
    if channel is Channel.EMAIL and not person.email:
        reason = _r("We do not know your e-mail address.")
        raise Invalid(reason, {"channel": reason})
    sealed = crypto.keys().seal("address", json.dumps(list(address))) if channel is Channel.LETTER else None
    person.address_sealed, person.channel, person.rhythm = sealed, channel, rhythm
    return person


@deed(unaudited="what somebody reads is their own business")
def note_messages_read(actor: Actor, person: Person) -> Person:
    """Note that somebody saw every message on the site."""
    now = clock.now(db.session())
    insist(may_change_person(actor, person, now))
    mine = (Message.channel == "site", Message.recipient_id == person.id, Message.read_at.is_(None))
    db.session.execute(update(Message).where(*mine).values(read_at=now))
    return person


def check_password(password: str, person: Person, names: Sequence[str]) -> None:
    """Raise Invalid for a password that is too short or that others would guess; ``names`` are known to all."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        reason = _r("Choose a password of at least %(least)s signs.", least=MIN_PASSWORD)
        raise Invalid(reason, {"password": reason})
    known = [*names, person.name, *(person.email or "").replace("@", " ").split(), "buurtbegroting"]
    own = password.lower()
    for word in known:
        own = own.replace(word.lower(), "")
    if len(own) < MIN_OWN or zxcvbn(password[:72], user_inputs=known)["score"] < MIN_STRENGTH:
        reason = _r("Others would guess this password. Take a few words that do not belong together.")
        raise Invalid(reason, {"password": reason})


@deed(unaudited=PRIVATE)
def ask_for_password(actor: Actor, email: str, language: str, network: str) -> None:
    """Mail a link with which a new password is chosen; who has no account gets a mail that says so."""
    session, email = db.session(), normal(email)
    if MAILS_TO_ADDRESS.is_reached(session, email) or MAILS_FROM_NETWORK.is_reached(session, network):
        raise TooOften(TOO_MANY_MAILS)
    MAILS_TO_ADDRESS.note(session, email)
    MAILS_FROM_NETWORK.note(session, network)
    person = queries.person_by_email(email)
    _, token, code = new_link(Purpose.PASSWORD if person else Purpose.SIGN_IN, email, person, PASSWORD_LINK_LASTS)
    notice = notices.NEW_PASSWORD if person else notices.WELCOME
    to = notices.recipient(person) if person else notices.stranger(email, language)
    outbox.send(session, notice, to, token=token, code=code)


@deed("accounts:person:password chosen")
def set_password(actor: Actor, person: Person, hashed: str) -> Person:
    """Give somebody another password; every sign-in ends and a mail says so."""
    person.password_hash = hashed
    end_sign_ins(person)
    if person.email:
        outbox.send(db.session(), notices.PASSWORD_CHANGED, notices.recipient(person))
    return person


def choose_password_by_link(actor: Actor, link: MailedLink, password: str, names: Sequence[str]) -> Person:
    """Choose a password with a mailed link; raise Invalid for a weak one, after which the link still works."""
    person = queries.person_by_id(link.person_id) if link.person_id else None
    if person is None or link.purpose not in (Purpose.PASSWORD, Purpose.INVITATION):
        raise NotNow(GONE)
    check_password(password, person, names)
    return _set_by_link(actor, link, person, crypto.hashed_password(password))


@deed("accounts:person:password chosen by link")
def _set_by_link(actor: Actor, link: MailedLink, person: Person, hashed: str) -> Person:
    from .signing_in import use_link

    use_link(actor, link)
    person.email_confirmed_at = person.email_confirmed_at or link.used_at
    return set_password(actor, person, hashed)


def change_password(actor: Actor, person: Person, former: str, password: str, names: Sequence[str]) -> Person:
    """Choose another password while signed in; who has one already gives it first."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    if person.password_hash and not crypto.is_password(former, person.password_hash):
        reason = _r("This is not your present password.")
        raise Invalid(reason, {"former": reason})
    check_password(password, person, names)
    return set_password(actor, person, crypto.hashed_password(password))


@deed("accounts:person:new address asked")
def ask_for_email(actor: Actor, person: Person, email: str) -> Person:
    """Mail a link to a new address; it counts once that link was used."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    email = normal(email)
    if MAILS_TO_ADDRESS.is_reached(db.session(), email):
        raise TooOften(TOO_MANY_MAILS)
    MAILS_TO_ADDRESS.note(db.session(), email)
    _, token, _ = new_link(Purpose.EMAIL, email, person, PASSWORD_LINK_LASTS)
    to = notices.stranger(email, person.language)
    outbox.send(db.session(), notices.NEW_EMAIL, to, token=token, code="")
    return person


@deed("accounts:person:address changed")
def confirm_email(actor: Actor, link: MailedLink) -> Person:
    """Let a new address count; the former one gets a mail that says so."""
    from .signing_in import use_link

    person = queries.person_by_id(link.person_id) if link.person_id else None
    if person is None or link.purpose != Purpose.EMAIL:
        raise NotNow(GONE)
    use_link(actor, link)
    if queries.person_by_email(link.email):
        raise AlreadyDone(_r("There is an account for this address already. Sign in."))
    if person.email:
        outbox.send(db.session(), notices.EMAIL_CHANGED, notices.recipient(person))
    person.email, person.email_confirmed_at = link.email, link.used_at
    return person


@deed("accounts:person:forgotten")
def forget_person(actor: Actor, person: Person, forget_elsewhere: Callable[[uuid.UUID], None]) -> Person:
    """Forget somebody: everything about the person goes, what they published stays as from "a resident".

    ``forget_elsewhere`` lets the other slices do their part, in the same transaction.
    """
    now = clock.now(db.session())
    insist(may_change_person(actor, person, now))
    if actor.roles:
        raise NotNow(_r("First give up your roles. Ask an admin."))
    end_sign_ins(person)
    person.name, person.forgotten_on = "", clock.local_day(now)
    person.channel, person.rhythm = Channel.NONE, Rhythm.DAILY
    for field in ("email", "email_confirmed_at", "password_hash", "totp_sealed", "totp_confirmed_at"):
        setattr(person, field, None)
    person.wijk_code = person.born_in = person.address_sealed = person.seen_on = None
    person.recovery_codes = []
    db.session.execute(delete(MailedLink).where(MailedLink.person_id == person.id))
    db.session.execute(delete(Identity).where(Identity.person_id == person.id))
    db.session.execute(delete(OrganisationMember).where(OrganisationMember.person_id == person.id))
    outbox.forget(db.session(), person.id)
    forget_elsewhere(person.id)
    return person
