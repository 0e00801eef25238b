"""The network page of a wijk, and where members say what ties them."""

from __future__ import annotations

import re

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.initiatives.models import Initiative
from tests.factories.initiatives import WIJK, make_initiative
from tests.factories.network import make_house
from tests.factories.people import let_in, make_person, send
from tests.factories.towns import Town
from tests.pages import CheckedClient

PAGE = f"/netwerk/{WIJK}-noord"


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def table(fatima: Person) -> Initiative:
    return make_initiative(fatima)


def test_a_wijk_with_nobody_says_so_and_draws_nothing(client: CheckedClient) -> None:
    page = client.get(PAGE).text
    assert "<table" not in page
    assert "bb-network" not in page
    assert client.get("/netwerk").status_code == 200
    assert client.get("/netwerk/BU99980101").status_code == 404
    assert client.get(f"/netwerk/{WIJK}").status_code in (301, 302, 303, 308)


def test_members_say_where_they_meet_and_with_whom(client: CheckedClient, fatima: Person, table: Initiative) -> None:
    gerrit, house = make_person("Gerrit"), make_house()
    garden = make_initiative(gerrit, "Moestuin")
    let_in(client, fatima)
    address = f"/initiatieven/{table.number}/netwerk"
    page = client.get(address).text
    held = {
        f"meet-{name}": re.findall(rf'name="meet-{name}"[^>]*value="([^"]+)"', page)[0]
        for name in ("csrf_token", "submission")
    }
    assert client.post(f"{address}/huis", data=held | {"meet-house": str(house.id)}).status_code == 303
    missing = send(client, address, None, other=garden.number, words="")
    assert missing.status_code == 422
    assert 'href="#words"' in missing.text
    assert send(client, address, None, other=garden.number, words="Koken uit de tuin").status_code == 303
    assert "Koken uit de tuin" not in client.get(PAGE).text
    other = client.application.test_client()
    let_in(other, gerrit)
    page = other.get(f"/initiatieven/{garden.number}/netwerk").text
    action, token = re.findall(
        r'action="(/netwerk/samen/[^"]+/ja)">\s*<input id="csrf-yes-1"[^>]*value="([^"]+)"', page
    )[0]
    assert other.post(action, data={"csrf_token": token}).status_code == 303
    page = client.get(PAGE).text
    assert "Koken uit de tuin" in page
    assert page.count("bb-network__dot ") == 3
    assert page.index("<table") < page.index("bb-network")
    page = client.get(address).text
    for kind in ("end", "house"):
        token = re.findall(rf'id="csrf-{kind}-1"[^>]*value="([^"]+)"', page)[0]
        action = re.findall(rf'action="([^"]+)">\s*<input id="csrf-{kind}-1"', page)[0]
        assert client.post(action, data={"csrf_token": token}).status_code == 303
    assert "bb-network__line " not in client.get(PAGE).text


def test_the_page_of_ties_is_for_members(client: CheckedClient, table: Initiative) -> None:
    let_in(client, make_person("Gerrit"))
    assert client.get(f"/initiatieven/{table.number}/netwerk").status_code == 403


def test_thirty_initiatives_fit(client: CheckedClient, town: Town) -> None:
    for place in range(30):
        make_initiative(make_person(f"Bewoner{place}"), f"Initiatief nummer {place} van de wijk")
    page = client.get(PAGE).text
    assert page.count("bb-network__dot ") == 30
    assert "Set-Cookie" not in client.get(PAGE).headers
