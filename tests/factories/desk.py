"""Plans at the desk: with a card, an answer, or a judgement that was published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.assessment.actions.asking import Question, ask_authors
from buurtbegroting.blueprints.assessment.actions.handing_over import Owner, make_link
from buurtbegroting.blueprints.assessment.actions.judging import CardWords, answer, write_card
from buurtbegroting.blueprints.assessment.actions.noting import write_note
from buurtbegroting.blueprints.assessment.actions.opening import open_card
from buurtbegroting.blueprints.assessment.actions.publishing import publish
from buurtbegroting.blueprints.assessment.models import Assessment, ExclusivePair
from buurtbegroting.blueprints.assessment.queries.cards import card_of
from buurtbegroting.blueprints.rounds.actions.making import create_theme
from buurtbegroting.blueprints.rounds.models import Round, RoundCriterion, Theme
from buurtbegroting.civic.actors import SYSTEM, Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import crypto
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.people import make_person
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


CARD_PAGES = ("card", "write", "add_note", "ask_page", "ask", "pass_on_page", "pass_on", "sheet", "sheet_pdf")


def desk_addresses(resident: Person, canary: str) -> dict[str, dict[str, Any]]:
    """Make one of every thing of the desk; return the parts of its addresses by endpoint.

    What only the desk may read holds the canary: a note, a draft, an answer that was not published, a private question.
    """
    round_ = make_desk_round(title="Ronde aan het bureau")
    theme = create_theme(SYSTEM, Theme(slug="straat", name_nl="Straat", name_en="Street"))
    open_ = make_card(round_, title="Op de kaart", cost=30)
    write_note(OFFICIAL, open_, canary)
    draft = words(open_, "cannot", reason=canary, marks={each.position: ("no", canary) for each in open_.marks})
    open_ = anew(write_card(OFFICIAL, anew(open_), draft, anew(open_).version))
    token = crypto.new_token()
    make_link(OFFICIAL, open_, Owner("De Brug", (1,)), crypto.new_token())
    ready = answered(make_card(round_, title="Klaar", cost=31), "cannot", reason=canary, difference=canary)
    asked = make_card(round_, authors=(resident,), title="Gevraagd", cost=32)
    question = ask_authors(OFFICIAL, asked, Question("Wie veegt er?", is_public=True))
    private = make_card(round_, title="Onder ons", cost=33, authors=(make_person("Iemand anders"),))
    ask_authors(OFFICIAL, private, Question(canary, is_public=False))
    no = published(make_card(round_, authors=(resident,), title="Kan niet"), "cannot", cost_cents=99)
    outside = make_card(round_, title="Buiten", cost=34)
    link = make_link(OFFICIAL, outside, Owner("Het Waterschap", (2,)), token)
    pair = ExclusivePair(first_id=open_.proposal_id, second_id=ready.proposal_id, is_alike=True)
    with transaction(db.session()):
        db.session.add(pair)
    on_card = {f"cards.{name}": {"number": open_.proposal.number} for name in CARD_PAGES}
    # To ask something, nothing may be asked yet.
    fresh = {"number": make_card(round_, title="Vers", cost=35).proposal.number}
    of_no = {"number": no.proposal.number}
    of_link = {"number": outside.proposal.number, "link_id": link.id}
    of_question = {"number": asked.proposal.number, "question_id": question.id}
    return on_card | {
        "cards.ask_page": fresh,
        "cards.ask": fresh,
        "cards.open_again": {"number": ready.proposal.number},
        "owner_links.links": fresh,
        "owner_links.make": fresh,
        "owner_links.withdraw": of_link,
        "owners.page": {"token": token},
        "owners.fill_in": {"token": token},
        "pairs.pair_page": {"pair_id": pair.id},
        "pairs.decide": {"pair_id": pair.id},
        "desk_settings.rule_page": {"key": theme.slug},
        "desk_settings.write_rule": {"key": theme.slug},
        "judgements.judgements": of_no,
        "judgements.answer_page": of_question,
        "judgements.answer": of_question,
        "judgements.second_look_page": of_no,
        "judgements.ask_second_look": of_no,
        "judgements.amount_page": of_no,
        "judgements.agree": of_no,
        "api-assessments.answers": of_no,
        # The page of a plan shows nothing of what the desk has on its card.
        "api-proposals.proposal": {"number": ready.proposal.number},
    }
