"""The desk of the invented municipality: cards in every state, and a second look that somebody asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import active_roles
from buurtbegroting.blueprints.assessment.actions.asking import Question, ask_authors
from buurtbegroting.blueprints.assessment.actions.handing_over import Owner, make_link
from buurtbegroting.blueprints.assessment.actions.judging import CardWords, answer, write_card
from buurtbegroting.blueprints.assessment.actions.noting import write_note
from buurtbegroting.blueprints.assessment.actions.opening import open_cards
from buurtbegroting.blueprints.assessment.actions.pairing import decide_pair, find_pairs
from buurtbegroting.blueprints.assessment.actions.publishing import publish
from buurtbegroting.blueprints.assessment.actions.second_look import ask_second_look
from buurtbegroting.blueprints.assessment.models import Assessment
from buurtbegroting.blueprints.assessment.queries import pairs, standing
from buurtbegroting.blueprints.assessment.states import PairState
from buurtbegroting.blueprints.proposals.models import Authorship, Proposal
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db

OFFICIAL, ASSESSOR = "Sanne Bakker", "Youssef el Amrani"
YES = ("yes", "")


def fill_desk(people: Sequence[Person]) -> None:
    """Open the cards of the plans that wait for an answer, and let people work on some of them."""
    by_name = {person.name: person for person in people}
    open_cards(SYSTEM)
    find_pairs(SYSTEM)
    found = {each.proposal.title: each for each in _open_cards()}
    _look_into(found, by_name)
    _say_no_and_yes(found, by_name)
    if pair := next(iter(pairs.pairs(PairState.FOUND)), None):
        reason = "Zij liggen dicht bij elkaar, maar hinderen elkaar niet."
        decide_pair(_actor(by_name[OFFICIAL]), pair, is_exclusive=False, reason=reason)


def _look_into(found: Mapping[str, Assessment], people: Mapping[str, Person]) -> None:
    """Let people note, write and ask something on cards that stay open."""
    youssef = _actor(people[ASSESSOR])
    if card := found.get("Pannakooi op het Rangeerhof"):
        write_note(youssef, card, "Omwonenden gebeld: zij vragen om rubber tegels, dan is het stiller.")
        write_card(youssef, card, _words(card, "", "", marks={3: ("", ""), 4: ("", "")}), card.version)
    if card := found.get("Groene wand langs het spoor"):
        make_link(_actor(people[OFFICIAL]), card, Owner("ProRail", (2,)), crypto.new_token())
    if card := found.get("Regentonnen voor alle scholen"):
        _write_along(card.proposal, people["Fatima"])
        ask_authors(youssef, card, Question("Wie leegt de tonnen als het gaat vriezen?", is_public=True))


def _say_no_and_yes(found: Mapping[str, Assessment], people: Mapping[str, Person]) -> None:
    """Answer three plans: one waits to be published, one is to be looked at again."""
    sanne, youssef, fatima = (_actor(people[name]) for name in (OFFICIAL, ASSESSOR, "Fatima"))
    if card := found.get("Nachtbus in het weekend"):
        reason = "De gemeente mag zelf geen bus laten rijden. De provincie beslist daarover. Wij vragen het haar."
        answer(
            youssef, card, _words(card, "cannot", reason, marks={5: ("no", "Nodig van de provincie.")}), card.version
        )
    if card := found.get("Wachtkamer wordt huiskamer"):
        _write_along(card.proposal, people["Fatima"])
        reason = "De wachtkamer staat leeg en u mag hem gebruiken. De vloer moet eerst vlak. Dat maakt het duurder."
        _publish(sanne, youssef, card, _words(card, "can", reason, cost_cents=12_600_00, maintenance_cents=900_00))
    if card := found.get("Een dak boven de bushalte"):
        _write_along(card.proposal, people["Fatima"])
        reason = "Onder drie haltes liggen kabels. Daar kan geen dak staan."
        _publish(sanne, youssef, card, _words(card, "cannot", reason, marks={3: ("no", "Er liggen kabels.")}))
        about = standing.standing_of(card.proposal)
        ask_second_look(fatima, about, "Bij de andere drie haltes liggen geen kabels. Kan het daar wel?")


def _actor(person: Person) -> Actor:
    return Actor(id=str(person.id), roles=active_roles(person))


def _open_cards() -> Sequence[Assessment]:
    plan = joinedload(Assessment.proposal)
    whole = (
        plan.joinedload(Proposal.round).selectinload(Round.phases),
        plan.selectinload(Proposal.authorships),
        selectinload(Assessment.marks),
    )
    return db.session.scalars(select(Assessment).options(*whole)).all()


def _words(card: Assessment, verdict: str, reason: str, **facts: Any) -> CardWords:
    marks = {each.position: YES for each in card.marks} | facts.pop("marks", {})
    filled = {"cost_cents": card.proposal.cost_cents, "maintenance_cents": None}
    # Plans that look like one of these are answered in the sample too; here is said what is different.
    difference = "Hier beslist iemand anders dan de gemeente." if verdict == "cannot" else ""
    return CardWords(verdict=verdict, reason=reason, difference=difference, marks=marks, **filled | facts)


def _publish(official: Actor, assessor: Actor, card: Assessment, words: CardWords) -> None:
    publish(official, answer(assessor, card, words, card.version))


def _write_along(plan: Proposal, person: Person) -> None:
    plan.authorships.append(Authorship(person_id=person.id, since=clock.now(db.session())))
    db.session.flush()
