"""Merging two plans on the site: choose, ask, agree or say no, and what everybody reads afterwards."""

from __future__ import annotations

import html
import re

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries.merging import merging_numbers
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, mails, make_person, newest_mail_to, send, token_field
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.fixture
def round_(town: Town) -> Round:
    return make_round(PhaseKind.PROPOSE)


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def bench(round_: Round, fatima: Person) -> Proposal:
    return make_plan(round_, 10, "submitted", (fatima,), title="Houten bankje bij de vijver", author="Fatima")


@pytest.fixture
def other(round_: Round, gerrit: Person) -> Proposal:
    return make_plan(round_, 20, "submitted", (gerrit,), title="Bankje bij de vijver", author="Gerrit")


def asked(client: CheckedClient, fatima: Person, bench: Proposal, other: Proposal, **facts: str) -> str:
    let_in(client, fatima)
    address = f"/plannen/{bench.number}/samenvoegen"
    filled = {"other": other.number, "stays": bench.number, "message": "Samen sterker.", "title": ""} | facts
    return str(send(client, address, f"{address}?met={other.number}", **filled).headers["Location"]).partition("?")[0]


def test_two_neighbours_make_their_plans_one(
    client: CheckedClient, fatima: Person, gerrit: Person, bench: Proposal, other: Proposal
) -> None:
    mails()
    let_in(client, fatima)
    page = client.get(f"/plannen/{bench.number}-houten-bankje-bij-de-vijver").text
    assert f"/plannen/{bench.number}/samenvoegen" in page
    assert other.number in client.get(f"/plannen/{bench.number}/samenvoegen").text
    address = asked(client, fatima, bench, other, title="Eén groot bankje")
    shown = client.get(address).text
    assert "Zei nog niets" in shown
    assert "groot" in shown
    found = re.findall(r"https?://[^/\s]+(/plannen/samenvoegen/\S+)", newest_mail_to("gerrit@voorbeeld.nl"))
    assert found == [address]
    his = let_in(client.application.test_client(), gerrit)
    assert address in his.get(f"/plannen/{other.number}-bankje-bij-de-vijver").text
    done = send(his, f"{address}/eens", address)
    assert "Eén groot bankje" in html.unescape(his.get(done.headers["Location"]).text)
    anyone = client.application.test_client()
    went = anyone.get(f"/plannen/{other.number}-bankje-bij-de-vijver").text
    assert "opgegaan in een ander plan" in went
    assert f"/plannen/{bench.number}-een-groot-bankje" in went
    stays = anyone.get(f"/plannen/{bench.number}-een-groot-bankje").text
    assert f"/plannen/{other.number}-bankje-bij-de-vijver" in stays
    assert f"Plan {other.number} is opgegaan" in anyone.get(f"/plannen/{bench.number}/versies").text
    listed = anyone.get("/plannen?antwoord=samengevoegd").text
    assert other.number in listed
    assert bench.number not in listed
    assert anyone.get(f"/api/v1/plannen/{other.number}").json["samengevoegdMet"] == bench.number
    assert anyone.get(f"/api/v1/plannen/{bench.number}").json["samengevoegdMet"] is None


def test_one_button_says_no(
    client: CheckedClient, fatima: Person, gerrit: Person, bench: Proposal, other: Proposal
) -> None:
    address = asked(client, fatima, bench, other)
    his = let_in(client.application.test_client(), gerrit)
    assert send(his, f"{address}/nee", address, reason="Ik wil het liever zelf doen.").status_code == 303
    assert "Ik wil het liever zelf doen." in client.get(address).text


def test_who_proposed_it_takes_it_back(client: CheckedClient, fatima: Person, bench: Proposal, other: Proposal) -> None:
    address = asked(client, fatima, bench, other)
    token = token_field(client.get(address).text)
    assert client.post(f"{address}/intrekken", data={"csrf_token": token}).status_code == 303
    assert "trok het in" in client.get(address).text


def test_a_plan_that_cannot_be_merged_is_said_to_be_so(
    client: CheckedClient, fatima: Person, bench: Proposal, town: Town
) -> None:
    elsewhere = make_plan(make_round(PhaseKind.PROPOSE), state="submitted")
    let_in(client, fatima)
    for typed in ("2026-999", "x", elsewhere.number, bench.number):
        assert "niet met het uwe" in client.get(f"/plannen/{bench.number}/samenvoegen?met={typed}").text


def test_which_plan_stays_has_to_be_said(
    client: CheckedClient, fatima: Person, bench: Proposal, other: Proposal
) -> None:
    let_in(client, fatima)
    address = f"/plannen/{bench.number}/samenvoegen"
    wrong = send(client, address, f"{address}?met={other.number}", other=other.number, message="Graag")
    assert wrong.status_code == 422
    assert "Kies welk plan blijft." in wrong.text
    assert "Graag" in wrong.text


def test_officials_see_it_on_the_list_of_the_desk_and_note_who_agreed(
    client: CheckedClient, round_: Round, fatima: Person, bench: Proposal
) -> None:
    from buurtbegroting.blueprints.assessment.actions.opening import open_cards
    from buurtbegroting.civic.actors import SYSTEM

    paper = make_plan(round_, 20, "submitted", title="Bank", author="Mevrouw Bos", entered_on=bench.submitted_on)
    open_cards(SYSTEM)
    address = asked(client, fatima, bench, paper)
    sanne = let_in(client.application.test_client(), make_person("Sanne", RoleName.OFFICIAL))
    assert f"samengevoegd met plan {paper.number}" in sanne.get("/beheer/beoordelen").text
    assert send(sanne, f"{address}/namens", address, note="").status_code == 422
    done = send(sanne, f"{address}/namens", address, note="Aan de telefoon, 3 maart.")
    assert done.status_code == 303
    read_anew(db.session())
    assert merging_numbers([bench.id]) == {}
    assert paper.number not in sanne.get("/beheer/beoordelen").text


def test_nobody_else_sees_the_page(client: CheckedClient, fatima: Person, bench: Proposal, other: Proposal) -> None:
    address = asked(client, fatima, bench, other)
    assert client.application.test_client().get(address).headers["Location"].startswith("/inloggen")
    noor = let_in(client.application.test_client(), make_person("Noor"))
    assert noor.get(address).status_code == 404
    assert address not in noor.get(f"/plannen/{bench.number}-houten-bankje-bij-de-vijver").text
