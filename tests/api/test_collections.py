"""Rounds, plans and results in the API: the same things as on the pages, under Dutch names."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.voting.actions import import_election
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.counting import pabulib
from buurtbegroting.foundation import paths
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

PROEFSTAD = paths.ROOT / "tests/fixtures/pb/proefstad.pb"


def test_the_entrance_names_every_collection(client: CheckedClient) -> None:
    links = client.get("/api/v1").json["_links"]
    for address in links.values():
        assert client.get(address).status_code == 200


def test_the_municipality_says_who_it_is(client: CheckedClient) -> None:
    assert client.get("/api/v1/gemeente").json == {"code": "GM9998", "naam": "Proefstad", "talen": ["nl", "en"]}


def test_a_round_has_its_phases_in_utc_and_its_money_in_cents(client: CheckedClient, town: Town) -> None:
    round_ = make_round(amount=100)
    body = client.get(f"/api/v1/rondes/{round_.number}").json
    assert body["potten"] == [{"nummer": 1, "bedragInCenten": 10000, "wijkCode": None}]
    assert body["fasen"][0]["soort"] == "propose"
    assert body["fasen"][0]["begin"].endswith("+00:00")
    assert [each["nummer"] for each in client.get("/api/v1/rondes").json] == [round_.number]


def test_plans_are_found_with_the_filters_of_the_page(client: CheckedClient, town: Town) -> None:
    round_ = make_round()
    for place in range(3):
        make_plan(round_, title=f"Boom {place}")
    body = client.get("/api/v1/plannen?zoek=boom&aantal=2&pagina=2").json
    assert (body["totaal"], len(body["plannen"])) == (3, 1)
    assert client.get(f"/api/v1/plannen/{body['plannen'][0]['nummer']}").json["titel"] == "Boom 0"


@pytest.mark.parametrize("query", ["aantal=0", "aantal=101", "pagina=x", "antwoord=misschien"])
def test_bad_filters_are_a_400(client: CheckedClient, query: str) -> None:
    assert client.get(f"/api/v1/plannen?{query}").status_code == 400


def test_a_result_has_its_winners_and_every_step(client: CheckedClient, town: Town) -> None:
    taken = import_election(SYSTEM, town.municipality, pabulib.read(PROEFSTAD))
    (listed,) = client.get("/api/v1/uitslagen").json
    whole = client.get(f"/api/v1/uitslagen/{taken.number}/potten/1").json
    assert listed["gekozen"] == whole["gekozen"] == ["1"]
    assert whole["uitkomst"]["steps"][0]["project"] == "1"
