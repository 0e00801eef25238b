"""Bringing voters into the register, striking them from it, and noting who wants no letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buurtbegroting.blueprints.municipalities.queries import buurten_by_address
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..checking import VoterLine
from ..models import RegisterEntry
from ..policy import may_help_voter, may_keep_register
from ..secrecy import identity_hash, place_of
from ..states import CODES

PURPOSE = "register address"


@dataclass(frozen=True)
class Imported:
    """What came of a file: how many people are new, how many were known, and on which lines no buurt was found."""

    audit_subject: Round
    added: int
    known: int
    unknown_places: Sequence[int]


@dataclass(frozen=True)
class _Place:
    buurt_code: str | None
    wijk_code: str | None


@deed("electorate:register:imported")
def import_register(actor: Actor, round_: Round, people: Sequence[VoterLine]) -> Imported:
    """Put people in the register of a round; who is known by reference gets the address of the file.

    All or nothing. Raises Invalid when two people have one identity.
    """
    insist(may_keep_register(actor, round_, clock.now(db.session())))
    buurten = buurten_by_address({each.postcode for each in people})
    standing = {each.reference: each for each in queries.entries_of(round_.id)}
    identities = {each.identity: each.reference for each in standing.values() if each.identity}
    added, unknown = 0, []
    for each in people:
        entry = standing.get(each.reference)
        if entry is None:
            entry = RegisterEntry(round_id=round_.id, reference=each.reference)
            db.session.add(entry)
            added += 1
        place = _place(buurten.get((each.postcode, each.house_number)) or buurten.get((each.postcode, None)))
        if place.buurt_code is None:
            unknown.append(each.line)
        entry.buurt_code, entry.wijk_code = place.buurt_code, place.wijk_code
        entry.address_sealed = crypto.keys().seal(PURPOSE, "\n".join(each.address))
        entry.place = place_of(round_.id, each.postcode, each.house)
        entry.identity = identity_hash(round_.id, each.identity) if each.identity else None
        if entry.identity and identities.setdefault(entry.identity, each.reference) != each.reference:
            raise Invalid(_r("On line %(line)s stands an identity that somebody else has already.", line=each.line))
        entry.gets_letter, entry.is_large_print = each.gets_letter, each.is_large_print
        entry.language = each.language
    db.session.flush()
    return Imported(round_, added, len(people) - added, unknown)


def _place(buurt_code: str | None) -> _Place:
    return _Place(buurt_code, f"WK{buurt_code[2:8]}" if buurt_code else None)


def address_of(entry: RegisterEntry) -> list[str]:
    """Return name and address of somebody as they stand on an envelope; nothing when they are not kept any more."""
    return crypto.keys().unseal(PURPOSE, entry.address_sealed).split("\n") if entry.address_sealed else []


@deed("electorate:voter:struck")
def strike(actor: Actor, entry: RegisterEntry, reason: str) -> RegisterEntry:
    """Strike somebody from the register, for a reason; the codes are withdrawn. What was cast before stays."""
    insist(may_help_voter(actor, entry, clock.now(db.session())))
    if not reason:
        words = _r("Say why this person may not vote.")
        raise Invalid(words, {"reason": words})
    entry.struck_because = reason
    withdraw_codes(entry, "withdraw")
    return entry


@deed("electorate:voter:put back")
def put_back(actor: Actor, entry: RegisterEntry) -> RegisterEntry:
    """Put somebody back who was struck by mistake; a new code is another deed."""
    insist(may_help_voter(actor, entry, clock.now(db.session())))
    entry.struck_because = ""
    return entry


@deed("electorate:voter:letter refused")
def want_no_letter(actor: Actor, entry: RegisterEntry) -> RegisterEntry:
    """Note that somebody wants no letter; the codes are withdrawn."""
    insist(may_help_voter(actor, entry, clock.now(db.session())))
    entry.gets_letter = False
    withdraw_codes(entry, "withdraw")
    return entry


def withdraw_codes(entry: RegisterEntry, move: str) -> None:
    """Let no code of somebody work any more; inside the running deed."""
    for code in queries.codes_of(entry.id):
        if code.state in CODES.moves[move][0]:
            code.state_name = CODES.move(code.state, move).value
    db.session.flush()
