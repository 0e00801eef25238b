"""Writing on the card, and answering: two deeds, and neither shows anything to the public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Changed, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Assessment
from ..policy import may_judge, may_open_again
from ..queries import cards
from ..states import MACHINE, Judgement, Mark
from .noting import log, person_of, turn_to_us


@dataclass(frozen=True)
class CardWords:
    """What stands on a card: the judgement as a whole, and mark and text by the position of each criterion."""

    verdict: str
    reason: str
    difference: str
    cost_cents: int | None
    maintenance_cents: int | None
    marks: Mapping[int, tuple[str, str]]


@deed("assessment:assessment:written")
def write_card(actor: Actor, card: Assessment, words: CardWords, version: int) -> Assessment:
    """Keep what stands on a card so far; raise Changed when somebody else was first."""
    insist(may_judge(actor, card, clock.now(db.session())))
    _keep(card, words, version)
    return card


def _keep(card: Assessment, words: CardWords, version: int) -> None:
    if card.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    card.verdict, card.reason, card.difference = words.verdict, words.reason, words.difference
    card.cost_cents, card.maintenance_cents = words.cost_cents, words.maintenance_cents
    for each in card.marks:
        mark, text = words.marks[each.position]
        if (mark, text) != (each.mark, each.text):
            each.mark, each.text, each.owner = mark, text, ""
    # The marks stand in rows of their own: who changes only those has changed the card all the same.
    flag_modified(card, "verdict")
    db.session.flush()


@deed("assessment:assessment:answered")
def answer(actor: Actor, card: Assessment, words: CardWords, version: int) -> Assessment:
    """Finish a card; raise Invalid for what is missing. Nobody but the desk sees the answer until it is published."""
    now = clock.now(db.session())
    insist(may_judge(actor, card, now))
    _keep(card, words, version)
    state = MACHINE.move(card.state, "answer")
    card.precedents = []
    if card.verdict == Judgement.CANNOT:
        card.precedents = [each.number for each in cards.precedents(card.proposal)]
    if lacking := _missing(card):
        raise Invalid(_r("The card is not finished yet."), lacking)
    card.state_name, card.since, card.judge_id = state.value, clock.local_day(now), person_of(actor)
    log(actor, card, "answered")
    return card


def _missing(card: Assessment) -> dict[str, Reason]:
    """Return what still has to be filled in, by the name of its field."""
    lacking = {}
    if not card.verdict:
        lacking["verdict"] = _r("Say whether the plan can be done.")
    if not card.reason:
        lacking["reason"] = _r("Say why, in words that everybody understands.")
    for each in card.marks:
        if not each.mark:
            lacking[f"mark_{each.position}"] = _r("Answer this question: %(question)s", question=each.question)
        elif each.mark in (Mark.PARTLY, Mark.NO) and not each.text:
            lacking[f"text_{each.position}"] = _r("Say why: %(question)s", question=each.question)
    if card.cost_cents is None and card.verdict in (Judgement.CAN, Judgement.IF_CHANGED):
        lacking["cost_cents"] = _r("Fill in what the plan costs, as you see it.")
    if card.precedents and not card.difference:
        lacking["difference"] = _r("Plans like this one got a yes. Say in one line what is different here.")
    return lacking


@deed("assessment:assessment:opened again")
def open_again(actor: Actor, card: Assessment, reason: str) -> Assessment:
    """Take an answer back that was not published yet, to write on the card again."""
    now = clock.now(db.session())
    insist(may_open_again(actor, card, now))
    card.state_name = MACHINE.move(card.state, "open again").value
    turn_to_us(card, clock.local_day(now))
    log(actor, card, "opened-again", reason)
    return card
