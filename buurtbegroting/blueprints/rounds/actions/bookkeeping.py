"""The book of a pot: what was voted, committed and spent, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import LedgerEntry, Pot
from ..policy import may_keep_ledger


@dataclass(frozen=True)
class Entry:
    """A line for the book: ``kind`` is voted, committed or spent; a correction has a minus."""

    kind: str
    cents: int
    subject_kind: str
    subject_key: str
    note: str = ""


@deed("rounds:pot:entered in the ledger")
def enter_in_ledger(actor: Actor, pot: Pot, entry: Entry) -> LedgerEntry:
    """Write a line in the book of a pot.

    Raises Invalid when more would be promised than is left, or when a correction would make a sum less than nothing.
    """
    insist(may_keep_ledger(actor, pot, clock.now(db.session())))
    return write_in_ledger(pot, entry)


def write_in_ledger(pot: Pot, entry: Entry) -> LedgerEntry:
    """Write a line in the book of a pot, inside the running deed."""
    balance = queries.balance_of(pot)
    if entry.kind == "voted" and entry.cents > balance.left_cents:
        raise Invalid(_r("There is not enough money left in this pot."))
    if balance.sums[entry.kind] + entry.cents < 0:
        raise Invalid(_r("This takes off more than was entered."))
    made = LedgerEntry(pot_id=pot.id, entered_at=clock.now(db.session()), **vars(entry))
    db.session.add(made)
    db.session.flush()
    return made
