"""Needs and offers on the site, and what stays hidden there."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.matching.models import Posting
from buurtbegroting.blueprints.matching.states import Kind, Side
from buurtbegroting.civic.actors import RoleName
from tests.factories.initiatives import WIJK, make_initiative
from tests.factories.matching import make_brokered, make_match, make_posting, words
from tests.factories.people import let_in, make_person, send
from tests.factories.towns import Town
from tests.pages import CheckedClient

CANARY = "kanarie-0612345678"


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def broker(town: Town) -> Person:
    return make_person("Wil", RoleName.NEIGHBOURHOOD_WORKER)


@pytest.fixture
def group(fatima: Person) -> Initiative:
    return make_initiative(fatima)


@pytest.fixture
def offer(gerrit: Person) -> Posting:
    return make_posting(gerrit, Side.OFFER)


def test_a_need_is_placed_and_found_with_what_fits(
    client: CheckedClient, fatima: Person, group: Initiative, offer: Posting
) -> None:
    let_in(client, fatima)
    filled = {"whose": f"i{group.id}", "kind": "ruimte", "title": "Zaal gezocht", "what": "Keuken.", "wijk": WIJK}
    answer = send(client, "/hulp/vragen/nieuw", None, **filled)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert "Zaal met keuken" in page
    assert "Gerrit" not in page
    for address in ("/hulp?wat=vraag&soort=ruimte", "/hulp?zoek=zaal", f"/wijken/{WIJK}-noord", "/zoeken?q=gezocht"):
        assert "Zaal gezocht" in client.get(address).text
    assert "Zaal gezocht" in client.get(f"/initiatieven/{group.number}-eettafel").text


def test_what_is_missing_is_asked(client: CheckedClient, fatima: Person) -> None:
    let_in(client, fatima)
    answer = send(client, "/hulp/aanbod/nieuw", None, whose="ik", title="", what="Iets", wijk="")
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text


def test_one_asks_and_the_other_answers(
    client: CheckedClient, fatima: Person, gerrit: Person, group: Initiative, offer: Posting
) -> None:
    make_posting(fatima, Side.NEED, group)
    let_in(client, fatima)
    page = client.get(f"/hulp/{offer.id}/contact").text
    own = page.split('name="own"')[1].split('value="')[1].split('"')[0]
    sent = send(client, f"/hulp/{offer.id}/contact", None, own=own, message="Mag het?", contact=CANARY)
    assert sent.status_code == 303
    client.get("/hulp/van-mij")
    let_in(client, gerrit)
    mine = client.get("/hulp/van-mij").text
    address = "/hulp/contact/" + mine.split("/hulp/contact/")[1].split('"')[0]
    asked = client.get(address).text
    assert "Mag het?" in asked
    assert CANARY not in asked
    assert send(client, address, None, answer="ja", contact="").status_code == 422
    assert send(client, address, None, answer="ja", contact="Bel mij").status_code == 303
    assert client.get("/hulp/cijfers").status_code == 200


def test_what_is_for_brokers_is_seen_nowhere_else(
    client: CheckedClient, broker: Person, gerrit: Person, fatima: Person, group: Initiative, offer: Posting
) -> None:
    hidden = make_brokered(broker, Side.NEED, words(CANARY, Kind.COOKING), CANARY, CANARY)
    make_match(fatima, make_posting(fatima, Side.NEED, group), offer, CANARY)
    everywhere = (
        "/hulp",
        f"/wijken/{WIJK}-noord",
        f"/initiatieven/{group.number}-eettafel",
        f"/hulp/aanbod/{offer.id}",
    )
    for address in (*everywhere, "/hulp/cijfers", "/api/v1/hulpvragen", "/api/v1/aanbod", "/zoeken?q=kanarie"):
        shown = client.get(address)
        assert shown.status_code == 200
        assert f">{CANARY}" not in shown.text
        assert CANARY not in shown.text.replace("q=kanarie", "")
    assert client.get(f"/hulp/vragen/{hidden.id}").status_code in (303, 404)
    let_in(client, gerrit)
    assert client.get(f"/hulp/vragen/{hidden.id}").status_code == 404
    assert CANARY not in client.get("/hulp/van-mij").text
    let_in(client, broker)
    assert CANARY in client.get("/beheer/makelaar").text
    assert client.get(f"/beheer/makelaar/{hidden.id}").status_code == 200


def test_who_only_reads_gets_no_cookie(client: CheckedClient, offer: Posting) -> None:
    for address in ("/hulp", f"/hulp/aanbod/{offer.id}", "/hulp/wegen-naar-geld", "/hulp/cijfers"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_a_broker_enters_and_brings_together(client: CheckedClient, broker: Person, gerrit: Person) -> None:
    make_posting(gerrit, Side.OFFER, said=words("Soep koken", Kind.COOKING))
    let_in(client, broker)
    filled = {"name": "Mevrouw", "phone": "06", "kind": "koken", "title": "Soep", "what": "Warm eten", "wijk": WIJK}
    entered = send(client, "/beheer/makelaar/vraag", None, **filled)
    assert entered.status_code == 303
    page = client.get(entered.headers["Location"]).text
    address = page.split("/koppelen/")[0].rsplit('"', 1)[1] + "/koppelen/" + page.split("/koppelen/")[1].split('"')[0]
    assert send(client, address, entered.headers["Location"]).status_code == 303


def test_officials_keep_funds_that_everybody_reads(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Olga", RoleName.OFFICIAL))
    filled = {"name": "Oranje Fonds", "for_what": "Voor buurten", "how_much": "", "term": ""}
    new = "/beheer/fondsen/nieuw"
    assert send(client, new, None, address="http", checked_on="2020-01-01", **filled).status_code == 422
    kept = send(client, new, None, address="https://www.oranjefonds.nl", checked_on="2020-01-01", **filled)
    assert kept.status_code == 303
    assert "Oranje Fonds" in client.get("/beheer/fondsen").text
    assert "Oranje Fonds" in client.get("/hulp/wegen-naar-geld").text
