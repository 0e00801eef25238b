"""Proving to be a voter. A proof that succeeds writes nothing at all: no row and no moment tells who came to vote."""

from __future__ import annotations

import uuid
from datetime import timedelta

from buurtbegroting.blueprints.accounts.queries import identities_of
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import ANONYMOUS, Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.limits import Limit

from .. import codes, queries
from ..models import Voter
from ..policy import is_valid, may_prove_by_account, may_prove_by_code, may_prove_by_identity
from ..secrecy import identity_hash, secret_to_hash

# Five wrong tries, then a quarter of an hour; ten within a day, then the help desk makes a new letter.
_SOON = Limit("voting code", 5, timedelta(minutes=15))
_TODAY = Limit("voting code of a day", 10, timedelta(days=1))
WRONG = _r("This code is not right, or not valid any more. Compare it with your letter, sign by sign.")


def prove_by_code(round_: Round, text: str) -> Voter:
    """Return the voter whose code this is.

    Raises Invalid for a typing error, which is no guess, and for a code that does not fit, which is; TooOften when a
    code was guessed at too many times. Only failures are counted, per code and never per network.
    """
    session = db.session()
    insist(may_prove_by_code(ANONYMOUS, round_, clock.now(session)))
    typed = codes.typed(text)
    what = (str(round_.id), typed.selector)
    if _TODAY.is_reached(session, *what):
        raise TooOften(_r("This code was filled in wrongly too often. Ask the municipality for a new letter."))
    if _SOON.is_reached(session, *what):
        raise TooOften(_r("This code was filled in wrongly too often. Try again in a quarter of an hour."))
    found = queries.code_with(round_.id, typed.selector)
    kept = found.secret_hash if found else None
    # The same work is done when there is no such code.
    is_right = crypto.is_password(secret_to_hash(round_.id, typed.selector, typed.secret), kept)
    if found is None or not is_right or not is_valid(found.state) or found.entry.struck_because:
        note_wrong_code(ANONYMOUS, round_.id, typed.selector)
        raise Invalid(WRONG, {"code": WRONG})
    return found.entry.voter


@deed(unaudited="a wrong code tells nothing about anybody; limits count it")
def note_wrong_code(actor: Actor, round_id: uuid.UUID, selector: str) -> None:
    """Count a code that did not fit."""
    session = db.session()
    for limit in (_SOON, _TODAY):
        limit.note(session, str(round_id), selector)


@deed(unaudited="the deed of which this is a part is audited")
def forgive_wrong_codes(actor: Actor, round_id: uuid.UUID, selector: str) -> None:
    """Let a selector be tried again."""
    session = db.session()
    for limit in (_SOON, _TODAY):
        limit.forget(session, str(round_id), selector)


def prove_by_account(actor: Actor, round_: Round) -> Voter:
    """Return who takes part in a poll by an account; raise the refusal of who may not."""
    insist(may_prove_by_account(actor, round_, clock.now(db.session())))
    return Voter(str(actor.id), actor.wijk_code)


def prove_by_identity(actor: Actor, round_: Round) -> Voter:
    """Return whom the register knows under an identity of this account; raise Invalid when it knows none."""
    insist(may_prove_by_identity(actor, round_, clock.now(db.session())))
    hashes = [identity_hash(round_.id, each.subject) for each in identities_of(uuid.UUID(str(actor.id)))]
    found = queries.entry_with_identity(round_.id, hashes)
    if found is None or found.struck_because:
        raise Invalid(_r("You are not in the register of this round. Ask the municipality, or use your letter."))
    return found.voter
