"""Rounds, plans and results in the API: the same things as on the pages, under Dutch names."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.rounds.actions.bookkeeping import Entry, enter_in_ledger
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.blueprints.voting.actions.results import import_election
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
    (pot,) = body["potten"]
    assert (pot["nummer"], pot["bedragInCenten"], pot["wijkCode"]) == (1, 10000, None)
    assert body["fasen"][0]["soort"] == "propose"
    assert body["fasen"][0]["begin"].endswith("+00:00")
    assert [each["nummer"] for each in client.get("/api/v1/rondes").json] == [round_.number]


def test_a_round_says_its_rules_and_where_its_money_comes_from(client: CheckedClient, town: Town) -> None:
    pot = Pot(position=1, amount_cents=500, legal_form="subsidy", funding_source="Stadsfonds", budget_year=2026)
    round_ = make_round(pots=[pot], rulebook={"support_needed": 20, "promise": "Het college doet het."})
    body = client.get(f"/api/v1/rondes/{round_.number}").json
    said = {name: body["potten"][0][name] for name in ("rechtsvorm", "herkomst", "begrotingsjaar")}
    assert said == {"rechtsvorm": "subsidy", "herkomst": "Stadsfonds", "begrotingsjaar": 2026}
    assert body["spelregels"]["steunNodig"] == 20
    assert body["spelregels"]["belofte"] == "Het college doet het."


def test_the_books_of_a_round_are_for_everybody(client: CheckedClient, town: Town) -> None:
    round_ = make_round(amount=100)
    for kind, cents in (("voted", 6000), ("committed", 5000), ("spent", 2000)):
        enter_in_ledger(SYSTEM, round_.pots[0], Entry(kind, cents, "plan", "2026-001", "Bankje"))
    (pot,) = client.get(f"/api/v1/rondes/{round_.number}/kas").json
    assert pot["gekozenInCenten"] == 6000
    assert pot["uitgegevenInCenten"] == 2000
    assert pot["overInCenten"] == 4000
    assert [each["bedragInCenten"] for each in pot["regels"]] == [6000, 5000, 2000]


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
