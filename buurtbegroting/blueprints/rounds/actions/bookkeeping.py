"""The book of a pot: what was voted, committed and spent, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import LedgerEntry, MaatwerkSpending, Pot
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


@dataclass(frozen=True)
class Maatwerk:
    """What the holder of a maatwerk pot spent: ``reached`` is yes, partly or no; a correction has a minus."""

    spent_on: date
    cents: int
    kind: str
    reached: str
    would_do_again: bool


@deed("rounds:pot:maatwerk spent")
def spend_maatwerk(actor: Actor, pot: Pot, spent: Maatwerk) -> MaatwerkSpending:
    """Write down what the holder of a maatwerk pot spent, with what came of it; it stands in the book at once.

    Raises Invalid for a pot of another kind, a day to come, and more than is left.
    """
    now = clock.now(db.session())
    insist(may_keep_ledger(actor, pot, now))
    if pot.kind != "maatwerk":
        raise Invalid(_r("Only of a maatwerk pot is noted what came of it."))
    if spent.spent_on > clock.local_day(now):
        reason = _r("Choose a day that is not still to come.")
        raise Invalid(reason, {"spent_on": reason})
    for kind in ("voted", "committed", "spent"):
        write_in_ledger(pot, Entry(kind, spent.cents, "maatwerk", spent.kind))
    made = MaatwerkSpending(pot_id=pot.id, **vars(spent))
    db.session.add(made)
    db.session.flush()
    return made


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
