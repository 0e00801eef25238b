"""Plans at the desk: with a card, an answer, or a judgement that was published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.assessment.actions.judging import CardWords, answer
from buurtbegroting.blueprints.assessment.actions.opening import open_card
from buurtbegroting.blueprints.assessment.actions.publishing import publish
from buurtbegroting.blueprints.assessment.models import Assessment
from buurtbegroting.blueprints.assessment.queries.cards import card_of
from buurtbegroting.blueprints.rounds.models import Round, RoundCriterion
from buurtbegroting.civic.actors import SYSTEM, Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.rounds import make_plan, make_round

OFFICIAL = Actor(id="official", roles=frozenset({Role(RoleName.OFFICIAL)}))
CRITERIA = (("Is de grond van de gemeente?", "Grondzaken"), ("Is het veilig?", "Groen"), ("Past het?", "Groen"))


def make_desk_round(kind: PhaseKind = PhaseKind.ASSESS, **facts: Any) -> Round:
    """Make a round whose plans are looked at, with three criteria of its own."""
    criteria = [
        RoundCriterion(position=place, question=question, department=department)
        for place, (question, department) in enumerate(CRITERIA, 1)
    ]
    return make_round(kind, criteria=criteria, **facts)


def make_card(round_: Round | None = None, authors: Sequence[Person] = (), **facts: Any) -> Assessment:
    """Make a plan that was handed in, with its card."""
    plan = make_plan(round_ or make_desk_round(), state="submitted", authors=authors, **facts)
    return anew(open_card(SYSTEM, plan))


def anew(card: Assessment) -> Assessment:
    """Return a card as it stands in the database now."""
    number = card.proposal.number
    read_anew(db.session())
    found = card_of(number)
    assert found is not None
    return found


def words(card: Assessment, verdict: str = "can", **facts: Any) -> CardWords:
    """Return a card that is filled in."""
    filled = {
        "verdict": verdict,
        "reason": "Het past in de regels.",
        "difference": "",
        "cost_cents": card.proposal.cost_cents,
        "maintenance_cents": None,
        "marks": {each.position: ("yes", "") for each in card.marks},
    }
    return CardWords(**filled | facts)  # type: ignore[arg-type]


def answered(card: Assessment, verdict: str = "can", actor: Actor = OFFICIAL, **facts: Any) -> Assessment:
    """Answer a card."""
    return anew(answer(actor, card, words(card, verdict, **facts), card.version))


def published(card: Assessment, verdict: str = "can", **facts: Any) -> Assessment:
    """Answer a card and publish that."""
    done = answered(card, verdict, **facts)
    publish(OFFICIAL, done)
    return anew(done)
