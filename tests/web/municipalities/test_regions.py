"""A region: a host of its own, the standing of its members, and news that they share; and the operator's page."""

from __future__ import annotations

import flask
import pytest

from buurtbegroting.blueprints.conversations.actions import news
from buurtbegroting.blueprints.municipalities.actions import create_municipality
from buurtbegroting.blueprints.municipalities.models import Municipality, MunicipalityKind
from buurtbegroting.civic.actors import SYSTEM, Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db
from tests.factories.people import let_in, make_person
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import make_town
from tests.pages import CheckedClient

OFFICIAL = Actor(id="official", roles=frozenset({Role(RoleName.OFFICIAL)}))
REGION, HERE, ELSEWHERE = "http://regio.example", "http://hier.example", "http://elders.example"


@pytest.fixture
def client(bare_app: flask.Flask) -> CheckedClient:
    """A browser for a region with two members, of which one has a vote going on, and a town that is no member."""
    here = make_town("GM9998", "Hierstad", ("hier.example",))
    tenancy.enter(db.session(), here.municipality.id)
    make_plan(make_round(PhaseKind.VOTE, title="Stem in Hierstad"))
    make_round(PhaseKind.PROPOSE, title="KANARIE geheim", state="draft")
    quiet = make_town("GM9996", "Stilstad", ("stil.example",))
    outside = make_town("GM9997", "Elders", ("elders.example",))
    tenancy.enter(db.session(), outside.municipality.id)
    make_round(PhaseKind.VOTE, title="KANARIE elders")
    region = Municipality(code="RG01", kind=MunicipalityKind.REGION, name="Regio Rivierenland")
    create_municipality(SYSTEM, region, ["regio.example"], [here.municipality, quiet.municipality])
    news.publish_news(
        OFFICIAL, news.draft_news(OFFICIAL, news.NewsText("gemeente", "alles", "Samen verder", "Tekst.", "Regio"))
    )
    bare_app.test_client_class = CheckedClient
    return bare_app.test_client()  # type: ignore[return-value]


def test_the_page_of_a_region_says_where_its_members_stand_and_nothing_of_others(client: CheckedClient) -> None:
    page = client.get("/", base_url=REGION).text
    assert "Stem in Hierstad" in page
    assert "http://hier.example" in page
    assert "Stilstad" in page
    assert "Nu niets bezig" in page
    assert "KANARIE" not in page


def test_members_share_the_news_of_their_region_and_others_do_not(client: CheckedClient) -> None:
    assert "Samen verder" in client.get("/nieuws", base_url=HERE).text
    assert "Samen verder" not in client.get("/nieuws", base_url=ELSEWHERE).text
    assert "Samen verder" in client.get("/", base_url=REGION).text


def test_the_operator_sees_numbers_of_every_municipality_and_nobody_of_its_people(client: CheckedClient) -> None:
    make_person("KANARIEVOGEL", email="kanarie@voorbeeld.nl")
    let_in(client, make_person("Ops", RoleName.OPERATOR), base_url=REGION)
    page = client.get("/beheer/installatie", base_url=REGION).text
    for name in ("Hierstad", "Stilstad", "Elders", "Regio Rivierenland"):
        assert name in page
    assert "kanarie" not in page.lower()


def test_an_admin_does_not_see_the_installation(client: CheckedClient) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN), base_url=REGION)
    assert client.get("/beheer/installatie", base_url=REGION).status_code == 403
