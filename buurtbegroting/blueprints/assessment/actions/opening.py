"""A card for every plan that waits for an answer, and the same card again when its authors changed the plan."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.notices import recipient
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import answer_due
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Assessment, AssessmentMark
from ..notices import ASSIGNED, as_items
from ..policy import may_run_desk
from ..queries import cards, people
from ..states import MACHINE
from .noting import log, turn_to_us


@jobs.every("assessment:cards opened", minutes=5)
def open_cards_everywhere() -> None:
    """Open a card for each plan that waits for an answer, in every municipality."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            if cards.plans_to_open():
                open_cards(SYSTEM)


@deed(unaudited="each card that is opened is audited by itself")
def open_cards(actor: Actor) -> list[Assessment]:
    """Open a card for each plan that waits for an answer; each assessor hears once of all of theirs."""
    insist(may_run_desk(actor, None, clock.now(db.session())))
    opened = [open_card(actor, plan) for plan in cards.plans_to_open()]
    tell_assessors(opened)
    return opened


@deed("assessment:assessment:opened")
def open_card(actor: Actor, proposal: Proposal) -> Assessment:
    """Open the card of a plan with the criteria of its round as they stand now, for who looks at such plans."""
    now = clock.now(db.session())
    insist(may_run_desk(actor, proposal, now))
    today = clock.local_day(now)
    known = cards.card_of(proposal.number)
    if known is not None:
        return _look_again(actor, known, today)
    made = new_card(proposal, today, proposal.turn_due or answer_due(today))
    made.begun_on = proposal.submitted_on or today
    _give_by_default(made, today)
    turn_to_us(made, today)
    db.session.flush()
    return made


def new_card(proposal: Proposal, today: date, due: date) -> Assessment:
    """Make an empty card, inside the running deed."""
    made = Assessment(
        id=uuid.uuid4(), proposal=proposal, state_name=MACHINE.initial.value, begun_on=today, since=today, due=due
    )
    made.marks = [
        AssessmentMark(position=place, question=each.question, explanation=each.explanation, department=each.department)
        for place, each in enumerate(cards.criteria_of(proposal.round), 1)
    ]
    made.involved, made.first_judges = [], []
    db.session.add(made)
    return made


def _look_again(actor: Actor, card: Assessment, today: date) -> Assessment:
    """Give the card back to the desk, because the authors changed what they were asked to change."""
    card.state_name = MACHINE.move(card.state, "look again").value
    card.begun_on, card.due, card.paused_days, card.reminded = today, answer_due(today), 0, ""
    card.agreed_cents = None
    turn_to_us(card, today)
    log(actor, card, "changed")
    return card


def _give_by_default(card: Assessment, today: date) -> None:
    """Give a new card to who looks at its theme, or else to the department that most criteria name."""
    rule = people.rules().get(card.proposal.theme_id) if card.proposal.theme_id else None
    named = Counter(each.department for each in card.marks if each.department)
    card.department = rule.department if rule else (named.most_common(1)[0][0] if named else "")
    chosen = rule.assessor_id if rule else None
    every = {each.id: each for each in people.assessors_of(card.department)}
    if chosen is None and len(every) == 1:
        chosen = next(iter(every))
    if chosen is not None:
        away = people.absence_of(chosen, today)
        chosen = away.substitute_id if away else chosen
    if chosen is not None and str(chosen) not in card.proposal.author_ids:
        card.assessor_id = chosen


def tell_assessors(given: Iterable[Assessment]) -> None:
    """Write to each assessor once about all cards that they were given, inside the running deed."""
    by_person: dict[uuid.UUID, list[Assessment]] = defaultdict(list)
    for each in given:
        if each.assessor_id:
            by_person[each.assessor_id].append(each)
    known = {each.id: each for each in people.people_of_desk()}
    for person_id, theirs in by_person.items():
        if person_id in known:
            _tell(known[person_id], theirs)


def _tell(person: Person, given: Sequence[Assessment]) -> None:
    outbox.send(db.session(), ASSIGNED, recipient(person), items=as_items(given), count=len(given))
