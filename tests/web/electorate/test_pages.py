"""Officials bring voters in, let letters be made and fetch them; the help desk finds somebody and helps."""

from __future__ import annotations

import io
import re
from typing import Any

import flask
import pytest

from buurtbegroting.blueprints.electorate import queries
from buurtbegroting.blueprints.electorate.actions.proving import prove_by_code
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import FRESH, RoleName
from buurtbegroting.foundation import jobs
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.certificates import certificate, opened
from tests.factories.people import let_in, make_person
from tests.factories.towns import Town
from tests.factories.voting import make_entry, make_vote
from tests.pages import CheckedClient

FILE = (
    "kenmerk;naam;straat;huisnummer;postcode;plaats;grote letters\n"
    "1;An Jansen;Polderpad;12;1234AB;Proefstad;ja\n2;Bo Bakker;Polderpad;14;1234AB;Proefstad;nee\n"
)


@pytest.fixture
def first(bare_app: flask.Flask, town: Town) -> CheckedClient:
    bare_app.test_client_class = CheckedClient
    return let_in(bare_app.test_client(), make_person("Sanne", RoleName.OFFICIAL))  # type: ignore[no-any-return]


@pytest.fixture
def second(bare_app: flask.Flask, town: Town) -> CheckedClient:
    bare_app.test_client_class = CheckedClient
    return let_in(bare_app.test_client(), make_person("Joost", RoleName.OFFICIAL))  # type: ignore[no-any-return]


def send(client: CheckedClient, page: str, action: str, **data: Any) -> Any:
    """Send the form on a page that leads to an address."""
    text = client.get(page).text
    form = next(
        each
        for each in re.findall(r"<form.*?</form>", text, re.S)
        if f'action="{action}"' in each or (action == page and "action=" not in each)
    )
    hidden = {}
    for tag in re.findall(r"<input.*?>", form, re.S):
        facts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if facts.get("type") == "hidden":
            hidden[facts["name"]] = facts["value"]
    response = client.post(action, data=hidden | data)
    read_anew(db.session())
    return response


def bring_in(client: CheckedClient, round_: Round, text: str) -> Any:
    page = f"/beheer/rondes/{round_.number}/stemgerechtigden"
    return send(client, page, page, file=(io.BytesIO(text.encode()), "kiezers.csv"))


def test_from_a_file_to_letters(first: CheckedClient, second: CheckedClient) -> None:
    round_ = make_vote()
    page = f"/beheer/rondes/{round_.number}/stemgerechtigden"
    assert bring_in(first, round_, FILE).status_code == 303
    assert send(first, page, f"{page}/brieven", certificate=certificate()).status_code == 303
    (line,) = queries.batches_of(round_.id)
    deeds = f"/beheer/brieven-met-codes/{line.batch.id}"
    assert f"{deeds}/vrijgeven" not in first.get(page).text
    assert send(second, page, f"{deeds}/vrijgeven").status_code == 303
    jobs.run_due(db.session())
    got = send(first, page, f"{deeds}/ophalen")
    assert opened(got.data).startswith(b"PK")
    assert send(first, page, f"{deeds}/verzonden").status_code == 303
    assert "verstuurd: 2" in first.get(page).text
    assert "verstuurd: 2" in first.get(f"/stemmen/{round_.number}/bord").text
    assert send(first, page, f"{deeds}/intrekken").status_code == 303


def test_a_file_with_faults_is_told_line_by_line_and_not_kept(first: CheckedClient) -> None:
    round_ = make_vote()
    refused = bring_in(first, round_, FILE.replace("1234AB;Proefstad;nee", "postcode;Proefstad;nee"))
    assert refused.status_code == 422
    assert "Regel 3" in refused.text
    assert queries.number_in_register(round_.id) == 0


def test_letters_are_taken_back(first: CheckedClient) -> None:
    round_ = make_vote()
    page = f"/beheer/rondes/{round_.number}/stemgerechtigden"
    bring_in(first, round_, FILE)
    assert send(first, page, f"{page}/brieven", certificate="x").status_code == 422
    send(first, page, f"{page}/brieven", certificate=certificate())
    (line,) = queries.batches_of(round_.id)
    send(first, page, f"/beheer/brieven-met-codes/{line.batch.id}/terug")
    read_anew(db.session())
    assert queries.batches_of(round_.id) == []


def test_the_example_can_be_brought_in(first: CheckedClient) -> None:
    round_ = make_vote()
    text = first.get(f"/beheer/rondes/{round_.number}/stemgerechtigden/voorbeeld.csv").data.decode("utf-8-sig")
    assert bring_in(first, round_, text).status_code == 303
    assert queries.number_in_register(round_.id) == 1


def test_the_help_desk_finds_by_reference_and_by_address_and_gives_a_new_code(first: CheckedClient) -> None:
    round_ = make_vote()
    bring_in(first, round_, FILE)
    desk = f"/beheer/rondes/{round_.number}/helpdesk"
    assert "An Jansen" in send(first, desk, desk, reference="1").text
    found = send(first, desk, desk, postcode="1234 ab", house_number="14").text
    assert "Bo Bakker" in found
    assert "An Jansen" not in found
    assert "Niemand gevonden" in send(first, desk, desk, reference="9").text
    (address,) = re.findall(r'href="(/beheer/kiezers/[^"]+)"', found)
    letter = send(first, address, f"{address}/nieuwe-code").text
    (code,) = re.findall(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b", letter)
    (entry,) = queries.found_in_register(round_.id, "2", None)
    assert prove_by_code(round_, code).id == str(entry.id)


def test_the_help_desk_strikes_puts_back_and_notes(first: CheckedClient) -> None:
    round_ = make_vote(rulebook={"proofs": ["code", "proxy"]})
    bring_in(first, round_, FILE)
    (entry,) = queries.found_in_register(round_.id, "1", None)
    page = f"/beheer/kiezers/{entry.id}"
    send(first, page, f"{page}/nieuwe-code")
    code_id = queries.codes_of(entry.id)[0].id
    assert send(first, page, f"/beheer/stemcodes/{code_id}/retour").status_code == 303
    assert "teruggekomen" in first.get(page).text
    assert send(first, page, f"{page}/volmacht", reference="7").status_code == 422
    assert "Bo Bakker" in send(first, page, f"{page}/volmacht", reference="2").text
    assert "Er is een volmacht gegeven" in first.get(page).text
    assert send(first, page, f"{page}/geen-brief").status_code == 303
    assert send(first, page, f"{page}/schrappen", reason="").status_code == 422
    assert send(first, page, f"{page}/schrappen", reason="Verhuisd").status_code == 303
    assert "Verhuisd" in first.get(page).text
    assert send(first, page, f"{page}/terugzetten").status_code == 303


def test_who_showed_themselves_long_ago_is_asked_again(bare_app: flask.Flask, town: Town) -> None:
    round_ = make_vote()
    entry = make_entry(round_)
    client: Any = let_in(bare_app.test_client(), make_person("Oud", RoleName.OFFICIAL))
    db.engine.update_execution_options(clock_offset=FRESH * 2)
    response = client.get(f"/beheer/kiezers/{entry.id}")
    assert response.status_code == 303
    assert "/inloggen" in response.headers["Location"]


def test_the_page_of_the_round_leads_to_register_and_help_desk(first: CheckedClient) -> None:
    round_ = make_vote()
    page = first.get(f"/beheer/rondes/{round_.number}").text
    assert f"/beheer/rondes/{round_.number}/stemgerechtigden" in page
    assert f"/beheer/rondes/{round_.number}/helpdesk" in page
