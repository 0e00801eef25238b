"""Initiatives on the site: registered, told of, asked and answered, members, the desk."""

from __future__ import annotations

import re

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.initiatives import queries
from buurtbegroting.blueprints.initiatives.actions import answering
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.initiatives import WIJK, again, make_initiative, with_member
from tests.factories.people import actor_of, let_in, mails, make_person, newest_mail_to, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

SECRET = "Mijn buurvrouw belt op 06-12345678."


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def official(town: Town) -> Person:
    return make_person("Olga", RoleName.OFFICIAL)


@pytest.fixture
def table(fatima: Person) -> Initiative:
    return make_initiative(fatima, asks="Wij zoeken een zaal voor de vrijdag.")


def test_an_initiative_is_registered_in_one_form_and_found(client: CheckedClient, fatima: Person) -> None:
    let_in(client, fatima)
    filled = {"title": "Eettafel", "what": "Samen eten op vrijdag.", "stage": "idea", "asks": "Een zaal.", "wijk": WIJK}
    answer = send(client, "/initiatieven/aanmelden", None, theme="", place="", website="", **filled)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert "Eettafel" in page
    assert "Nu aan zet" in page
    assert "Fatima" in page
    assert "Eettafel" in client.get(f"/initiatieven?wijk={WIJK}").text
    assert "Eettafel" in client.get("/zoeken?q=eettafel").text
    assert "Eettafel" in client.get(f"/wijken/{WIJK}-noord").text
    assert "Een zaal." in newest_mail_to("fatima@voorbeeld.nl")


def test_what_is_missing_is_asked_and_nothing_is_lost(client: CheckedClient, fatima: Person) -> None:
    let_in(client, fatima)
    filled = {"title": "", "what": "Samen eten.", "stage": "idea", "asks": "", "wijk": "", "theme": "", "place": ""}
    answer = send(client, "/initiatieven/aanmelden", None, website="javascript://a.nl/%0aalert(1)", **filled)
    assert answer.status_code == 422
    assert "Samen eten." in answer.text
    assert 'href="#title"' in answer.text
    assert 'href="#website"' in answer.text


def test_who_is_not_signed_in_signs_in_first(client: CheckedClient) -> None:
    answer = client.get("/initiatieven/aanmelden")
    assert answer.status_code == 303
    assert "/inloggen" in answer.headers["Location"]


def test_who_only_reads_gets_no_cookie(client: CheckedClient, table: Initiative) -> None:
    for address in ("/initiatieven", f"/initiatieven/{table.number}-eettafel", "/initiatieven/cijfers"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_filters_find_by_wijk_stage_and_word(client: CheckedClient, table: Initiative, fatima: Person) -> None:
    make_initiative(fatima, "Repaircafé", wijk_code="WK999802")
    for address, found in (
        (f"/initiatieven?wijk={WIJK}", ["Eettafel"]),
        ("/initiatieven?zoek=repaircafe", ["Repaircafé"]),
        ("/initiatieven?fase=starting&volgorde=naam", ["Eettafel", "Repaircafé"]),
        ("/initiatieven?fase=ended", []),
    ):
        titles = re.findall(r'<a href="/initiatieven/[^"]*">\s*([^<]*?)\s*</a>', client.get(address).text)
        assert titles == found, address
    assert "Repaircafé" in client.get("/initiatieven.csv").text
    told = client.get("/api/v1/initiatieven?fase=starting").get_json()
    assert told["totaal"] == 2
    assert client.get("/api/v1/initiatieven?fase=onzin").status_code == 400


def test_members_tell_what_happened_and_what_it_brought(
    client: CheckedClient, table: Initiative, fatima: Person
) -> None:
    let_in(client, fatima)
    address = f"/initiatieven/{table.number}/nieuws"
    filled = {
        "title": "Eerste avond",
        "body": "Het was vol.",
        "people": "24",
        "hours": "30",
        "happened_on": "2020-01-03",
    }
    assert send(client, address, None, **filled).status_code == 303
    page = client.get(f"/initiatieven/{table.number}-eettafel").text
    assert "Eerste avond" in page
    assert "24" in page
    read_anew(db.session())
    update = queries.updates_of(again(table).id, 1)[0]
    changed = send(client, f"/initiatieven/nieuws/{update.id}", None, **filled | {"title": "De eerste avond"})
    assert changed.status_code == 303
    late = send(client, address, None, **filled | {"happened_on": "2999-01-01"})
    assert late.status_code == 422
    page = client.get(f"/initiatieven/nieuws/{update.id}").text
    token = re.findall(r'id="csrf-remove"[^>]*value="([^"]+)"', page)[0]
    assert client.post(f"/initiatieven/nieuws/{update.id}/verwijderen", data={"csrf_token": token}).status_code == 303
    assert "De eerste avond" not in client.get(f"/initiatieven/{table.number}-eettafel").text


def test_two_members_who_write_at_once_see_each_others_text(
    client: CheckedClient, table: Initiative, fatima: Person
) -> None:
    let_in(client, fatima)
    address = f"/initiatieven/{table.number}/wijzigen"
    about = {"what": "Samen eten.", "wijk": WIJK, "theme": "", "place": "", "website": ""}
    assert send(client, address, None, title="Eettafel Noord", version=str(table.version), **about).status_code == 303
    second = send(client, address, None, title="Eettafel Zuid", version=str(table.version), **about)
    assert second.status_code == 409
    assert "Eettafel Zuid" in second.text
    assert "Noord" in second.text


def test_somebody_joins_by_a_link_that_works_once(
    client: CheckedClient, table: Initiative, fatima: Person, gerrit: Person
) -> None:
    let_in(client, fatima)
    members = f"/initiatieven/{table.number}/leden"
    shown = send(client, f"{members}/uitnodigen", members).text
    link = re.findall(r"http://[^/]+(/initiatieven/[^<\s]*/meedoen/[\w-]+)", shown)[0]
    let_in(client, gerrit)
    assert send(client, link, None, part="kok").status_code == 303
    page = client.get(f"/initiatieven/{table.number}-eettafel").text
    assert "Gerrit" in page
    assert "kok" in page
    assert client.get(link).status_code == 404


def test_who_leads_hands_over_and_leaves(
    client: CheckedClient, table: Initiative, fatima: Person, gerrit: Person
) -> None:
    with_member(table, gerrit)
    let_in(client, fatima)
    members = f"/initiatieven/{table.number}/leden"
    assert "Draag het eerst over" in client.get(members).text
    assert send(client, f"{members}/overdragen", members, member=str(gerrit.id)).status_code == 303
    assert send(client, f"{members}/stoppen", members).status_code == 303
    assert client.get(members).status_code == 403
    assert "Gerrit" in client.get(f"/initiatieven/{table.number}-eettafel").text


def test_the_municipality_answers_and_everybody_reads_it(
    client: CheckedClient, table: Initiative, fatima: Person, official: Person
) -> None:
    let_in(client, official)
    case = f"/beheer/initiatieven/{table.number}"
    assert "Eettafel" in client.get("/beheer/initiatieven").text
    assert "Eettafel" in client.get("/beheer").text
    contact = send(client, f"{case}/contactpersoon", None, person=str(official.id), shown="Wijkmanager Noord")
    assert contact.status_code == 303
    thin = send(client, f"{case}/antwoord", None, kind="no", words="", department="Wijken", ground="", route="")
    assert thin.status_code == 422
    assert 'href="#ground"' in thin.text
    given = {"kind": "yes-if", "words": "Graag.", "conditions": "Vraag een sleutel.", "helper": "Beheer De Spil"}
    assert send(client, f"{case}/antwoord", None, department="Wijken", **given).status_code == 303
    let_in(client, fatima)
    page = client.get(f"/initiatieven/{table.number}-eettafel").text
    assert "Ja, als er eerst iets gebeurt" in page
    assert "Beheer De Spil helpt daarbij." in page
    assert "Wijkmanager Noord" in page
    assert "Olga" not in page
    assert "Vraag een sleutel." in newest_mail_to("fatima@voorbeeld.nl")


def test_a_question_travels_with_its_file_and_a_third_time_raises_a_flag(
    client: CheckedClient, table: Initiative, official: Person
) -> None:
    make_person("Ada", RoleName.ADMIN)
    let_in(client, official)
    case = f"/beheer/initiatieven/{table.number}"
    for department in ("Vastgoed", "Vergunningen", "Juridische zaken"):
        assert send(client, f"{case}/doorverwijzen", None, to_whom=department, question="Mag dit?").status_code == 303
    assert "vaker doorgestuurd dan wij beloven" in client.get(case).text
    flags = [mail for mail in mails() if "derde keer" in str(mail["Subject"])]
    assert [mail["To"] for mail in flags] == ["ada@voorbeeld.nl"]
    first = again(table).referrals[0]
    outcome = f"/beheer/initiatieven/doorverwijzingen/{first.id}"
    assert send(client, outcome, None, outcome="Ja, op vrijdag.").status_code == 303
    assert "Ja, op vrijdag." in client.get(f"{case}/afdrukken").text


def test_only_members_and_officials_read_what_they_write_to_each_other(
    client: CheckedClient, table: Initiative, fatima: Person, gerrit: Person, official: Person
) -> None:
    answering.write_note(actor_of(fatima), table, SECRET, "Fatima")
    file = f"/initiatieven/{table.number}/berichten"
    for who, sees in ((fatima, True), (official, True), (gerrit, False), (None, False)):
        if who:
            let_in(client, who)
        else:
            client.post("/uitloggen")
        assert (SECRET in client.get(file).text) is sees
    for address in (f"/initiatieven/{table.number}-eettafel", "/initiatieven.csv", "/zoeken?q=buurvrouw"):
        assert SECRET not in client.get(address).text
    assert SECRET not in client.get(f"/api/v1/initiatieven/{table.number}").text


def test_a_hidden_initiative_is_nowhere(client: CheckedClient, table: Initiative, official: Person) -> None:
    answering.set_hidden(actor_of(official), table, is_hidden=True)
    assert client.get(f"/initiatieven/{table.number}-eettafel").status_code == 404
    assert client.get(f"/api/v1/initiatieven/{table.number}").status_code == 404
    for address in (
        "/initiatieven",
        "/initiatieven.csv",
        "/zoeken?q=eettafel",
        "/api/v1/initiatieven",
        f"/wijken/{WIJK}-noord",
    ):
        assert "Eettafel" not in client.get(address).text


def test_an_initiative_says_what_plan_it_has_to_do_with(
    client: CheckedClient, table: Initiative, fatima: Person
) -> None:
    plan = make_plan(make_round(PhaseKind.PROPOSE), 10, "submitted", (fatima,), title="Keuken in De Spil")
    let_in(client, fatima)
    address = f"/initiatieven/{table.number}/hoort-bij"
    assert send(client, address, None, kind="plan", key="2020-999").status_code == 422
    assert send(client, address, None, kind="plan", key=plan.number).status_code == 303
    assert "Keuken in De Spil" in client.get(f"/initiatieven/{table.number}-eettafel").text


def test_a_contact_person_who_is_away_has_a_stand_in(
    client: CheckedClient, table: Initiative, official: Person
) -> None:
    other = make_person("Piet", RoleName.OFFICIAL)
    answering.give_contact(actor_of(official), table, str(official.id), "Wijkmanager Noord")
    let_in(client, official)
    address = "/beheer/initiatieven/afwezig"
    past = send(client, address, None, until="2020-01-01", stand_in=str(other.id), shown="Wijkmanager Zuid")
    assert past.status_code == 422
    filled = {"until": "2999-01-01", "stand_in": str(other.id), "shown": "Wijkmanager Zuid"}
    assert send(client, address, None, **filled).status_code == 303
    page = client.get(f"/initiatieven/{table.number}-eettafel").text
    assert "Wijkmanager Zuid" in page
    let_in(client, other)
    assert "Eettafel" in client.get("/beheer/initiatieven?staat=waiting&wie=mij").text
    let_in(client, official)
    assert send(client, f"{address}/terug", address).status_code == 303
    assert "Wijkmanager Zuid" not in client.get(f"/initiatieven/{table.number}-eettafel").text


def test_public_figures_count_answers_and_stories_told_again(
    client: CheckedClient, table: Initiative, fatima: Person, official: Person
) -> None:
    answering.answer(actor_of(official), table, answering.Answer("yes", "Goed plan."), "Wijken")
    answering.tell_again(actor_of(fatima), again(table))
    page = re.sub(r"\s+", " ", client.get("/initiatieven/cijfers").text)
    counts = re.findall(r'<th scope="row"[^>]*>([^<]*)</th> <td[^>]*>([^<]*)</td>', page)
    assert [count for _, count in counts] == ["1", "1", "1", "0", "0", "1", "1", "1"]
