"""Plans that came in on paper or at the counter, typed over by who works for the municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buurtbegroting.blueprints.accounts.actions.helping import Helped, record_person
from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.phases import Act, allows_on
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..limits import Proposer
from ..models import Authorship, Proposal
from ..notices import ENTERED, SUBMITTED, to_author
from ..policy import may_change_on_request, may_enter_from_paper, may_withdraw_on_request
from .recording import hand_in
from .writing import rewrite, take_back


@dataclass(frozen=True)
class Paper:
    """A plan on paper: when it came in, the name of its author for the page, and how that author hears, if at all.

    Where the author lives and that they are old enough is what the form says.
    """

    came_in_on: date
    name: str
    email: str = ""
    address: Sequence[str] = ()
    wijk_code: str | None = None
    says_old_enough: bool = False


@deed("proposals:proposal:entered from paper")
def enter_from_paper(actor: Actor, round_: Round, answers: Mapping[str, Any], paper: Paper) -> Proposal:
    """Enter a plan that came in on paper; from then on it goes as any other.

    Raises Invalid for a day on which no plans could come in. Of an author who wants to hear nothing only the name is
    kept, on the page.
    """
    now = clock.now(db.session())
    insist(may_enter_from_paper(actor, round_, now))
    _refuse_day(round_, paper.came_in_on, clock.local_day(now))
    if paper.wijk_code is None and round_.rulebook.propose_from != "everybody":
        reason = _r("Say in which wijk the author lives. The rules of this round ask it.")
        raise Invalid(reason, {"wijk_code": reason})
    author = _author(actor, paper)
    number = queries.number_in_round(author.id, round_.id) if author else 0
    plan = hand_in(
        round_,
        answers,
        Proposer(paper.wijk_code, number, paper.says_old_enough),
        paper.came_in_on,
        author=paper.name,
        entered_on=clock.local_day(now),
        authorships=[Authorship(person_id=author.id, since=now, says_old_enough=paper.says_old_enough)]
        if author
        else [],
    )
    if author:
        # The plan is the author's: they hear what people say about it, as who hands in on the site does.
        follow(Actor(id=str(author.id)), "plan", plan.number)
        for to, facts in to_author(author, plan):
            outbox.send(db.session(), ENTERED, to, **facts)
    outbox.announce(db.session(), SUBMITTED, number=plan.number)
    return plan


def _refuse_day(round_: Round, day: date, today: date) -> None:
    reason = None
    if day > today:
        reason = _r("This day is yet to come.")
    elif not allows_on(round_.phases, Act.PROPOSE, clock.hours_of(day)):
        reason = _r("On this day no plans could be handed in for this round.")
    if reason:
        raise Invalid(reason, {"came_in_on": reason})


def _author(actor: Actor, paper: Paper) -> Person | None:
    address = [line for line in paper.address if line]
    if not paper.email and not address:
        return None
    return record_person(actor, Helped(paper.name, paper.wijk_code, address, paper.email))


@deed("proposals:proposal:changed on request")
def change_on_request(
    actor: Actor, proposal: Proposal, answers: Mapping[str, Any], note: str, version: int
) -> Proposal:
    """Change a plan that came in on paper because its author asked; the history says so.

    Raises Invalid without a note, Changed when somebody else was first.
    """
    insist(may_change_on_request(actor, proposal, clock.now(db.session())))
    if not note:
        reason = _r("Say who asked for this change, and how. Everybody can read it.")
        raise Invalid(reason, {"note": reason})
    return rewrite(proposal, answers, note, version)


@deed("proposals:proposal:withdrawn on request")
def withdraw_on_request(actor: Actor, proposal: Proposal) -> Proposal:
    """Withdraw a plan that came in on paper because its author asked."""
    insist(may_withdraw_on_request(actor, proposal, clock.now(db.session())))
    return take_back(proposal)
