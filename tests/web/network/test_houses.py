"""Houses and the agenda of the wijk on the site."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.network.actions import houses
from buurtbegroting.blueprints.network.models import House
from buurtbegroting.blueprints.network.queries.houses import all_house_keys
from buurtbegroting.civic.actors import RoleName
from tests.factories.actors import OFFICIAL
from tests.factories.initiatives import WIJK, make_initiative
from tests.factories.network import house_again, local_today, make_activity, make_house, make_welfare
from tests.factories.people import let_in, make_person, send, token_field
from tests.factories.towns import Town
from tests.pages import CheckedClient

FILLED = {
    "name": "De Kade",
    "kind": "library",
    "address": "Kade 1",
    "wijk": WIJK,
    "wheelchair": "partly",
    "wheelchair_words": "De lift is achter.",
    "opening": "Maandag van 9 tot 17 uur.",
    "website": "https://kade.nl",
    "organisation": "",
}
ACTIVITY = {"title": "Soep", "what": "Samen soep.", "starts": "10:00", "ends": "12:00", "until": "", "for_whom": ""}


@pytest.fixture
def olga(town: Town) -> Person:
    return make_person("Olga", RoleName.OFFICIAL)


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def house(town: Town) -> House:
    return make_house()


def test_an_official_adds_a_house_that_everybody_finds(client: CheckedClient, olga: Person) -> None:
    assert "bb-card__title" not in client.get("/huizen").text
    let_in(client, olga)
    assert send(client, "/beheer/netwerk/huizen/nieuw", None, **FILLED).status_code == 303
    key = all_house_keys()[0]
    assert "De Kade" in client.get(f"/huizen?wijk={WIJK}&soort=library").text
    assert "De Kade" not in client.get("/huizen?soort=sports").text
    page = client.get(f"/huizen/{key}").text
    assert "De lift is achter." in page
    assert 'href="https://kade.nl"' in page
    assert "De Kade" in client.get("/beheer/netwerk").text
    changed = send(client, f"/beheer/netwerk/huizen/{key}", None, **FILLED | {"name": "De Nieuwe Kade"})
    assert changed.status_code == 303
    assert "De Nieuwe Kade" in client.get(f"/huizen/{key}").text


def test_what_is_missing_is_asked_and_a_link_that_runs_code_is_refused(client: CheckedClient, olga: Person) -> None:
    let_in(client, olga)
    wrong = FILLED | {"name": "", "website": "javascript://a.nl/%0aalert(1)"}
    answer = send(client, "/beheer/netwerk/huizen/nieuw", None, **wrong)
    assert answer.status_code == 422
    assert 'href="#name"' in answer.text
    assert 'href="#website"' in answer.text
    assert "Kade 1" in answer.text


def test_a_house_that_is_gone_is_gone_for_everybody_but_officials(
    client: CheckedClient, olga: Person, house: House
) -> None:
    activity = make_activity(house)
    let_in(client, olga)
    page = client.get(f"/beheer/netwerk/huizen/{house.id}").text
    pressed = client.post(f"/beheer/netwerk/huizen/{house.id}/weg", data={"csrf_token": token_field(page)})
    assert pressed.status_code == 303
    assert client.get(f"/huizen/{house.id}").status_code == 200
    stranger = client.application.test_client()
    for address in (f"/huizen/{house.id}", f"/huizen/{house.id}.ics", f"/agenda-van-de-wijk/{activity.id}"):
        assert stranger.get(address).status_code == 404
    assert "Ankerplaats" not in stranger.get("/huizen").text
    assert "Koffie" not in stranger.get("/agenda-van-de-wijk").text
    assert "Koffie" not in stranger.get("/agenda-van-de-wijk.ics").text
    assert "Koffie" not in stranger.get(f"/agenda-van-de-wijk/{WIJK}.ics").text


def test_who_runs_a_house_fills_its_agenda_and_sees_no_other(client: CheckedClient, fatima: Person) -> None:
    let_in(client, fatima)
    assert client.get("/beheer/netwerk").status_code == 403
    welfare = make_welfare(fatima)
    own, other = make_house(organisation_id=welfare.id), make_house("Bibliotheek")
    page = client.get("/beheer/netwerk").text
    assert "De Ankerplaats" in page
    assert "Bibliotheek" not in page
    day = (local_today() + timedelta(days=1)).isoformat()
    filled = ACTIVITY | {"day": day, "cost_cents": "2,50", "sign_up": "Kom binnen.", "is_weekly": "y"}
    address = f"/beheer/netwerk/huizen/{own.id}/activiteit"
    made = send(client, address, None, **filled)
    assert made.status_code == 303
    page = client.get(made.headers["Location"]).text
    assert "Soep" in page
    assert "2,50" in page
    assert client.get(f"/beheer/netwerk/huizen/{other.id}/activiteit").status_code == 403
    wrong = send(client, address, None, **filled | {"ends": "09:00"})
    assert wrong.status_code == 422
    assert 'href="#ends"' in wrong.text
    assert "Soep" in client.get(f"/beheer/netwerk/huizen/{own.id}/agenda").text


def test_the_agenda_shows_four_weeks_by_wijk_and_house(client: CheckedClient, house: House) -> None:
    make_activity(house, "Wekelijks", is_weekly=True)
    make_activity(house, "Te ver", day=local_today() + timedelta(days=28))
    zuid = make_house("Zuidhuis", "WK99980A")
    make_activity(zuid, "Schaken")
    page = client.get("/agenda-van-de-wijk").text
    assert page.count("Wekelijks") == 4
    assert "Te ver" not in page
    assert "Schaken" not in client.get(f"/agenda-van-de-wijk?wijk={WIJK}").text
    by_house = client.get(f"/agenda-van-de-wijk?huis={zuid.id}").text
    assert "Schaken" in by_house
    assert "Wekelijks" not in by_house
    assert client.get("/agenda-van-de-wijk?huis=onzin&wijk=onzin").status_code == 200
    assert "Schaken" in client.get("/agenda-van-de-wijk.ics").text
    assert "Schaken" not in client.get(f"/huizen/{house.id}.ics").text
    assert "Schaken" not in client.get(f"/agenda-van-de-wijk/{WIJK}.ics").text
    assert "bb-lines" not in client.get("/agenda-van-de-wijk?wijk=WK999802").text


def test_what_is_called_off_stays_visible_with_its_reason_until_it_is_back_on(
    client: CheckedClient, olga: Person, house: House
) -> None:
    activity = make_activity(house, is_weekly=True)
    let_in(client, olga)
    address = f"/agenda-van-de-wijk/{activity.id}/afgelasten"
    missing = send(client, address, None, day=activity.day.isoformat(), reason="")
    assert missing.status_code == 422
    done = send(client, address, None, day=activity.day.isoformat(), reason="De zaal is dicht")
    assert done.status_code == 303
    for place in (f"/agenda-van-de-wijk/{activity.id}", "/agenda-van-de-wijk", f"/huizen/{house.id}"):
        assert "De zaal is dicht" in client.get(place).text
    assert "De zaal is dicht" in client.get("/agenda-van-de-wijk.ics").text
    page = client.get(address).text
    token = re.findall(r'id="csrf-1"[^>]*value="([^"]+)"', page)[0]
    back = {"csrf_token": token, "dag": activity.day.isoformat()}
    assert client.post(f"/agenda-van-de-wijk/{activity.id}/toch", data=back).status_code == 303
    assert "De zaal is dicht" not in client.get("/agenda-van-de-wijk").text


def test_members_of_an_initiative_fill_the_agenda_too(client: CheckedClient, fatima: Person, house: House) -> None:
    table = make_initiative(fatima)
    let_in(client, fatima)
    address = f"/initiatieven/{table.number}/agenda"
    day = (local_today() + timedelta(days=2)).isoformat()
    filled = ACTIVITY | {"day": day, "cost_cents": "", "sign_up": "", "wijk": WIJK}
    wrong = send(client, address, None, house="", place="", **filled)
    assert wrong.status_code == 422
    assert 'href="#place"' in wrong.text
    made = send(client, address, None, house=str(house.id), place="", **filled)
    assert made.status_code == 303
    page = client.get(made.headers["Location"]).text
    assert "Eettafel" in page
    assert "De Ankerplaats" in page
    assert "Soep" in client.get(address).text
    change = made.headers["Location"].split("?")[0] + "/wijzigen"
    assert send(client, change, None, house="", place="Het plein", **filled).status_code == 303
    assert "Het plein" in client.get("/agenda-van-de-wijk").text
    page = client.get(made.headers["Location"]).text
    token = re.findall(r'id="csrf-remove"[^>]*value="([^"]+)"', page)[0]
    away = made.headers["Location"].split("?")[0] + "/verwijderen"
    assert client.post(away, data={"csrf_token": token}).status_code == 303
    assert "Het plein" not in client.get("/agenda-van-de-wijk").text


def test_of_two_who_change_a_house_the_second_sees_the_others_words(
    client: CheckedClient, olga: Person, house: House
) -> None:
    let_in(client, olga)
    houses.change_house(
        OFFICIAL, house_again(house.id), houses.AboutHouse("Het Anker", "village", "Kade 2", WIJK, "no"), 1
    )
    answer = send(client, f"/beheer/netwerk/huizen/{house.id}", None, **FILLED | {"version": "1"})
    assert answer.status_code == 409
    assert "Anker" in answer.text


def test_who_only_reads_gets_no_cookie(client: CheckedClient, house: House) -> None:
    activity = make_activity(house)
    for address in ("/huizen", f"/huizen/{house.id}", "/agenda-van-de-wijk", f"/agenda-van-de-wijk/{activity.id}"):
        assert "Set-Cookie" not in client.get(address).headers
