"""People with accounts, their mail, and browsers that are signed in."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any

from buurtbegroting.blueprints.accounts import queries
from buurtbegroting.blueprints.accounts.actions import roles
from buurtbegroting.blueprints.accounts.actions.signing_in import open_sign_in
from buurtbegroting.blueprints.accounts.models import Channel, Method, Person, SignIn
from buurtbegroting.civic.actors import SYSTEM, Actor, Role, RoleName
from buurtbegroting.foundation import clock, crypto, jobs, outbox
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.outbox.delivery import kept_in_folder

PASSWORD = "vier losse woorden op papier"


def make_person(name: str = "Fatima", *names: RoleName, password: str | None = None, **facts: Any) -> Person:
    """Make somebody with an account and these roles."""
    with transaction(db.session()):
        now = clock.now(db.session())
        person = Person(
            **{
                "name": name,
                "email": f"{name.split(maxsplit=1)[0].lower()}@voorbeeld.nl",
                "email_confirmed_at": now,
                "channel": Channel.EMAIL,
                "made_on": clock.local_day(now),
                "password_hash": crypto.hashed_password(password) if password else None,
            }
            | facts
        )
        db.session.add(person)
    for each in names:
        roles.give_role(SYSTEM, person, Role(each, department="Groen" if each is RoleName.ASSESSOR else None))
    return person


def actor_of(person: Person) -> Actor:
    """Return somebody as an actor who has just given a second factor."""
    db.session.refresh(person, ["grants"])
    held = queries.active_roles(person)
    return Actor(id=str(person.id), roles=held, second_factor_at=clock.now(db.session()))


def sign_in(person: Person) -> tuple[SignIn, str]:
    """Open a sign-in for somebody, with a second factor, and return it with its token."""
    with transaction(db.session()):
        opened = open_sign_in(person, Method.PASSWORD, "Firefox")
        opened.audit_subject.second_factor_at = clock.now(db.session())
    return opened.audit_subject, opened.token


def let_in(client: Any, person: Person, *, base_url: str | None = None) -> Any:
    """Let a test client hold a sign-in of somebody."""
    _, token = sign_in(person)
    with client.session_transaction(base_url=base_url) as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return client


def mails() -> list[EmailMessage]:
    """Do the jobs that were posted and return every mail that was sent, oldest first; no work of the clock is done."""
    while jobs.run_one(db.session()):
        pass
    return kept_in_folder(outbox.mail_folder())


def newest_mail_to(address: str) -> str:
    """Return the text of the newest mail to an address."""
    return [mail.get_content() for mail in mails() if mail["To"] == address][-1]


def link_in(text: str) -> str:
    """Return the path of the first link in a text that holds a token."""
    return re.findall(r"https?://[^/\s]+(/\S*/[\w-]{43})", text)[0]


def code_in(text: str) -> str:
    """Return the six digits in a text."""
    return re.findall(r"\b\d{6}\b", text)[0]


def token_field(page: str) -> str:
    """Return the token against forged requests of a page's form."""
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]


def send(client: Any, address: str, page: str | None = None, /, **data: str) -> Any:
    """Open a page and send its form, with what the page holds for it."""
    shown = client.get(page or address).text
    held = re.findall(r'name="(version|submission)"[^>]*value="([^"]*)"', shown)
    return client.post(address, data={"csrf_token": token_field(shown), **dict(held), **data})
