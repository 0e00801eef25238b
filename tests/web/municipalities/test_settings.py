"""An admin changes what residents see of the municipality on every page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.municipalities import actions
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.blueprints.rounds.models import Criterion
from buurtbegroting.civic.actors import SYSTEM, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.terms import Source, Term, Unit
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

ADDRESS = "/beheer/instellingen"


def kept() -> Municipality:
    read_anew(db.session())
    return db.session.scalars(select(Municipality)).one()


def change(client: CheckedClient, **data: str) -> int:
    version = client.get(ADDRESS).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    known = {"name": "Proefstad", "phone": "14 0998", "version": version}
    status: int = send(client, ADDRESS, None, **known | data).status_code
    return status


def test_an_admin_changes_name_help_and_colours(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    assert change(client, name="Nieuwstad", phone="14 0777", counter="Plein 2", dark="#123456") == 303
    page = client.get("/").text
    assert "Gemeente Nieuwstad" in page
    assert "tel:140777" in page
    assert kept().theme == {"brand-700": "#123456"}
    assert change(client, dark="") == 303
    assert kept().theme == {}


def test_colours_that_read_badly_are_refused_with_nothing_lost(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    refused = send(client, ADDRESS, None, name="Anders", dark="#eeeeee", version="1")
    assert refused.status_code == 422
    assert "Anders" in refused.text
    assert kept().name == "Proefstad"


def test_who_looked_at_an_older_version_overwrites_nothing(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    old = str(kept().version)
    assert change(client, phone="14 0001") == 303
    assert send(client, ADDRESS, None, name="Laat", phone="14 0002", version=old).status_code == 409
    assert kept().phone == "14 0001"


def admin(client: CheckedClient) -> CheckedClient:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    return client


def test_a_practice_that_is_switched_off_is_nowhere(client: CheckedClient, town: Town) -> None:
    make_round()
    assert "/rondes" in client.get("/").text
    done = send(admin(client), f"{ADDRESS}/onderdelen")
    assert done.headers["Location"] == f"{ADDRESS}/onderdelen?gelukt=bewaard"
    other = client.application.test_client()
    for address in ("/rondes", "/plannen", "/uitslag", "/api/v1/rondes", "/rondes/2026-1", "/agenda.ics"):
        assert other.get(address).status_code == 404, address
    assert 'href="/rondes"' not in other.get("/").text
    assert other.get("/wijken/WK999801-noord").status_code == 200
    assert "nog geen beloften" in other.get("/beloften").text
    send(client, f"{ADDRESS}/onderdelen", used="neighbourhood-budget")
    assert other.get("/rondes").status_code == 200


def test_a_promise_of_the_municipality_stands_beside_what_came_of_it(client: CheckedClient, town: Town) -> None:
    today = clock.local_day(clock.now(db.session()))
    round_ = make_round()
    for weeks in (1, 3, 9):
        make_plan(round_, submitted_on=today - timedelta(weeks=weeks + 1), answered_on=today - timedelta(weeks=1))
    assert "2 van de 3 keer" in client.get("/beloften").text
    admin(client)
    address = f"{ADDRESS}/termijnen/proposals-answer"
    assert send(client, address, length="0", named_source="").status_code == 422
    assert send(client, address, length="veel", named_source="").status_code == 422
    assert send(client, address, length="2", named_source="Verordening, artikel 4").status_code == 303
    shown = client.get("/beloften").text
    assert "2 weken" in shown
    assert "Verordening, artikel 4" in shown
    assert "1 van de 3 keer" in shown
    assert client.get(f"{ADDRESS}/termijnen/geen").status_code == 404


def test_the_law_is_not_changed_by_a_municipality(town: Town) -> None:
    term = Term("objection", _r("Objection"), 6, Unit.WEEKS, Source.LAW, "Awb 6:7")
    with pytest.raises(Invalid):
        actions.choose_term(SYSTEM, town.municipality, term, 8, "")


def test_own_words_stand_on_the_page_and_marks_do_no_harm(client: CheckedClient, town: Town) -> None:
    admin(client)
    address = f"{ADDRESS}/teksten/about/nl"
    assert send(client, address, body="## Welkom\n\n<b onclick=x>wij</b>", version="0").status_code == 303
    page = client.get("/over").text
    assert "<h2>Welkom</h2>" in page
    assert "&lt;b onclick=x&gt;" in page
    assert 'lang="nl"' in client.get("/en/over").text
    assert send(client, address, body="Anders", version="0").status_code == 409
    assert send(client, address, body="", version="1").status_code == 303
    assert "Welkom" not in client.get("/over").text
    assert client.get(f"{ADDRESS}/teksten/nergens/nl").status_code == 404


def test_the_statement_of_accessibility_is_the_municipalitys_own(client: CheckedClient, town: Town) -> None:
    assert "Onze verklaring" not in client.get("/toegankelijkheid").text
    admin(client)
    address = f"{ADDRESS}/toegankelijkheid"
    assert send(client, address, status="B", register="javascript:alert(1)").status_code == 422
    register = "https://www.toegankelijkheidsverklaring.nl/register/1"
    assert send(client, address, status="B", register=register, checked_on="2026-02-01").status_code == 303
    page = client.get("/toegankelijkheid").text
    assert "B: deze pagina" in page
    assert register in page
    assert "1 februari 2026" in page
    assert 'value="2026-02-01"' in client.get(address).text


def test_an_admin_keeps_the_questions_by_which_plans_are_judged(client: CheckedClient, town: Town) -> None:
    admin(client)
    first = {"question": "Is de grond van ons?", "department": "Grondzaken", "position": "1"}
    assert send(client, "/beheer/criteria/nieuw", **first).status_code == 303
    assert send(client, "/beheer/criteria/nieuw", **first).status_code == 422
    assert send(client, "/beheer/criteria/nieuw", question="", position="x").status_code == 422
    criterion = db.session.scalars(select(Criterion)).one()
    address = f"/beheer/criteria/{criterion.id}"
    assert send(client, address, **first | {"question": "Mag het daar?"}).status_code == 303
    assert "Mag het daar?" in client.get("/beheer/criteria").text
    assert send(client, f"{address}/verwijderen", "/beheer/criteria").status_code == 303
    assert "nog geen criteria" in client.get("/beheer/criteria").text
