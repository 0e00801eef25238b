"""The receipt of a wijk as residents see it: on screen, on paper, as a file; and asking about a line."""

from __future__ import annotations

import csv
import io
import re

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.conversations.models import Comment, Thread
from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, transaction
from tests.factories.people import let_in, make_person, send
from tests.factories.spending import MIDDEN, NOORD, Cells, line, publish
from tests.factories.towns import Town
from tests.pages import CheckedClient

NOORD_PAGE = f"/inzicht/{NOORD}-noord"


def this_year() -> int:
    return clock.local_day(clock.now(db.session())).year


@pytest.fixture
def lines(town: Town) -> list[Cells]:
    year = this_year()
    found = [
        line(year, name="Bomen en gras", amount="12.000,00"),
        line(year, field="zorg", name="Hulp thuis", amount="500.000", how="schatting"),
        line(year, area="", field="bibliotheek", name="De bieb", amount="30.000", how="per inwoner"),
        line(year, area="", field="overig", name="Stadhuis", amount="99.000"),
        line(year, area=MIDDEN, amount="8.000"),
        line(year - 1, amount="11.000"),
        line(year - 1, amount="10.500", kind="werkelijk"),
    ]
    publish(*found)
    return found


def amounts(page: str) -> list[str]:
    """Return the amounts on the receipt of a page, from top to bottom."""
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in re.findall(r"<dd>\s*([^<]*?)\s*</dd>", page)]


def test_a_resident_finds_the_receipt_by_postcode_and_nothing_of_it_is_kept(
    client: CheckedClient, lines: list[Cells]
) -> None:
    done = client.post("/inzicht", data={"postcode": "1234 ab"})
    assert (done.status_code, done.headers["Location"]) == (303, NOORD_PAGE)
    assert "Set-Cookie" not in done.headers
    assert client.post("/inzicht", data={"postcode": "9999 ZZ"}).status_code == 422
    assert client.post("/inzicht", data={"postcode": "1234 CD"}).status_code == 422


def test_the_receipt_adds_up_per_inhabitant_with_the_largest_first(client: CheckedClient, lines: list[Cells]) -> None:
    page = client.get(NOORD_PAGE).text
    assert amounts(page) == ["€ 500,00", "€ 12,00", "€ 10,00", "€ 522,00"]
    assert "€\N{NO-BREAK SPACE}99.000" in page
    for words in ("Bomen en gras", "Hulp thuis", "De bieb"):
        assert words in page


def test_a_switch_leads_to_the_amounts_for_everybody_together(client: CheckedClient, lines: list[Cells]) -> None:
    assert f'href="{NOORD_PAGE}?per=alles"' in client.get(NOORD_PAGE).text
    page = client.get(f"{NOORD_PAGE}?per=alles").text
    assert amounts(page) == ["€ 500.000", "€ 12.000", "€ 10.000", "€ 522.000"]


def test_other_years_and_what_was_really_spent_are_there_to_choose(client: CheckedClient, lines: list[Cells]) -> None:
    before = this_year() - 1
    assert amounts(client.get(f"{NOORD_PAGE}?cijfers={before}-begroot").text) == ["€ 11,00", "€ 11,00"]
    assert amounts(client.get(f"{NOORD_PAGE}?cijfers={before}-werkelijk").text) == ["€ 10,50", "€ 10,50"]
    assert amounts(client.get(f"{NOORD_PAGE}?cijfers=onzin").text)[0] == "€ 500,00"


def test_the_whole_municipality_has_a_receipt_of_everything(client: CheckedClient, lines: list[Cells]) -> None:
    page = client.get("/inzicht?per=alles").text
    assert amounts(page)[-1] == "€ 649.000"
    for code in (NOORD, MIDDEN, "WK99980A"):
        assert f"/inzicht/{code}-" in page


def test_without_figures_the_pages_say_so(client: CheckedClient, town: Town) -> None:
    for address in ("/inzicht", NOORD_PAGE, f"/inzicht/{NOORD}/bon"):
        page = client.get(address)
        assert page.status_code == 200
        assert amounts(page.text) == []
    assert client.get(f"/inzicht/{NOORD}/uitgaven.csv").status_code == 200
    assert "/inzicht/" not in client.get(f"/wijken/{NOORD}-noord").text


def test_a_wijk_without_inhabitants_shows_totals_only(client: CheckedClient, lines: list[Cells]) -> None:
    with transaction(db.session()):
        db.session.execute(sa.update(Area).where(Area.code == NOORD).values(inhabitants=None))
    page = client.get(NOORD_PAGE).text
    assert amounts(page) == ["€ 500.000", "€ 12.000", "€ 512.000"]
    assert "?per=alles" not in page
    assert client.get(f"/inzicht/{NOORD}/bon").status_code == 200


def test_one_address_is_right_and_no_receipt_is_there_of_what_is_no_wijk(client: CheckedClient, town: Town) -> None:
    assert client.get(f"/inzicht/{NOORD}?per=alles").headers["Location"] == f"{NOORD_PAGE}?per=alles"
    for code in ("WK000000", "BU99980101"):
        assert client.get(f"/inzicht/{code}").status_code == 404
        assert client.get(f"/inzicht/{code}/bon").status_code == 404
    assert client.get(f"/inzicht/{NOORD}/vraag/ruimtevaart").status_code == 404


def test_the_receipt_is_on_the_page_of_the_wijk_and_at_home(client: CheckedClient, lines: list[Cells]) -> None:
    page = client.get(f"/wijken/{NOORD}-noord").text
    assert f'href="{NOORD_PAGE}"' in page
    assert "€ 522,00" in amounts(page)
    assert "/inzicht" in client.get("/").text


def test_the_receipt_can_be_printed_with_a_code_that_leads_back(client: CheckedClient, lines: list[Cells]) -> None:
    sheet = client.get(f"/inzicht/{NOORD}/bon").text
    assert "bb-qr" in sheet
    assert f"http://localhost{NOORD_PAGE}" in sheet
    paper = client.get(f"/inzicht/{NOORD}/bon.pdf")
    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF-")


def test_everything_on_the_receipt_can_be_taken_away_as_a_file(client: CheckedClient, lines: list[Cells]) -> None:
    answer = client.get(f"/inzicht/{NOORD}/uitgaven.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [(row["taakveld"], row["bedrag"], row["per_inwoner"], row["verdeling"]) for row in rows] == [
        ("zorg", "500000,00", "500,00", "schatting"),
        ("groen", "12000,00", "12,00", "direct"),
        ("bibliotheek", "10000,00", "10,00", "per inwoner"),
    ]
    assert [row["deel_van_hele_gemeente"] for row in rows] == ["nee", "nee", "ja"]


def test_a_municipality_can_do_without_insight(client: CheckedClient, town: Town, lines: list[Cells]) -> None:
    with transaction(db.session()):
        town.municipality.switched_off = ["insight"]
    for address in ("/inzicht", NOORD_PAGE, "/api/v1/uitgaven"):
        assert client.get(address).status_code == 404
    assert "/inzicht" not in client.get("/").text


def test_a_resident_asks_about_a_line_and_everybody_reads_it_with_the_answer(
    client: CheckedClient, lines: list[Cells]
) -> None:
    address = f"/inzicht/{NOORD}/vraag/zorg"
    assert f'href="{address}"' in client.get(NOORD_PAGE).text
    assert 'href="/inloggen?naar=' in client.get(address).text
    fatima = client.application.test_client()
    let_in(fatima, make_person("Fatima", RoleName.AMBASSADOR))
    assert send(fatima, address, body="").status_code == 422
    assert send(fatima, address, body="Hoe?", website="https://reclame.example").status_code == 422
    done = send(fatima, address, body="Waarom zoveel?")
    thread = db.session.scalars(sa.select(Thread).where(Thread.kind == "uitgaven")).one()
    assert done.headers["Location"] == f"/gesprek/{thread.id}?gelukt=held#reactie-1"
    with transaction(db.session()):
        db.session.execute(sa.update(Comment).values(state_name="published"))
    talk = client.get(f"/gesprek/{thread.id}")
    assert "Waarom zoveel?" in talk.text
    assert f'href="{NOORD_PAGE}"' in talk.text
    assert f'href="/gesprek/{thread.id}"' in client.get(NOORD_PAGE).text
    sanne = client.application.test_client()
    let_in(sanne, make_person("Ambtenaar", RoleName.OFFICIAL))
    assert "/beheer/uitgaven" in sanne.get("/beheer").text
    assert "Waarom zoveel?" in sanne.get("/beheer/uitgaven").text


def test_of_very_many_things_the_largest_are_shown_and_all_are_in_the_file(client: CheckedClient, town: Town) -> None:
    publish(*(line(this_year(), name=f"Iets {place:03d}", amount=str(place)) for place in range(1, 61)))
    page = client.get(NOORD_PAGE).text
    assert "Iets 060" in page
    assert "Iets 001" not in page
    assert "Iets 001" in client.get(f"/inzicht/{NOORD}/uitgaven.csv").text
