"""Seed grants on the site: a fund, a request, a decision, the payment and what came of it."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.civic.phases import PhaseKind
from tests.factories.initiatives import ask_grant, make_fund, make_initiative
from tests.factories.people import let_in, make_person, newest_mail_to, send
from tests.factories.rounds import make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def olga(town: Town) -> Person:
    return make_person("Olga", RoleName.OFFICIAL)


def test_a_fund_is_made_out_of_a_pot_and_asked_of(client: CheckedClient, fatima: Person, olga: Person) -> None:
    pot = make_round(PhaseKind.ALL_YEAR, pots=[Pot(position=1, amount_cents=1000_00, kind="free")]).pots[0]
    table = make_initiative(fatima)
    let_in(client, olga)
    fund = {"pot": str(pot.id), "title": "Buurtfonds", "meant_for": "Voor wie begint.", "most_cents": "500"}
    assert send(client, "/beheer/startgeld/nieuw", None, is_open="y", **fund).status_code == 303
    assert "nog € 1.000 over" in client.get("/beheer/startgeld").text.replace("\xa0", " ")
    let_in(client, fatima)
    address = f"/initiatieven/{table.number}/startgeld"
    assert "Vraag startgeld" in client.get(f"/initiatieven/{table.number}-eettafel").text
    chosen = client.get(address).text.split('name="fund"')[1].split('value="')[1].split('"')[0]
    asked = {"fund": chosen, "cents": "300", "spent_on_what": "Pannen.", "wanted": "Dertig eters."}
    too_much = send(client, address, None, **asked | {"cents": "501"})
    assert too_much.status_code == 422
    assert "Vraag minder" in too_much.text
    assert "Pannen." in too_much.text
    assert send(client, address, None, **asked).status_code == 303
    assert "Eettafel" in client.get("/startgeld").text


def test_a_grant_goes_from_decision_to_payment_to_what_came_of_it(
    client: CheckedClient, fatima: Person, olga: Person
) -> None:
    asked = ask_grant(make_initiative(fatima), make_fund(olga))
    page, desk = f"/startgeld/{asked.number}", f"/beheer/startgeld/{asked.number}"
    let_in(client, olga)
    assert "Besluit over het startgeld" in client.get("/beheer").text
    thin = send(client, f"{desk}/besluit", None, verdict="no", cents="", reason="", department="Wijken")
    assert thin.status_code == 422
    decision = {"verdict": "yes", "cents": "250", "reason": "Veel plezier.", "department": "Wijken"}
    assert send(client, f"{desk}/besluit", None, **decision).status_code == 303
    assert "Veel plezier." in newest_mail_to("fatima@voorbeeld.nl")
    assert send(client, f"{desk}/betaling", None, paid_on="2020-01-06").status_code == 303
    let_in(client, fatima)
    came = {"happened": "Het lukte.", "grade": "8", "would_do_again": "y"}
    assert send(client, f"{page}/vertellen", None, **came | {"grade": "11"}).status_code == 422
    assert send(client, f"{page}/vertellen", None, **came).status_code == 303
    let_in(client, olga)
    assert send(client, f"{desk}/vervolg", None, words="Een grotere keuken.").status_code == 303
    told = client.get(page).text
    assert all(words in told for words in ("Het lukte.", "De groep geeft het een 8.", "Een grotere keuken."))
    assert "Het lukte." in client.get("/startgeld.csv").text


def test_a_fund_is_changed_and_closed(client: CheckedClient, olga: Person) -> None:
    fund = make_fund(olga)
    let_in(client, olga)
    address = f"/beheer/startgeld/potten/{fund.id}"
    text = {"title": "Buurtfonds", "meant_for": "Voor wie begint.", "most_cents": "400"}
    assert send(client, address, None, **text).status_code == 303
    assert "gesloten" in client.get("/beheer/startgeld").text
    assert "Er is nu geen startgeld." in client.get("/startgeld").text


def test_a_request_is_taken_back_by_the_group(client: CheckedClient, fatima: Person, olga: Person) -> None:
    asked = ask_grant(make_initiative(fatima), make_fund(olga))
    let_in(client, fatima)
    page = f"/startgeld/{asked.number}"
    assert send(client, f"{page}/intrekken", page).status_code == 303
    assert "Ingetrokken door de groep" in client.get(page).text
    assert "Nog niemand vroeg iets." in client.get("/startgeld").text
