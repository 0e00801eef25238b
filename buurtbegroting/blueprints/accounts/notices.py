"""Which letter goes to whom when something happens to an account."""

from __future__ import annotations

import json
from collections.abc import Iterator

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation import crypto
from buurtbegroting.foundation.outbox import Notice, Recipient

from .models import Channel, Person, Rhythm

SIGN_IN = "accounts:sign-in"
WELCOME = "accounts:welcome"
USE_PASSWORD = "accounts:use-password"  # noqa: S105
INVITATION = "accounts:invitation"
NEW_PASSWORD = "accounts:new-password"  # noqa: S105
PASSWORD_CHANGED = "accounts:password-changed"  # noqa: S105
NEW_EMAIL = "accounts:new-email"
EMAIL_CHANGED = "accounts:email-changed"
SECOND_FACTOR_GONE = "accounts:second-factor-gone"
ROLE_GIVEN = "accounts:role-given"
ROLE_ENDED = "accounts:role-ended"
ROLE_WAITS = "accounts:role-waits"
ROLE_WAS_GIVEN = "accounts:role-was-given"
OVERVIEW = "accounts:overview"

NOTICES = (
    Notice(SIGN_IN, _r("Your link to sign in"), "accounts/mail/sign_in.txt"),
    Notice(WELCOME, _r("Your link to sign in"), "accounts/mail/welcome.txt"),
    Notice(USE_PASSWORD, _r("Your link to sign in"), "accounts/mail/use_password.txt"),
    Notice(INVITATION, _r("Make your account"), "accounts/mail/invitation.txt"),
    Notice(NEW_PASSWORD, _r("Choose a new password"), "accounts/mail/new_password.txt"),
    Notice(PASSWORD_CHANGED, _r("Your password was changed"), "accounts/mail/password_changed.txt"),
    Notice(NEW_EMAIL, _r("Confirm your new e-mail address"), "accounts/mail/new_email.txt"),
    Notice(EMAIL_CHANGED, _r("Your e-mail address was changed"), "accounts/mail/email_changed.txt"),
    Notice(SECOND_FACTOR_GONE, _r("Set up your second factor again"), "accounts/mail/second_factor_gone.txt"),
    Notice(ROLE_GIVEN, _r("You have a new role"), "accounts/mail/role_given.txt"),
    Notice(ROLE_ENDED, _r("A role of yours has ended"), "accounts/mail/role_ended.txt"),
    Notice(ROLE_WAITS, _r("Somebody waits for your confirmation"), "accounts/mail/role_waits.txt"),
    Notice(ROLE_WAS_GIVEN, _r("A role was given"), "accounts/mail/role_was_given.txt"),
    Notice(OVERVIEW, _r("What is new"), "accounts/mail/overview.txt"),
)


def recipient(person: Person) -> Recipient:
    """Return how somebody is reached about their own account: by mail where there is an address, else by letter."""
    if person.email:
        return Recipient(person.id, person.language, Channel.EMAIL, person.email, person.name)
    return Recipient(person.id, person.language, Channel.LETTER, postal_address(person), person.name)


def hearers(person: Person, *, is_news: bool) -> Iterator[Recipient]:
    """Yield the ways in which somebody hears of something: on the site, and besides by mail or letter if they like.

    News waits for the overview of who wants everything together; what is about somebody's own case does not wait.
    """
    is_reached = person.channel != Channel.NONE
    waits = is_news and is_reached and person.rhythm in (Rhythm.DAILY, Rhythm.WEEKLY)
    yield Recipient(person.id, person.language, "site", "", person.name, waits)
    if is_reached and (not is_news or person.rhythm == Rhythm.AT_ONCE):
        yield by_chosen_channel(person)


def by_chosen_channel(person: Person) -> Recipient:
    """Return somebody at the address of the channel that they chose, which is not the site alone."""
    address = postal_address(person) if person.channel == Channel.LETTER else person.email or ""
    return Recipient(person.id, person.language, person.channel, address, person.name)


def stranger(email: str, language: str) -> Recipient:
    """Return how an address is reached that has no account."""
    return Recipient(None, language, Channel.EMAIL, email, "")


def postal_address(person: Person) -> str:
    """Return where letters go, a line per line; empty when that is not kept."""
    if person.address_sealed is None:
        return ""
    lines: list[str] = json.loads(crypto.keys().unseal("address", person.address_sealed))
    return "\n".join(lines)
