"""Asking, deciding, paying and telling what came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta

from buurtbegroting.blueprints.initiatives.actions.answering import GROUP
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.notices import to_members
from buurtbegroting.blueprints.municipalities.queries import local_term, this_municipality
from buurtbegroting.blueprints.rounds.actions.bookkeeping import Entry, write_in_ledger
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Changed, Invalid
from buurtbegroting.civic.terms import next_working_day
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from . import queries
from .models import SeedFund, SeedGrant
from .notices import GRANT_DECIDED, TELL
from .policy import (
    may_ask_grant,
    may_decide_grant,
    may_follow_up,
    may_keep_funds,
    may_pay_grant,
    may_run_mornings,
    may_tell_of_grant,
    may_withdraw_grant,
)
from .promises import DECISION
from .states import MACHINE, WAITING

# A group tells what came of it half a year after it got the money.
TELL_AFTER = timedelta(days=182)
SUBJECT = "startgeld"


@dataclass(frozen=True)
class FundText:
    """For what a fund is, and the most that one group gets."""

    title: str
    meant_for: str
    most_cents: int
    is_open: bool = True


@deed("grants:fund:made")
def make_fund(actor: Actor, pot: Pot, wanted: FundText) -> SeedFund:
    """Give seed grants out of a pot; raise Invalid when one group could get more than there is."""
    insist(may_keep_funds(actor, pot, clock.now(db.session())))
    _refuse_more_than_there_is(pot, wanted)
    made = SeedFund(pot=pot, **vars(wanted))
    db.session.add(made)
    db.session.flush()
    return made


@deed("grants:fund:changed")
def change_fund(actor: Actor, fund: SeedFund, wanted: FundText, version: int) -> SeedFund:
    """Change for what a fund is, or close it; raise Changed when somebody else was first."""
    insist(may_keep_funds(actor, fund, clock.now(db.session())))
    if fund.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    _refuse_more_than_there_is(fund.pot, wanted)
    for name, value in vars(wanted).items():
        setattr(fund, name, value)
    return fund


def _refuse_more_than_there_is(pot: Pot, wanted: FundText) -> None:
    if wanted.most_cents > pot.amount_cents:
        reason = _r("This is more than the pot holds.")
        raise Invalid(reason, {"most_cents": reason})


@dataclass(frozen=True)
class Asked:
    """What a group asks: how much, on what it is spent, and what has to come of it."""

    cents: int
    spent_on_what: str
    wanted: str


@deed("grants:grant:asked")
def ask_grant(actor: Actor, initiative: Initiative, fund: SeedFund, asked: Asked) -> SeedGrant:
    """Ask a seed grant; the municipality decides within its term.

    Raises Invalid for a fund that is closed, for more than one group gets, and while an earlier request waits.
    """
    now = clock.now(db.session())
    insist(may_ask_grant(actor, initiative, now))
    today = clock.local_day(now)
    if not fund.is_open:
        reason = _r("Nothing can be asked of this fund now.")
        raise Invalid(reason, {"fund": reason})
    if asked.cents > fund.most_cents:
        reason = _r("This is more than one group gets. Ask less.")
        raise Invalid(reason, {"cents": reason})
    if any(each.state in WAITING for each in queries.grants_of(initiative.id)):
        raise Invalid(_r("You asked before. Wait for the answer, or first tell what came of the money."))
    due = local_term(DECISION).last_day(today)
    made = SeedGrant(
        id=uuid.uuid4(),
        number=queries.next_number(today.year),
        fund=fund,
        initiative=initiative,
        asked_on=today,
        due=due,
        turn_party=f"Gemeente {this_municipality().name}",
        turn_since=today,
        turn_due=due,
        **vars(asked),
    )
    db.session.add(made)
    db.session.flush()
    return made


@deed("grants:grant:withdrawn")
def withdraw_grant(actor: Actor, grant: SeedGrant) -> SeedGrant:
    """Take back what was asked."""
    insist(may_withdraw_grant(actor, grant, clock.now(db.session())))
    grant.state_name = MACHINE.move(grant.state, "withdraw").value
    _give_turn(grant, "", None, None)
    return grant


@deed("grants:grant:decided")
def decide_grant(actor: Actor, grant: SeedGrant, cents: int | None, reason: str, department: str) -> SeedGrant:
    """Grant an amount, or nothing with a reason; what is granted stands in the book of the pot at once.

    Raises Invalid for a no without a reason, more than was asked, and more than is left in the pot.
    """
    now = clock.now(db.session())
    insist(may_decide_grant(actor, grant, now))
    if cents is None and not reason:
        why = _r("Explain in plain words why it is a no.")
        raise Invalid(why, {"reason": why})
    if cents is not None and cents > grant.cents:
        why = _r("This is more than the group asked.")
        raise Invalid(why, {"cents": why})
    today = clock.local_day(now)
    if cents is not None:
        for kind in ("voted", "committed"):
            write_in_ledger(grant.fund.pot, Entry(kind, cents, SUBJECT, grant.number))
    move = "refuse" if cents is None else "grant"
    target = MACHINE.move(grant.state, move).value
    grant.state_name, grant.granted_cents, grant.reason = target, cents, reason
    grant.decided_on, grant.decided_by = today, department
    if cents is None:
        _give_turn(grant, "", None, None)
    else:
        _give_turn(grant, grant.turn_party, today, None)
    db.session.flush()
    outbox.announce(db.session(), GRANT_DECIDED, number=grant.number)
    return grant


@deed("grants:grant:paid")
def pay_grant(actor: Actor, grant: SeedGrant, paid_on: date) -> SeedGrant:
    """Note that a grant was paid; it stands in the book, and after half a year the group tells what came of it."""
    now = clock.now(db.session())
    insist(may_pay_grant(actor, grant, now))
    if paid_on > clock.local_day(now):
        reason = _r("Choose a day that is not still to come.")
        raise Invalid(reason, {"paid_on": reason})
    write_in_ledger(grant.fund.pot, Entry("spent", grant.granted_cents or 0, SUBJECT, grant.number))
    tell_due = next_working_day(paid_on + TELL_AFTER)
    grant.paid_on, grant.tell_due = paid_on, tell_due
    grant.state_name = MACHINE.move(grant.state, "pay").value
    _give_turn(grant, GROUP, paid_on, tell_due)
    return grant


@dataclass(frozen=True)
class Came:
    """What came of the money, by the group's own account."""

    happened: str
    grade: int | None
    would_do_again: bool


@deed("grants:grant:told")
def tell_of_grant(actor: Actor, grant: SeedGrant, came: Came) -> SeedGrant:
    """Tell what came of the money; everybody reads it."""
    now = clock.now(db.session())
    insist(may_tell_of_grant(actor, grant, now))
    today = clock.local_day(now)
    grant.told_on, grant.happened, grant.grade = today, came.happened, came.grade
    grant.would_do_again = came.would_do_again
    grant.state_name = MACHINE.move(grant.state, "tell").value
    _give_turn(grant, f"Gemeente {this_municipality().name}", today, None)
    return grant


@deed("grants:grant:followed up")
def follow_up(actor: Actor, grant: SeedGrant, words: str) -> SeedGrant:
    """Say what the municipality does now: what it can help with after the start."""
    insist(may_follow_up(actor, grant, clock.now(db.session())))
    grant.follow_up = words
    _give_turn(grant, "", None, None)
    return grant


def _give_turn(grant: SeedGrant, party: str, since: date | None, due: date | None) -> None:
    grant.turn_party, grant.turn_since, grant.turn_due = party, since, due


@jobs.every("grants:morning", day_at=time(7, 20))
def every_morning() -> None:
    """Remind groups, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            remind(SYSTEM)


@deed(unaudited="a reminder changes nothing")
def remind(actor: Actor) -> int:
    """Ask groups once to tell what came of the money, when it is time; return how many."""
    now = clock.now(db.session())
    insist(may_run_mornings(actor, None, now))
    today = clock.local_day(now)
    waiting = queries.to_be_told(today)
    for grant in waiting:
        grant.reminded_on = today
        for to in to_members(each.person for each in grant.initiative.members):
            outbox.send(db.session(), TELL, to, title=grant.initiative.title, number=grant.number)
    return len(waiting)
