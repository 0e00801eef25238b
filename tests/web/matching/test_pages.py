"""Needs and offers on the site: placed, found, passed on, brought together by a broker; nothing private is seen."""

from __future__ import annotations

import re

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.matching.states import Kind, Side
from buurtbegroting.civic.actors import RoleName
from tests.factories.initiatives import WIJK, make_initiative
from tests.factories.matching import make_brokered, make_match, make_posting, words
from tests.factories.people import let_in, make_person, newest_mail_to, send
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def marloes(town: Town) -> Person:
    return make_person("Marloes", RoleName.NEIGHBOURHOOD_WORKER)


def test_what_is_offered_stands_in_the_list_without_who_offers_it(client: CheckedClient, gerrit: Person) -> None:
    let_in(client, gerrit)
    asked = {"kind": "ruimte", "title": "Zaal op zaterdag", "what": "Voor twintig mensen.", "wijk": WIJK}
    assert send(client, "/hulp/aanbod/nieuw", None, whose="ik", **asked).status_code == 303
    assert "Zaal op zaterdag" in client.get("/hulp").text
    make_posting(gerrit, Side.OFFER, said=words("Schuur te leen"))
    shown = client.get("/hulp").text
    assert "Schuur te leen" in shown
    assert "Een bewoner van" in shown
    assert "Gerrit" not in re.sub(r"<header.*?</header>", "", shown, flags=re.DOTALL)


def test_what_is_missing_is_asked_and_nothing_is_lost(client: CheckedClient, gerrit: Person) -> None:
    let_in(client, gerrit)
    answer = send(client, "/hulp/aanbod/nieuw", None, kind="ruimte", title="", what="Voor twintig mensen.")
    assert answer.status_code == 422
    assert "Voor twintig mensen." in answer.text
    assert 'href="#title"' in answer.text


def test_a_question_is_passed_on_and_a_yes_gives_what_was_typed(
    client: CheckedClient, fatima: Person, gerrit: Person
) -> None:
    need = make_posting(fatima, Side.NEED, make_initiative(fatima))
    offer = make_posting(gerrit, Side.OFFER)
    match = make_match(fatima, need, offer, "bel 06-11111111")
    let_in(client, gerrit)
    page = f"/hulp/contact/{match.id}"
    shown = client.get(page).text
    assert "Mogen wij komen kijken?" in shown
    assert "06-11111111" not in shown
    assert send(client, page, None, answer="ja", contact="bel 06-22222222").status_code == 303
    assert "06-11111111" in newest_mail_to("gerrit@voorbeeld.nl")
    assert "06-22222222" in newest_mail_to("fatima@voorbeeld.nl")


def test_only_brokers_see_what_one_person_asks(
    client: CheckedClient, fatima: Person, gerrit: Person, marloes: Person
) -> None:
    asked = make_brokered(marloes, Side.NEED, words("Wandelen met Jo", Kind.COMPANY), "Jo Kanarie", "06-33333333")
    make_posting(gerrit, Side.OFFER, said=words("Ik wandel graag mee", Kind.COMPANY))
    for who in (None, fatima, gerrit):
        if who:
            let_in(client, who)
        for address in (
            "/hulp",
            "/hulp?zoek=wandelen",
            "/zoeken?q=wandelen",
            "/api/v1/hulpvragen",
            f"/wijken/{WIJK}-noord",
        ):
            assert "Wandelen met Jo" not in client.get(address).text
        assert client.get(f"/hulp/vragen/{asked.id}").status_code == 404
    let_in(client, marloes)
    desk = client.get(f"/beheer/makelaar/{asked.id}").text
    assert "06-33333333" in desk
    assert "Ik wandel graag mee" in desk
    assert "Wandelen met Jo" in client.get("/beheer/makelaar").text


def test_what_is_mine_and_the_figures_have_pages(client: CheckedClient, gerrit: Person) -> None:
    make_posting(gerrit, Side.OFFER)
    let_in(client, gerrit)
    assert "Zaal met keuken" in client.get("/hulp/van-mij").text
    for address in ("/hulp/cijfers", "/hulp/wegen-naar-geld", "/hulp/vragen/nieuw"):
        assert client.get(address).status_code == 200
