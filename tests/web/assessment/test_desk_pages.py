"""The pages of the desk, of authors, and of an owner from outside, as a browser without scripts sees them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.assessment.actions.asking import Question, ask_authors
from buurtbegroting.blueprints.assessment.actions.judging import write_card
from buurtbegroting.blueprints.assessment.actions.noting import write_note
from buurtbegroting.blueprints.assessment.models import Assessment
from buurtbegroting.blueprints.assessment.queries import pairs
from buurtbegroting.blueprints.assessment.states import AssessmentState, PairState
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.desk import OFFICIAL, anew, answered, make_card, make_desk_round, published, words
from tests.factories.people import let_in, mails, make_person, newest_mail_to, send, token_field
from tests.factories.rounds import make_plan
from tests.factories.towns import Town
from tests.pages import CheckedClient

CANARY = "Kanariegeel"
DESK = "/en/beheer/beoordelen"
FILLED = {
    **{f"mark_{place}": "yes" for place in (1, 2, 3)},
    "verdict": "can",
    "reason": "It fits.",
    "cost_cents": "12,50",
    "maintenance_cents": "",
}


@pytest.fixture
def sanne(town: Town) -> Person:
    return make_person("Sanne", RoleName.OFFICIAL)


@pytest.fixture
def youssef(town: Town) -> Person:
    return make_person("Youssef", RoleName.ASSESSOR)


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


def page_of(card: Assessment) -> str:
    return f"{DESK}/{card.proposal.number}"


def plan_page(card: Assessment) -> str:
    return f"/en/plannen/{card.proposal.number}-{card.proposal.title.lower().replace(' ', '-')}"


def led_to(client: CheckedClient, answer: Any) -> str:
    assert answer.status_code == 303, answer.text
    shown = client.get(answer.headers["Location"])
    assert shown.status_code == 200
    return shown.text


def test_an_assessor_fills_in_a_card_in_pauses_and_answers(client: CheckedClient, youssef: Person) -> None:
    card = make_card()
    let_in(client, youssef)
    assert "Bankje" in client.get("/en/beheer").text
    shown = client.get(page_of(card)).text
    assert "Is de grond van de gemeente?" in shown
    assert "Nobody but the desk sees it." in led_to(client, send(client, page_of(card), mark_1="no", text_1="Nee."))
    refused = send(client, page_of(card), mark_1="no", klaar="ja")
    assert refused.status_code == 422
    assert "Say why, in words that everybody understands." in refused.text
    assert "The answer is ready." in led_to(client, send(client, page_of(card), klaar="ja", **FILLED))
    assert anew(card).cost_cents == 1250
    assert client.get(f"{DESK}/publiceren").status_code == 403


def test_a_second_writer_sees_what_the_first_wrote(client: CheckedClient, youssef: Person) -> None:
    card = make_card()
    let_in(client, youssef)
    shown = client.get(page_of(card)).text
    first = words(card, "", reason="Van een collega.", marks={1: ("", ""), 2: ("", ""), 3: ("", "")})
    write_card(OFFICIAL, card, first, card.version)
    held = dict(re.findall(r'name="(version|submission)"[^>]*value="([^"]*)"', shown))
    answer = client.post(page_of(card), data={"csrf_token": token_field(shown), **held, "reason": "Van mij."})
    assert answer.status_code == 409
    assert "collega" in answer.text
    assert "Van mij." in answer.text


def test_officials_find_give_and_publish_many_at_once(
    client: CheckedClient, sanne: Person, youssef: Person, fatima: Person
) -> None:
    round_ = make_desk_round()
    given = [make_card(round_, title=f"Plan {each}", authors=(fatima,)) for each in ("een", "twee")]
    with transaction(db.session()):
        given[0].due = clock.local_day(clock.now(db.session())) - timedelta(days=2)
    mails()
    let_in(client, sanne)
    assert "Plans that are answered too late: 1" in client.get("/en/beheer").text
    shown = client.get(DESK).text
    assert "2 days too late" in shown
    late = client.get(f"{DESK}?te-laat=ja").text
    assert "Plan een" in late
    assert "Plan twee" not in late
    address = f"{DESK}/verdelen?alle=ja&afdeling=Groen"
    assert "2 plans" in client.get(address).text
    wrong = send(client, address, department="Groen", assessor=str(fatima.id), due="", reason="")
    assert wrong.status_code == 422
    assert "The plans are given." in led_to(
        client, send(client, address, department="Groen", assessor=str(youssef.id), due="", reason="Graag")
    )
    assert "Plan twee" in newest_mail_to("youssef@voorbeeld.nl")
    for each in given:
        answered(anew(each), reason=f"Antwoord op {each.proposal.title}")
    assert client.get(f"{DESK}/publiceren").text.count("checked") == 2
    assert send(client, f"{DESK}/publiceren").status_code == 422
    done = send(client, f"{DESK}/publiceren", plan=str(given[0].id))
    assert "The answers are published." in led_to(client, done)
    assert [anew(each).state for each in given] == [AssessmentState.PUBLISHED, AssessmentState.ANSWERED]
    assert "Groen" in client.get(f"{DESK}/cijfers").text
    export = client.get(f"{DESK}/kaarten.csv").text
    assert "Plan een" in export
    assert "Antwoord" not in export


def test_a_list_of_many_cards_has_pages(client: CheckedClient, sanne: Person) -> None:
    round_ = make_desk_round()
    for place in range(31):
        make_card(round_, title=f"Plan {place}")
    let_in(client, sanne)
    assert client.get(DESK).text.count("bb-work__title") == 30
    assert client.get(f"{DESK}?pagina=2").text.count("bb-work__title") == 1


def test_everybody_reads_what_was_published_by_each_criterion(client: CheckedClient) -> None:
    marks = {1: ("yes", ""), 2: ("partly", "De bocht is krap."), 3: ("not-applicable", "")}
    card = published(make_card(), "can-if-changed", reason="Iets kleiner.", cost_cents=5000, marks=marks)
    shown = client.get(plan_page(card)).text
    for said in ("Iets kleiner.", "De bocht is krap.", "Is het veilig?", "bb-check--part", "€\N{NO-BREAK SPACE}50"):
        assert said in shown
    judged = client.get(f"/en/plannen/{card.proposal.number}/kan-dit").text
    assert "does not take the place of a legal objection" in judged
    found = client.get(f"/api/v1/plannen/{card.proposal.number}/antwoorden").json
    assert [(each["blik"], each["antwoord"]) for each in found["antwoorden"]] == [(1, "can-if-changed")]
    assert found["antwoorden"][0]["criteria"][1]["uitleg"] == "De bocht is krap."


def test_authors_answer_a_question_on_the_site(client: CheckedClient, fatima: Person) -> None:
    card = make_card(authors=(fatima,))
    public = ask_authors(OFFICIAL, card, Question("Wie veegt er?", is_public=True))
    shown = client.get(plan_page(card)).text
    assert "Wie veegt er?" in shown
    address = f"/en/plannen/{card.proposal.number}/kan-dit/antwoord/{public.id}"
    assert client.get(address).headers["Location"].startswith("/en/inloggen")
    let_in(client, fatima)
    assert "The municipality asks you something" in client.get(plan_page(card)).text
    assert send(client, address, answer="").status_code == 422
    shown = led_to(client, send(client, address, answer="Dat doen wij."))
    assert "Dat doen wij." in shown
    assert client.get(address).status_code == 409


def test_a_private_question_is_for_the_authors_alone(client: CheckedClient, fatima: Person) -> None:
    card = make_card(authors=(fatima,))
    ask_authors(OFFICIAL, card, Question(CANARY, is_public=False, asked_cents=7500))
    assert CANARY not in client.get(plan_page(card)).text
    let_in(client, make_person("Gerrit"))
    assert CANARY not in client.get(plan_page(card)).text
    let_in(client, fatima)
    shown = client.get(plan_page(card)).text
    assert CANARY in shown
    question = anew(card).questions[0]
    address = f"/en/plannen/{card.proposal.number}/kan-dit/antwoord/{question.id}"
    assert "75" in client.get(address).text
    led_to(client, send(client, address, answer="Goed.", agrees="y"))
    assert anew(card).agreed_cents == 7500


def test_authors_ask_for_a_second_look_and_take_over_an_amount(client: CheckedClient, fatima: Person) -> None:
    card = published(make_card(authors=(fatima,)), "cannot", reason="Te smal.", cost_cents=4200)
    assert "Ask for a second look" not in client.get(plan_page(card)).text
    let_in(client, fatima)
    assert "Ask for a second look" in client.get(plan_page(card)).text
    shown = led_to(client, send(client, f"/en/plannen/{card.proposal.number}/kan-dit/bedrag"))
    assert "4.200" not in shown
    assert anew(card).proposal.cost_cents == 4200
    address = f"/en/plannen/{card.proposal.number}/kan-dit/tweede-blik"
    assert send(client, address, reason="").status_code == 422
    shown = led_to(client, send(client, address, reason="Wij maten het na."))
    assert "Somebody else looks again" in shown
    assert "Wij maten het na." in shown
    assert "Te smal." in shown
    assert client.get(address).status_code == 409


def test_an_owner_from_outside_sees_one_card_and_only_what_is_asked(client: CheckedClient, youssef: Person) -> None:
    card = make_card(title="Steiger")
    write_note(OFFICIAL, card, CANARY)
    let_in(client, youssef)
    address = f"{page_of(card)}/eigenaar"
    assert send(client, address, organisation="Waterschap", email="x", positions="2").status_code == 422
    assert send(client, address, organisation="Waterschap", email="").status_code == 422
    made = send(client, address, organisation="Waterschap", email="", positions="2")
    token = re.findall(r"/kan-dit/([\w-]{43})", made.text)[0]
    assert token not in client.get(page_of(card)).text
    outside: Any = client.application.test_client()
    shown = outside.get(f"/en/kan-dit/{token}").text
    assert "Steiger" in shown
    assert "Is het veilig?" in shown
    for hidden in (CANARY, "Is de grond van de gemeente?", "mark_1"):
        assert hidden not in shown
    assert send(outside, f"/en/kan-dit/{token}", mark_2="no", text_2="").status_code == 422
    thanks = led_to(outside, send(outside, f"/en/kan-dit/{token}", mark_2="no", text_2="De kade is te zwak."))
    assert "Thank you." in thanks
    assert anew(card).marks[1].owner == "Waterschap"
    link = anew(card).links[0]
    withdrawn = client.post(
        f"{address}/{link.id}/intrekken", data={"csrf_token": token_field(client.get(page_of(card)).text)}
    )
    assert withdrawn.status_code == 303
    assert outside.get(f"/en/kan-dit/{token}").status_code == 404
    assert outside.get("/en/kan-dit/onzin").status_code == 404


def test_a_card_is_asked_passed_on_noted_and_printed(client: CheckedClient, youssef: Person, fatima: Person) -> None:
    card = make_card(authors=(fatima,), title="Steiger")
    let_in(client, youssef)
    assert send(client, f"{page_of(card)}/vraag", text="", where="public", asked_cents="").status_code == 422
    assert "on its way" in led_to(
        client, send(client, f"{page_of(card)}/vraag", text="Wie veegt?", where="private", asked_cents="")
    )
    noted = send(client, f"{page_of(card)}/notitie", page_of(card), text="Bel even met Piet.")
    assert "Bel even met Piet." in led_to(client, noted)
    assert send(client, f"{page_of(card)}/notitie", page_of(card), text="").status_code == 422
    blank = client.get(f"{page_of(card)}/kaart?leeg=ja").text
    assert "☒" not in blank
    assert "Steiger" in blank
    assert client.get(f"{page_of(card)}/kaart.pdf").data.startswith(b"%PDF")
    away = f"{page_of(card)}/doorgeven"
    assert send(client, away, what="", department="", assessor="").status_code == 422
    moved = send(client, away, what="delegate", department="Grondzaken", assessor="", belongs_to="", reason="")
    assert "The card went to somebody else." in led_to(client, moved)
    assert client.get(page_of(card)).status_code == 403


def test_an_answer_is_taken_back_and_settings_are_kept(client: CheckedClient, sanne: Person, youssef: Person) -> None:
    card = answered(make_card())
    let_in(client, sanne)
    again = client.post(f"{page_of(card)}/heropenen", data={"csrf_token": token_field(client.get(page_of(card)).text)})
    assert "You can write on the card again." in led_to(client, again)
    away = f"{DESK}/afwezig"
    assert send(client, away, person=str(youssef.id), until="onzin", substitute="").status_code == 422
    until = (clock.now(db.session()) + timedelta(days=9)).date().isoformat()
    shown = led_to(client, send(client, away, person=str(youssef.id), until=until, substitute=""))
    assert "Youssef" in shown
    assert "Nobody takes over" in shown
    let_in(client, youssef)
    assert "Sanne" not in re.findall(r'<select[^>]*name="person".*?</select>', client.get(away).text, re.DOTALL)[0]


def test_a_card_is_found_by_a_word_of_its_plan_or_by_its_number(client: CheckedClient, sanne: Person) -> None:
    round_ = make_desk_round()
    one, _other = (make_card(round_, title=f"Plan {each}") for each in ("een", "twee"))
    let_in(client, sanne)
    for typed in ("EEN", one.proposal.number):
        found = client.get(f"{DESK}?zoek={typed}").text
        assert "Plan een" in found
        assert "Plan twee" not in found


def test_new_plans_get_their_card_on_a_press(client: CheckedClient, sanne: Person) -> None:
    make_plan(make_desk_round(), state="submitted", title="Nieuw plan")
    let_in(client, sanne)
    assert "Nieuw plan" not in client.get(DESK).text
    assert "Nieuw plan" in led_to(client, send(client, f"{DESK}/nieuw", DESK))


def test_plans_that_exclude_each_other_are_found_decided_and_shown_on_both_pages(
    client: CheckedClient, sanne: Person
) -> None:
    round_ = make_desk_round()
    here = {"latitude": 52.005, "longitude": 5.01}
    first = make_card(round_, title="Speeltuin", **here)
    second = make_card(round_, title="Parkeerplaats", latitude=52.0053, longitude=5.0101)
    make_card(round_, title="Elders", latitude=52.02, longitude=5.01)
    make_card(round_, title="Bloembakken Kade", summary="Bloembakken met geveltuin")
    make_card(round_, title="Bloembakken Dijk", summary="Bloembakken met geveltuin")
    let_in(client, sanne)
    shown = led_to(client, send(client, f"{DESK}/botsen/zoeken", f"{DESK}/botsen"))
    assert "metres apart" in shown
    assert "read alike" in shown
    assert "Elders" not in shown
    found = pairs.pairs(PairState.FOUND)
    assert {(each.first.title, each.is_alike) for each in found} == {("Speeltuin", False), ("Bloembakken Kade", True)}
    near = next(each for each in found if not each.is_alike)
    assert 30 < (near.metres or 0) <= 60
    page = f"{DESK}/botsen/{near.id}"
    assert send(client, page, verdict="exclusive", reason="").status_code == 422
    led_to(client, send(client, page, verdict="exclusive", reason="Zelfde plek."))
    anybody: Any = client.application.test_client()
    for here_, other in ((first, "Parkeerplaats"), (second, "Speeltuin")):
        shown = anybody.get(plan_page(here_)).text
        assert other in shown
        assert "Zelfde plek." in shown
    api = anybody.get(f"/api/v1/plannen/{first.proposal.number}/antwoorden").json
    assert api["kanNietSamenMet"] == [second.proposal.number]
    led_to(client, send(client, f"{DESK}/botsen/zoeken", f"{DESK}/botsen"))
    read_anew(db.session())
    assert len(pairs.pairs(PairState.FOUND)) == 1
    led_to(client, send(client, page, verdict="both", reason="Toch naast elkaar."))
    assert "Zelfde plek." not in anybody.get(plan_page(first)).text


@pytest.mark.parametrize("who", ["anybody", "resident", "author"])
def test_what_is_not_published_is_on_no_page_api_file_search_or_feed(
    client: CheckedClient, fatima: Person, who: str
) -> None:
    card = make_card(authors=(fatima,))
    write_note(OFFICIAL, card, CANARY)
    marks = {each.position: ("no", CANARY) for each in card.marks}
    answered(anew(card), "cannot", reason=CANARY, difference=CANARY, cost_cents=987_600, marks=marks)
    if who != "anybody":
        let_in(client, fatima if who == "author" else make_person("Gerrit"))
    number = card.proposal.number
    for address in (
        plan_page(card),
        f"/en/plannen/{number}/kan-dit",
        f"/en/plannen/{number}/versies",
        f"/en/plannen/{number}/poster",
        "/en/plannen",
        "/plannen.csv",
        f"/en/zoeken?zoek={CANARY}&q={CANARY}",
        f"/api/v1/plannen/{number}",
        f"/api/v1/plannen/{number}/antwoorden",
        "/api/v1/plannen",
        f"/en/rondes/{card.proposal.round.number}-proefronde",
        "/en",
        "/en/mijn/berichten",
        "/en/mijn/plannen",
    ):
        answer = client.get(address, follow_redirects=True)
        shown = answer.text.replace(f"{address.split('?')[0]}?zoek", "")
        if "zoeken" in address:
            assert f"/plannen/{number}" not in shown, address
        else:
            assert CANARY not in shown, address
        assert "9.876" not in shown, address
        assert "9,876" not in shown, address


def test_neither_a_draft_nor_an_answer_stands_in_the_audit_the_mail_or_the_file_of_the_desk(
    client: CheckedClient, sanne: Person, fatima: Person
) -> None:
    card = make_card(authors=(fatima,))
    write_note(OFFICIAL, card, CANARY)
    marks = {each.position: ("no", CANARY) for each in card.marks}
    answered(anew(card), "cannot", reason=CANARY, difference=CANARY, marks=marks)
    assert not [mail for mail in mails() if CANARY in mail.get_content()]
    let_in(client, sanne)
    export = client.get(f"{DESK}/kaarten.csv").text
    assert CANARY not in export
    assert "cannot" not in export
    assert "answered" not in export
    let_in(client, make_person("Ria", RoleName.AUDITOR))
    audit = client.get("/en/beheer/logboek.csv").text
    assert "assessment:assessment:answered" in audit
    assert CANARY not in audit
    assert "cannot" not in audit


def test_notes_stay_at_the_desk_also_after_publishing(client: CheckedClient, fatima: Person) -> None:
    card = make_card(authors=(fatima,))
    write_note(OFFICIAL, card, CANARY)
    published(anew(card), "can")
    let_in(client, fatima)
    for address in (plan_page(card), f"/en/plannen/{card.proposal.number}/kan-dit", "/en/mijn/alles.json"):
        assert CANARY not in client.get(address).text
    assert CANARY not in str(client.get(f"/api/v1/plannen/{card.proposal.number}/antwoorden").json)
    assert client.get(page_of(card)).status_code == 403
