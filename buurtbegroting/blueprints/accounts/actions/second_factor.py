"""The second factor: setting it up, giving it, replacing it by a recovery code, taking it away."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
from sqlalchemy import update

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid, NotNow, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.limits import Limit

from .. import notices
from ..models import Person, RecoveryCode, SignIn
from ..policy import may_change_person, may_reset_second_factor
from .signing_in import PRIVATE, Opened, end_sign_ins

STEP = 30  # seconds, as every app for codes has it
RECOVERY_CODES = 10
# Without signs that look alike.
RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"

WRONG_FOR_PERSON = Limit("second factor", 5, timedelta(minutes=15))
WRONG_CODE = _r("This is not the code of this moment. Look in the app once more.")
TOO_MANY_CODES = _r("That was wrong too many times. Wait a quarter of an hour.")


@deed(unaudited="setting up has not happened until it is confirmed")
def prepare_second_factor(actor: Actor, person: Person) -> str:
    """Make a secret for somebody's app and return it; it counts only once a code of it was given."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    if person.has_second_factor:
        raise NotNow(_r("There is a second factor already."))
    secret = pyotp.random_base32()
    person.totp_sealed = crypto.keys().seal("totp", secret)
    return secret


def pending_secret(person: Person) -> str | None:
    """Return the secret that somebody is setting up, to show it again."""
    if person.totp_sealed is None or person.has_second_factor:
        return None
    return crypto.keys().unseal("totp", person.totp_sealed)


def address_for_app(secret: str, account: str, issuer: str) -> str:
    """Return what the app reads from the square code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def confirm_second_factor(actor: Actor, sign_in: SignIn, code: str) -> tuple[Opened, list[str]]:
    """Let the second factor count from now on; return the renewed sign-in and ten recovery codes, shown once."""
    opened = _give(actor, sign_in, code, is_first=True)
    return opened, _new_recovery_codes(actor, sign_in.person)


def give_second_factor(actor: Actor, sign_in: SignIn, code: str) -> Opened:
    """Make a sign-in whole, or fresh again, with a code of the app or a recovery code; raise Invalid or TooOften."""
    return _give(actor, sign_in, code, is_first=False)


def _give(actor: Actor, sign_in: SignIn, code: str, *, is_first: bool) -> Opened:
    person = str(sign_in.person_id)
    if WRONG_FOR_PERSON.is_reached(db.session(), person):
        raise TooOften(TOO_MANY_CODES)
    opened = _try_code(actor, sign_in, "".join(code.split()).lower(), is_first)
    if opened is None:
        raise Invalid(WRONG_CODE, {"code": WRONG_CODE})
    return opened


@deed(unaudited=PRIVATE)
def _try_code(actor: Actor, sign_in: SignIn, code: str, is_first: bool) -> Opened | None:
    session, person, now = db.session(), sign_in.person, clock.now(db.session())
    if is_first == person.has_second_factor or not (_is_code_of_app(person, code, now) or _use_recovery(person, code)):
        WRONG_FOR_PERSON.note(session, str(person.id))
        return None
    WRONG_FOR_PERSON.forget(session, str(person.id))
    person.totp_confirmed_at = person.totp_confirmed_at or now
    # A new token: who saw the former one has nothing.
    token = crypto.new_token()
    sign_in.token_hash, sign_in.second_factor_at, sign_in.seen_at = crypto.token_hash(token), now, now
    return Opened(sign_in, token)


def _is_code_of_app(person: Person, code: str, now: datetime) -> bool:
    """Tell whether this is the code of now, the one before or the one after, and was not given before."""
    if person.totp_sealed is None or not code.isdecimal():
        return False
    app = pyotp.TOTP(crypto.keys().unseal("totp", person.totp_sealed), interval=STEP)
    step = int(now.timestamp()) // STEP
    for each in (step - 1, step, step + 1):
        if each > person.totp_step and crypto.is_same(app.generate_otp(each), code):
            return _take_step(person, each)
    return False


def _take_step(person: Person, step: int) -> bool:
    """Remember the newest code that was given; of two who give the same one at once, one succeeds."""
    taken = db.session.execute(
        update(Person)
        .where(Person.id == person.id, Person.totp_step < step)
        .values(totp_step=step)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(person, ["totp_step"])
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def _use_recovery(person: Person, code: str) -> bool:
    kept = _recovery_hash(person, code)
    for each in list(person.recovery_codes):
        if crypto.is_same(each.code_hash, kept):
            person.recovery_codes.remove(each)
            return True
    return False


def _recovery_hash(person: Person, code: str) -> str:
    return crypto.keys().fingerprint("recovery", str(person.id), code.replace("-", ""))


@deed("accounts:person:recovery codes made")
def new_recovery_codes(actor: Actor, person: Person, made: list[str]) -> Person:
    """Replace somebody's recovery codes; the codes themselves are added to ``made`` and kept nowhere."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    made += [crypto.new_words_code(RECOVERY_ALPHABET, (5, 5)) for _ in range(RECOVERY_CODES)]
    person.recovery_codes = [RecoveryCode(code_hash=_recovery_hash(person, each)) for each in made]
    return person


def _new_recovery_codes(actor: Actor, person: Person) -> list[str]:
    made: list[str] = []
    new_recovery_codes(actor, person, made)
    return made


@deed("accounts:person:second factor taken away")
def reset_second_factor(actor: Actor, person: Person) -> Person:
    """Take away the second factor of somebody who lost it; they set up a new one after their password."""
    insist(may_reset_second_factor(actor, person, clock.now(db.session())))
    person.totp_sealed = person.totp_confirmed_at = None
    person.recovery_codes = []
    end_sign_ins(person)
    outbox.send(db.session(), notices.SECOND_FACTOR_GONE, notices.recipient(person))
    return person


@deed("accounts:person:second factor removed")
def remove_second_factor(actor: Actor, person: Person) -> Person:
    """Let a resident do without the second factor again."""
    insist(may_change_person(actor, person, clock.now(db.session())))
    if actor.roles:
        raise NotNow(_r("Your role asks for a second factor."))
    person.totp_sealed = person.totp_confirmed_at = None
    person.recovery_codes = []
    return person
