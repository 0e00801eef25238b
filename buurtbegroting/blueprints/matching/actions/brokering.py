"""What brokers do: enter for who is not online, note, tie; and the list of funds that officials keep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotNow
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Fund, Match, Posting
from ..notices import TIED, to_people_of
from ..policy import may_broker, may_handle_posting, may_keep_funds
from ..states import Side, State
from .contact import settle
from .placing import Words, columns

SEALED_FOR = "help-person"


@deed("matching:posting:entered by a broker")
def enter(actor: Actor, side: Side, words: Words, name: str, phone: str, language: str) -> Posting:
    """Enter a need or an offer for somebody whose name and telephone number only brokers see."""
    now = clock.now(db.session())
    insist(may_broker(actor, None, now))
    made = Posting(
        side_name=side.value,
        language=language,
        placed_on=clock.local_day(now),
        is_brokered=True,
        sealed=crypto.keys().seal(SEALED_FOR, json.dumps([name, phone])),
        **columns(words),
    )
    db.session.add(made)
    db.session.flush()
    return made


def who_it_is(posting: Posting) -> tuple[str, str]:
    """Return name and telephone number of whom a broker entered; empty when they are gone or it is nobody's."""
    if not posting.sealed:
        return "", ""
    name, phone = json.loads(crypto.keys().unseal(SEALED_FOR, posting.sealed))
    return name, phone


@deed("matching:posting:noted")
def note(actor: Actor, posting: Posting, notes: str, version: int) -> Posting:
    """Keep what brokers should know; raise Changed when another broker was first."""
    insist(may_handle_posting(actor, posting, clock.now(db.session())))
    if posting.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    posting.notes = notes
    return posting


@deed("matching:match:tied")
def tie(actor: Actor, posting: Posting, other: Posting) -> Match:
    """Tie what is for brokers to something of the other side, after asking both; who has an account hears of it."""
    now = clock.now(db.session())
    insist(may_handle_posting(actor, posting, now))
    if posting.side is other.side:
        raise Invalid(_r("A need goes with an offer."))
    if posting.state is not State.OPEN or other.state is not State.OPEN:
        raise NotNow(_r("This is not open any more."))
    need, offer = (posting, other) if posting.side is Side.NEED else (other, posting)
    if queries.match_between(need.id, offer.id) is not None:
        raise AlreadyDone(_r("These two were brought together before."))
    made = Match(need=need, offer=offer, proposed_on=clock.local_day(now))
    db.session.add(made)
    db.session.flush()
    settle(made, "agree")
    for one, two in ((need, offer), (offer, need)):
        # What a broker entered is not told to the other in writing: the broker calls.
        told = two.title if two.is_shown else ""
        for to in to_people_of(one):
            outbox.send(db.session(), TIED, to, title=one.title, other=told)
    db.session.flush()
    return made


@dataclass(frozen=True)
class FundWords:
    """What is said of a fund."""

    name: str
    for_what: str
    how_much: str
    term: str
    address: str
    checked_on: date


@deed("matching:fund:added")
def add_fund(actor: Actor, words: FundWords) -> Fund:
    """Add a fund; raise Invalid for one that is there or was checked on a day to come."""
    insist(may_keep_funds(actor, None, clock.now(db.session())))
    _refuse_wrong(words, None)
    made = Fund(**vars(words))
    db.session.add(made)
    return made


@deed("matching:fund:changed")
def change_fund(actor: Actor, fund: Fund, words: FundWords, version: int) -> Fund:
    """Change what is said of a fund; raise Changed when another official was first."""
    insist(may_keep_funds(actor, fund, clock.now(db.session())))
    if fund.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    _refuse_wrong(words, fund)
    for name, value in vars(words).items():
        setattr(fund, name, value)
    return fund


@deed("matching:fund:removed")
def remove_fund(actor: Actor, fund: Fund) -> Fund:
    """Take a fund off the list."""
    insist(may_keep_funds(actor, fund, clock.now(db.session())))
    db.session.delete(fund)
    return fund


def _refuse_wrong(words: FundWords, own: Fund | None) -> None:
    if any(each.name.casefold() == words.name.casefold() and each is not own for each in queries.funds()):
        reason = _r("This fund is on the list already.")
        raise Invalid(reason, {"name": reason})
    if words.checked_on > clock.local_day(clock.now(db.session())):
        reason = _r("Choose a day that is not still to come.")
        raise Invalid(reason, {"checked_on": reason})
    if not words.address.startswith("https://"):
        reason = _r("Fill in a web address that begins with https://.")
        raise Invalid(reason, {"address": reason})
