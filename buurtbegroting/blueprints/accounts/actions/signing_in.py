"""Getting in by a mailed link or code, by password, and out again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from buurtbegroting.civic import roles
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotNow, NotYours, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.limits import Limit

from .. import notices, queries
from ..models import Channel, MailedLink, Method, Person, Purpose, SignIn
from ..policy import may_change_person
from ..wishes import NewPerson

LINK_LASTS = timedelta(minutes=10)
REGISTER_WITHIN = timedelta(hours=1)
TRIES_PER_CODE = 5

MAILS_TO_ADDRESS = Limit("mail", 3, timedelta(hours=1))
MAILS_FROM_NETWORK = Limit("mails from", 60, timedelta(hours=1))
# Guesses at one account from one network stop soon; an office, and the owner elsewhere, can still get in.
WRONG_FROM_NETWORK = Limit("password from", 5, timedelta(minutes=15))
WRONG_FOR_ACCOUNT = Limit("password", 50, timedelta(hours=1))

TOO_MANY_MAILS = _r("We sent three mails to this address already. Wait an hour, or call us.")
TOO_MANY_TRIES = _r("That was wrong too many times. Wait a quarter of an hour, or let us mail you a link.")
GONE = _r("This link no longer works. Ask for a new one.")
WRONG_CODE = _r("This is not the code. Look in the newest mail from us.")
WRONG_PASSWORD = _r("This address and this password do not belong together.")

PRIVATE = "when somebody signs in is their own business; the open sign-ins stand in the account itself"


@dataclass(frozen=True)
class Opened:
    """A new sign-in, and the token that the browser keeps."""

    audit_subject: SignIn
    token: str


def normal(email: str) -> str:
    """Return an address as it is kept and compared."""
    return email.strip().lower()


@deed(unaudited=PRIVATE)
def ask_for_link(actor: Actor, email: str, language: str, network: str, next_path: str = "") -> uuid.UUID:
    """Mail a link and a code to an address, whether we know it or not; return what the browser remembers of it.

    Raises TooOften after three mails in an hour. The work is the same for every address.
    """
    session, email = db.session(), normal(email)
    if MAILS_TO_ADDRESS.is_reached(session, email) or MAILS_FROM_NETWORK.is_reached(session, network):
        raise TooOften(TOO_MANY_MAILS)
    MAILS_TO_ADDRESS.note(session, email)
    MAILS_FROM_NETWORK.note(session, network)
    person = queries.person_by_email(email)
    is_staff = person is not None and roles.needs_second_factor(_role_names(person))
    link, token, code = new_link(Purpose.SIGN_IN, email, person, LINK_LASTS, next_path)
    if is_staff:
        link.used_at = clock.now(session)
    notice = notices.USE_PASSWORD if is_staff else notices.SIGN_IN if person else notices.WELCOME
    to = notices.recipient(person) if person else notices.stranger(email, language)
    outbox.send(session, notice, to, token=token, code=code)
    return link.id


def _role_names(person: Person) -> frozenset[RoleName]:
    return frozenset(role.name for role in queries.active_roles(person))


def new_link(
    purpose: Purpose, email: str, person: Person | None, lasts: timedelta, next_path: str = ""
) -> tuple[MailedLink, str, str]:
    """Add a link for an address; return it with its token and its code, which are kept only as hashes."""
    token, code = crypto.new_token(), crypto.new_digits()
    link = MailedLink(
        id=uuid.uuid4(),
        purpose=purpose,
        email=email,
        person_id=person.id if person else None,
        token_hash=crypto.token_hash(token),
        expires_at=clock.now(db.session()) + lasts,
        next_path=next_path,
    )
    link.code_hash = _code_hash(link, code)
    db.session.add(link)
    db.session.flush()
    return link, token, code


def _code_hash(link: MailedLink, code: str) -> str:
    return crypto.keys().fingerprint("code", str(link.id), code)


def use_code(actor: Actor, link: MailedLink, code: str) -> MailedLink:
    """Use a link by its six digits; raise Invalid for a wrong code. After five wrong ones the link is dead."""
    if not _try_code(actor, link, "".join(code.split())):
        raise Invalid(WRONG_CODE, {"code": WRONG_CODE})
    return link


@deed(unaudited=PRIVATE)
def _try_code(actor: Actor, link: MailedLink, code: str) -> bool:
    if link.used_at is not None or link.tries >= TRIES_PER_CODE:
        return False
    link.tries += 1
    db.session.flush()
    is_right = crypto.is_same(link.code_hash, _code_hash(link, code))
    if is_right:
        _use(link)
    return is_right


def refuse_used_link(link: MailedLink, now: datetime) -> None:
    """Raise NotNow when a link was used or its term is over."""
    if link.used_at is not None or link.expires_at <= now:
        raise NotNow(GONE)


@deed(unaudited=PRIVATE)
def use_link(actor: Actor, link: MailedLink) -> MailedLink:
    """Use a link; of all who try at once, one succeeds. Raises NotNow when it was used or its term is over."""
    _use(link)
    return link


def _use(link: MailedLink) -> None:
    now = clock.now(db.session())
    used = db.session.execute(
        update(MailedLink)
        .where(MailedLink.id == link.id, MailedLink.used_at.is_(None), MailedLink.expires_at > now)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise NotNow(GONE)
    db.session.refresh(link)


@deed(unaudited=PRIVATE)
def open_by_link(actor: Actor, link: MailedLink, device: str) -> Opened:
    """Sign in whoever belongs to a link that was just used."""
    person = queries.person_by_email(link.email)
    if person is None or link.used_at is None or link.purpose != Purpose.SIGN_IN:
        raise NotNow(GONE)
    if roles.needs_second_factor(_role_names(person)):
        raise NotYours(_r("Who works for the municipality signs in with a password and a second factor."))
    person.email_confirmed_at = person.email_confirmed_at or link.used_at
    return open_sign_in(person, Method.LINK, device)


@deed("accounts:person:registered")
def register(actor: Actor, link: MailedLink, wishes: NewPerson) -> Person:
    """Make an account for an address that was just shown to be somebody's own."""
    now = clock.now(db.session())
    if link.used_at is None or now - link.used_at > REGISTER_WITHIN:
        raise NotNow(GONE)
    if queries.person_by_email(link.email):
        raise AlreadyDone(_r("There is an account for this address already. Sign in."))
    person = Person(
        name=wishes.name,
        email=link.email,
        email_confirmed_at=link.used_at,
        wijk_code=wishes.wijk_code,
        born_in=wishes.born_in,
        language=wishes.language,
        channel=Channel.EMAIL,
        made_on=clock.local_day(now),
    )
    db.session.add(person)
    db.session.flush()
    return person


@deed(unaudited=PRIVATE)
def open_after_registering(actor: Actor, person: Person, device: str) -> Opened:
    """Sign in who has just registered."""
    return open_sign_in(person, Method.LINK, device)


def try_password(actor: Actor, email: str, password: str, network: str, device: str) -> Opened:
    """Sign in by password; raise Invalid or TooOften. The answer and the work are the same for an unknown address.

    No deed by itself: hashing takes long, and nobody else should wait for it.
    """
    session, email = db.session(), normal(email)
    if WRONG_FROM_NETWORK.is_reached(session, email, network) or WRONG_FOR_ACCOUNT.is_reached(session, email):
        raise TooOften(TOO_MANY_TRIES)
    person = queries.person_by_email(email)
    kept = person.password_hash if person else None
    if not crypto.is_password(password, kept) or person is None:
        _note_wrong_password(actor, email, network)
        raise Invalid(WRONG_PASSWORD, {"password": WRONG_PASSWORD})
    renewed = crypto.hashed_password(password) if crypto.needs_new_hash(kept or "") else kept
    return _open_by_password(actor, person, renewed, network, device)


@deed(unaudited=PRIVATE)
def _note_wrong_password(actor: Actor, email: str, network: str) -> None:
    WRONG_FROM_NETWORK.note(db.session(), email, network)
    WRONG_FOR_ACCOUNT.note(db.session(), email)


@deed(unaudited=PRIVATE)
def _open_by_password(actor: Actor, person: Person, kept: str | None, network: str, device: str) -> Opened:
    WRONG_FROM_NETWORK.forget(db.session(), normal(person.email or ""), network)
    person.password_hash = kept
    return open_sign_in(person, Method.PASSWORD, device)


def open_sign_in(person: Person, method: Method, device: str) -> Opened:
    """Add a sign-in with a token of its own; what a browser held before signing in is worth nothing."""
    now, token = clock.now(db.session()), crypto.new_token()
    sign_in = SignIn(
        person_id=person.id,
        token_hash=crypto.token_hash(token),
        method=method,
        device=device,
        started_at=now,
        seen_at=now,
    )
    person.seen_on = clock.local_day(now)
    db.session.add(sign_in)
    db.session.flush()
    return Opened(sign_in, token)


@deed(unaudited=PRIVATE)
def touch(actor: Actor, sign_in_id: uuid.UUID) -> None:
    """Remember that somebody is still there."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=clock.now(db.session())))


@deed(unaudited=PRIVATE)
def sign_out(actor: Actor, sign_in: SignIn) -> SignIn:
    """End one sign-in."""
    insist(may_change_person(actor, sign_in.person, clock.now(db.session())))
    sign_in.ended_at = sign_in.ended_at or clock.now(db.session())
    return sign_in


@deed("accounts:person:signed out everywhere")
def sign_out_everywhere(actor: Actor, person: Person, but: uuid.UUID | None = None) -> Person:
    """End every sign-in of somebody, but the one in which it was asked."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    end_sign_ins(person, but)
    return person


def end_sign_ins(person: Person, but: uuid.UUID | None = None) -> None:
    """End every sign-in of somebody; after a new password, second factor or role nobody goes on as before."""
    for each in queries.open_sign_ins(person.id):
        if each.id != but:
            each.ended_at = clock.now(db.session())
