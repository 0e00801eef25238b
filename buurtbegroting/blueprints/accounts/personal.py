"""What is kept of a person in this slice, how long, and what goes when they leave."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, or_, select, update

from buurtbegroting.civic.actors import RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.roles import TITLES
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.outbox import Message
from buurtbegroting.foundation.retention import Retention

from . import queries
from .models import Channel, MailedLink, Person, Rhythm, RoleGrant, SignIn
from .notices import postal_address
from .wishes import CHANNELS, RHYTHMS

KEEP_LINKS = timedelta(days=1)
KEEP_SIGN_INS = timedelta(days=30)
KEEP_MESSAGES = timedelta(days=180)
CHILDHOOD_ENDS = 16


def personal_data(person_id: uuid.UUID) -> Mapping[str, Any]:
    """Return everything that accounts keep about somebody, but for secrets; names are msgids."""
    person = queries.person_by_id(person_id)
    if person is None:
        return {}
    messages = db.session.scalars(select(Message).where(Message.recipient_id == person.id).order_by(Message.made_at))
    return {
        _r("Account").msgid: _account(person),
        _r("Roles").msgid: [_role(each) for each in person.grants],
        _r("Organisations").msgid: [each.name for each in queries.organisations_of(person.id)],
        _r("Where you are signed in").msgid: [
            {
                _r("Device").msgid: each.device,
                _r("From").msgid: each.started_at,
                _r("Last seen").msgid: each.seen_at,
            }
            for each in queries.open_sign_ins(person.id)
        ],
        _r("Other ways to sign in").msgid: [each.issuer for each in queries.identities_of(person.id)],
        _r("Messages").msgid: [
            {
                _r("About").msgid: each.notice,
                _r("By").msgid: each.channel,
                _r("Made").msgid: each.made_at,
                _r("Sent").msgid: each.sent_at,
            }
            for each in messages
        ],
    }


def _account(person: Person) -> dict[str, Any]:
    return {
        _r("Name").msgid: person.name,
        _r("E-mail address").msgid: person.email,
        _r("Address confirmed").msgid: person.email_confirmed_at,
        _r("Wijk").msgid: person.wijk_code,
        _r("Year of birth").msgid: person.born_in,
        _r("Language").msgid: person.language,
        _r("How you hear from us").msgid: CHANNELS[Channel(person.channel)],
        _r("How often").msgid: RHYTHMS[Rhythm(person.rhythm)],
        _r("Postal address").msgid: postal_address(person) or None,
        _r("Account made on").msgid: person.made_on,
        _r("Last signed in on").msgid: person.seen_on,
        _r("Password").msgid: person.password_hash is not None,
        _r("Second factor").msgid: person.has_second_factor,
    }


def _role(grant: RoleGrant) -> dict[str, Any]:
    return {
        _r("Role").msgid: TITLES[RoleName(grant.role)],
        _r("Area").msgid: grant.area_code or None,
        _r("Department").msgid: grant.department or None,
        _r("From").msgid: grant.granted_at,
        _r("Until").msgid: grant.ended_at,
    }


def _count(result: Any) -> int:
    done: CursorResult[Any] = result
    return int(done.rowcount)


def _clean_links(now: datetime) -> int:
    return _count(db.session.execute(delete(MailedLink).where(MailedLink.expires_at < now - KEEP_LINKS)))


def _clean_sign_ins(now: datetime) -> int:
    is_old = or_(SignIn.ended_at < now - KEEP_SIGN_INS, SignIn.seen_at < now - KEEP_SIGN_INS)
    return _count(db.session.execute(delete(SignIn).where(is_old)))


def _clean_messages(now: datetime) -> int:
    return _count(db.session.execute(delete(Message).where(Message.made_at < now - KEEP_MESSAGES)))


def _forget_childhood(now: datetime) -> int:
    """Forget the year of birth of who is surely 16 by now."""
    grown = Person.born_in < clock.local_day(now).year - CHILDHOOD_ENDS
    return _count(db.session.execute(update(Person).where(grown).values(born_in=None)))


RETENTION = (
    Retention(
        _r("Links in mails"), KEEP_LINKS, _r("They work for minutes or days and are worth nothing after."), _clean_links
    ),
    Retention(
        _r("Ended sign-ins"), KEEP_SIGN_INS, _r("So that somebody can see where they were signed in."), _clean_sign_ins
    ),
    Retention(_r("Messages"), KEEP_MESSAGES, _r("So that somebody can read back what we wrote."), _clean_messages),
    Retention(
        _r("Year of birth of children"),
        timedelta(days=366),
        _r("Under 16 no surname and no photo is shown; after that the year does not matter."),
        _forget_childhood,
    ),
)
