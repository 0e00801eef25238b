"""What the rules of a round ask of a plan and of who proposes it: said before, and refused with the reason."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.municipalities.models import AreaBuurt
from buurtbegroting.blueprints.municipalities.queries import area_by_code
from buurtbegroting.blueprints.proposals.actions.drafting import begin_draft, submit_draft, write_draft
from buurtbegroting.blueprints.proposals.actions.entering import Paper, enter_from_paper
from buurtbegroting.blueprints.proposals.actions.supporting import support
from buurtbegroting.blueprints.proposals.actions.writing import change_proposal, invite_author, join_proposal
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import Actor, RoleName, Verification
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import Invalid, NotYours
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db, transaction
from tests.factories.actors import actor
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import NOW, make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

HERE, ELSEWHERE = "WK999801", "WK999802"


def as_(person: Person) -> Actor:
    return Actor(id=str(person.id), verification=Verification.EMAIL, wijk_code=person.wijk_code)


def strict(**rules: Any) -> Round:
    return make_round(PhaseKind.PROPOSE, 10_000, rulebook=rules)


def of_the_wijk(**rules: Any) -> Round:
    pot = Pot(position=1, amount_cents=100_000, area=area_by_code(HERE))
    return make_round(PhaseKind.PROPOSE, pots=[pot], rulebook={"propose_from": "area"} | rules)


def hand_in(person: Person, round_: Round, cost: int = 100, *, says_old_enough: bool = True) -> Proposal:
    words = {"title": "Bank", "what": "Een bank", "why": "Daarom", "carrier": "together", "cost_cents": cost * 100}
    draft = begin_draft(as_(person), round_)
    draft = write_draft(as_(person), draft, words | {"pot": str(round_.pots[0].id)})
    return submit_draft(as_(person), draft, says_old_enough=says_old_enough)


def reason(refused: Any) -> str:
    return str(refused.value.reason.msgid)


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima", wijk_code=HERE)


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit", wijk_code=ELSEWHERE)


def test_all_of_it_is_said_before_somebody_begins(client: CheckedClient, fatima: Person) -> None:
    rules = {"min_plan_cents": 10_000, "max_plan_cents": 500_000, "max_plans_per_person": 2, "propose_min_age": 16}
    round_ = strict(**rules, propose_from="municipality")
    let_in(client, fatima)
    said = html.unescape(client.get(f"/plannen/nieuw/{round_.number}").text).replace("\N{NO-BREAK SPACE}", " ")
    for words in ("vanaf 16 jaar", "€ 100", "€ 5.000", "2 plannen", "in de gemeente woont"):
        assert words in said
    draft = send(client, f"/plannen/nieuw/{round_.number}").headers["Location"].rpartition("/")[0]
    asked = html.unescape(client.get(f"{draft}/kosten").text).replace("\N{NO-BREAK SPACE}", " ")
    assert "ten minste € 100" in asked
    assert "ten hoogste € 5.000" in asked
    assert "in de gemeente woont" in client.get(f"{draft}/waar").text
    assert "Ik ben 16 jaar of ouder." in client.get(draft).text


@pytest.mark.parametrize(("cost", "words"), [(50, "at least"), (6_000, "at most")])
def test_a_plan_stays_between_the_amounts_of_the_round(fatima: Person, cost: int, words: str) -> None:
    round_ = strict(min_plan_cents=10_000, max_plan_cents=500_000)
    with pytest.raises(Invalid) as refused:
        hand_in(fatima, round_, cost)
    assert words in reason(refused)
    made = hand_in(fatima, round_, 100)
    with pytest.raises(Invalid) as refused:
        change_proposal(as_(fatima), made, {"cost_cents": cost * 100}, "", made.version)
    assert words in reason(refused)


def test_an_amount_that_is_too_high_is_named_at_its_question(client: CheckedClient, fatima: Person) -> None:
    round_ = strict(max_plan_cents=500_000)
    let_in(client, fatima)
    draft = send(client, f"/plannen/nieuw/{round_.number}").headers["Location"].rpartition("/")[0]
    wrong = send(client, f"{draft}/kosten", cost_cents="6000")
    assert wrong.status_code == 422
    assert 'href="#cost_cents"' in wrong.text


def test_nobody_hands_in_more_plans_than_the_round_allows(client: CheckedClient, fatima: Person) -> None:
    round_ = strict(max_plans_per_person=1)
    words = {"title": "Bank", "what": "Een bank", "why": "Daarom", "carrier": "together", "cost_cents": 100}
    second = write_draft(as_(fatima), begin_draft(as_(fatima), round_), words | {"pot": str(round_.pots[0].id)})
    make_plan(round_, state="submitted", authors=(fatima,))
    let_in(client, fatima)
    refused = send(client, f"/plannen/nieuw/{second.id}", is_old_enough="y")
    assert refused.status_code == 422
    assert "U hebt er al een." in refused.text
    start = client.get(f"/plannen/nieuw/{round_.number}").text
    assert "zoveel plannen ingediend als mag" in start
    assert not re.search(r">\s*Beginnen?\s*<", start)
    with pytest.raises(Invalid):
        begin_draft(as_(fatima), round_)


def test_a_plan_that_was_withdrawn_does_not_count(fatima: Person) -> None:
    round_ = strict(max_plans_per_person=1)
    make_plan(round_, state="withdrawn", authors=(fatima,))
    make_plan(strict(max_plans_per_person=1), state="submitted", authors=(fatima,))
    assert hand_in(fatima, round_).author == "Fatima"


def test_who_writes_along_has_handed_in_a_plan_too(fatima: Person, gerrit: Person) -> None:
    round_ = strict(max_plans_per_person=1)
    make_plan(round_, state="submitted", authors=(gerrit,))
    plan, token = make_plan(round_, state="submitted", authors=(fatima,)), crypto.new_token()
    invite_author(as_(fatima), plan, token)
    with pytest.raises(Invalid):
        join_proposal(as_(gerrit), plan, token, says_old_enough=True)


def test_plans_of_a_wijk_come_from_who_lives_there(fatima: Person, gerrit: Person) -> None:
    round_ = of_the_wijk()
    assert hand_in(fatima, round_).author == "Fatima"
    with pytest.raises(Invalid) as refused:
        hand_in(gerrit, round_)
    assert "who lives in" in reason(refused)
    with pytest.raises(Invalid) as refused:
        hand_in(make_person("Noor"), round_)
    assert "in which wijk" in reason(refused)


def test_an_own_area_is_for_who_lives_in_one_of_its_wijken(fatima: Person, gerrit: Person) -> None:
    round_ = of_the_wijk()
    with transaction(db.session()):
        area = round_.pots[0].area
        assert area is not None
        area.kind, area.code = "own", "EIGEN1"
        area.buurten.append(AreaBuurt(buurt_code="BU99980101"))
    assert hand_in(fatima, round_).author == "Fatima"
    with pytest.raises(Invalid):
        hand_in(gerrit, round_)


def test_who_lives_elsewhere_hears_it_at_the_question_and_not_at_the_end(client: CheckedClient, gerrit: Person) -> None:
    round_ = of_the_wijk()
    let_in(client, gerrit)
    draft = send(client, f"/plannen/nieuw/{round_.number}").headers["Location"].rpartition("/")[0]
    wrong = send(client, f"{draft}/waar", pot=str(round_.pots[0].id))
    assert wrong.status_code == 422
    assert 'href="#pot"' in wrong.text


def test_a_round_for_the_municipality_asks_in_which_wijk_somebody_lives(client: CheckedClient, town: Town) -> None:
    round_ = strict(propose_from="municipality")
    assert hand_in(make_person("Gerrit", wijk_code=ELSEWHERE), round_).author == "Gerrit"
    noor = make_person("Noor")
    let_in(client, noor)
    assert "in welke wijk u woont" in client.get(f"/plannen/nieuw/{round_.number}").text
    with pytest.raises(Invalid):
        hand_in(noor, round_)


def test_everybody_proposes_where_the_round_says_so(town: Town) -> None:
    assert hand_in(make_person("Noor"), strict(propose_from="everybody")).author == "Noor"


def test_who_is_too_young_does_not_hand_in_a_plan_and_nothing_is_kept_but_what_they_said(fatima: Person) -> None:
    round_ = strict(propose_min_age=16)
    with pytest.raises(Invalid) as refused:
        hand_in(fatima, round_, says_old_enough=False)
    assert "is_old_enough" in refused.value.fields
    assert hand_in(fatima, round_).authorships[0].says_old_enough
    child = make_person("Sam", wijk_code=HERE, born_in=clock.local_day(NOW).year - 13)
    with pytest.raises(Invalid):
        hand_in(child, round_)


def test_a_round_without_an_age_does_not_ask_for_one(client: CheckedClient, fatima: Person) -> None:
    round_ = strict(propose_min_age=0)
    let_in(client, fatima)
    draft = send(client, f"/plannen/nieuw/{round_.number}").headers["Location"].rpartition("/")[0]
    assert "is_old_enough" not in client.get(draft).text
    assert not hand_in(fatima, round_, says_old_enough=False).authorships[0].says_old_enough


def test_the_same_goes_for_plans_on_paper(town: Town) -> None:
    clerk, round_ = actor(RoleName.PAPER_CLERK), of_the_wijk(max_plans_per_person=1)
    words = {"title": "Bank", "what": "Een bank", "why": "Daarom", "carrier": "together", "cost_cents": 100}
    answers = words | {"pot": str(round_.pots[0].id)}

    def enter(wijk: str | None = HERE, *, says_old_enough: bool = True) -> Proposal:
        day = clock.local_day(NOW)
        paper = Paper(day, "Bos", email="bos@voorbeeld.nl", wijk_code=wijk, says_old_enough=says_old_enough)
        return enter_from_paper(clerk, round_, answers, paper)

    for wrong in (lambda: enter(None), lambda: enter(ELSEWHERE), lambda: enter(says_old_enough=False)):
        with pytest.raises(Invalid):
            wrong()
    assert enter().author == "Bos"
    with pytest.raises(Invalid) as refused:
        enter()
    assert "one plan" in reason(refused)


def test_a_plan_of_a_wijk_is_supported_by_who_lives_there(
    client: CheckedClient, fatima: Person, gerrit: Person
) -> None:
    plan = make_plan(of_the_wijk(support_needed=3), state="submitted")
    support(as_(fatima), plan)
    for other in (gerrit, make_person("Noor")):
        with pytest.raises(NotYours):
            support(as_(other), plan)
    address = f"/plannen/{plan.number}-bankje"
    assert "Voor wie in" in client.get(address).text
    let_in(client, gerrit)
    shown = client.get(address).text
    assert "Dit is voor wie in" in shown
    assert f"/plannen/{plan.number}/steun" not in shown
    assert client.get(f"/plannen/{plan.number}/steun").status_code == 403
    assert "1" in re.findall(r'bb-amount--l">([^<]*)<', shown)
    assert "van de 3" in shown


def test_nobody_proposes_a_plan_for_money_that_is_spent_at_once(fatima: Person) -> None:
    pots = [
        Pot(position=1, amount_cents=100_000, kind="maatwerk", holder="Het wijkteam"),
        Pot(position=2, amount_cents=100_000),
    ]
    round_ = make_round(PhaseKind.PROPOSE, pots=pots)
    with pytest.raises(Invalid):
        hand_in(fatima, round_)
