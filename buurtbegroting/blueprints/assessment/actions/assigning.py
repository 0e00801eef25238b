"""Who looks at which plan: given by an official, passed on by a colleague, not ours, away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.rounds.models import Theme
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.terms import next_working_day
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Absence, Assessment, DeskRule
from ..policy import may_assign, may_be_away, may_pass_on, may_run_desk
from ..queries import cards, people
from ..states import MACHINE, AssessmentState
from .noting import log, turn_to_us
from .opening import tell_assessors


@dataclass(frozen=True)
class Assignment:
    """To whom a card goes: a department, perhaps somebody by name, and by when; ``due`` None leaves the term."""

    department: str
    assessor_id: uuid.UUID | None = None
    due: date | None = None
    reason: str = ""


@deed(unaudited="each card that is given is audited by itself")
def assign_all(actor: Actor, given: Sequence[Assessment], to: Assignment) -> list[Assessment]:
    """Give cards to a department or an assessor, all or none; the assessor hears once of all of them."""
    if not given:
        raise Invalid(_r("Choose at least one plan."))
    assigned = [assign(actor, each, to) for each in given]
    tell_assessors(assigned)
    return assigned


@deed("assessment:assessment:assigned")
def assign(actor: Actor, card: Assessment, to: Assignment) -> Assessment:
    """Give a card to a department or an assessor; raise Invalid for who cannot look at this plan."""
    now = clock.now(db.session())
    insist(may_assign(actor, card, now))
    today = clock.local_day(now)
    _give(card, to, today)
    if to.due is not None and to.due != card.due:
        if to.due < today:
            reason = _r("Fill in a day that is still to come.")
            raise Invalid(reason, {"due": reason})
        card.due, card.reminded = next_working_day(to.due), ""
    _settle(actor, card, "assigned", to.reason, today)
    return card


@deed("assessment:assessment:delegated")
def delegate(actor: Actor, card: Assessment, to: Assignment) -> Assessment:
    """Pass a card on to a colleague or another department; the term stays."""
    now = clock.now(db.session())
    insist(may_pass_on(actor, card, now))
    today = clock.local_day(now)
    _give(card, to, today)
    _settle(actor, card, "delegated", to.reason, today)
    tell_assessors([card])
    return card


def _give(card: Assessment, to: Assignment, today: date) -> None:
    if not to.department and to.assessor_id is None:
        reason = _r("Choose a department or somebody.")
        raise Invalid(reason, {"department": reason})
    if to.assessor_id is not None and (unfit := _why_not(card, to.assessor_id, today)):
        raise Invalid(unfit, {"assessor": unfit})
    card.department, card.assessor_id = to.department or card.department, to.assessor_id
    card.belongs_to, card.away_until = "", None


def _why_not(card: Assessment, person_id: uuid.UUID, today: date) -> Reason | None:
    """Return why somebody cannot look at a plan."""
    number = card.proposal.number
    if person_id not in {each.id for each in people.people_of_desk()}:
        return _r("Choose somebody who looks at plans for the municipality.")
    if str(person_id) in card.proposal.author_ids or str(person_id) in card.involved:
        return _r("Plan %(number)s: who you chose has to do with it. Choose somebody else.", number=number)
    if str(person_id) in card.first_judges:
        return _r("Plan %(number)s: who you chose did the first look. Choose somebody else.", number=number)
    if (away := people.absence_of(person_id, today)) is not None:
        return _r("%(who)s is away until %(day)s. Choose somebody else.", who=away.person.name, day=away.until)
    return None


def _settle(actor: Actor, card: Assessment, kind: str, reason: str, today: date) -> None:
    """Note that a card changed hands; it waits for the same as before, but for one that nobody had."""
    if card.state in (AssessmentState.NOT_OURS, AssessmentState.ABSENT):
        card.state_name = MACHINE.move(card.state, "assign").value
    if card.state is not AssessmentState.ASKED:
        turn_to_us(card, today)
    db.session.flush()
    log(actor, card, kind, reason)


@deed("assessment:assessment:not ours")
def say_not_ours(actor: Actor, card: Assessment, belongs_to: str, reason: str) -> Assessment:
    """Say that somebody else is to look at this plan, and who; an official gives it on."""
    now = clock.now(db.session())
    insist(may_pass_on(actor, card, now))
    if not belongs_to:
        words = _r("Say with whom this plan belongs, as far as you know.")
        raise Invalid(words, {"belongs_to": words})
    card.state_name = MACHINE.move(card.state, "not ours").value
    card.department, card.assessor_id, card.belongs_to = "", None, belongs_to
    turn_to_us(card, clock.local_day(now))
    log(actor, card, "not-ours", f"{belongs_to}. {reason}".strip())
    return card


@deed("assessment:assessment:involved")
def say_involved(actor: Actor, card: Assessment, reason: str) -> Assessment:
    """Say that one has to do with a plan; from then on somebody else looks at it."""
    now = clock.now(db.session())
    insist(may_pass_on(actor, card, now))
    today = clock.local_day(now)
    card.involved = sorted({*card.involved, str(actor.id)})
    if str(card.assessor_id) == actor.id:
        card.assessor_id = None
    if not any(_why_not(card, each.id, today) is None for each in people.assessors_of(card.department)):
        # Nobody of the department is left to look at it: an official finds somebody.
        card.department, card.assessor_id = "", None
    turn_to_us(card, today)
    log(actor, card, "involved", reason)
    return card


@deed("assessment:rule:written")
def write_rule(actor: Actor, theme: Theme, department: str, assessor_id: uuid.UUID | None) -> DeskRule:
    """Say who looks at plans about a theme unless somebody chooses otherwise."""
    insist(may_run_desk(actor, theme, clock.now(db.session())))
    rule = people.rules().get(theme.id) or DeskRule(theme_id=theme.id)
    rule.department, rule.assessor_id = department, assessor_id
    db.session.add(rule)
    db.session.flush()
    return rule


@deed("assessment:absence:written")
def go_away(actor: Actor, person: Person, until: date, substitute_id: uuid.UUID | None) -> Absence:
    """Say that somebody is away; who takes over gets the open cards, and without anybody an official gives them on."""
    now = clock.now(db.session())
    insist(may_be_away(actor, person, now))
    today = clock.local_day(now)
    if until < today:
        words = _r("Fill in a day that is still to come.")
        raise Invalid(words, {"until": words})
    if substitute_id == person.id:
        words = _r("Choose somebody else.")
        raise Invalid(words, {"substitute": words})
    away = people.absence_by_person(person.id) or Absence(person_id=person.id)
    away.until, away.substitute_id = until, substitute_id
    db.session.add(away)
    db.session.flush()
    _leave_cards(actor, person, away, today)
    return away


def _leave_cards(actor: Actor, person: Person, away: Absence, today: date) -> None:
    passed_on = []
    for card in cards.open_cards_of(person.id):
        if away.substitute_id and _why_not(card, away.substitute_id, today) is None:
            card.assessor_id = away.substitute_id
            _settle(actor, card, "away", "", today)
            passed_on.append(card)
        elif card.state is AssessmentState.OPEN:
            card.state_name, card.away_until = MACHINE.move(card.state, "go away").value, away.until
            log(actor, card, "away")
    tell_assessors(passed_on)
