"""Bringing in a file with spending: three steps, everything that is wrong at once, and the way back."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.insight import queries
from buurtbegroting.blueprints.insight.models import SpendingImport, SpendingLine
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person, send
from tests.factories.spending import MIDDEN, NOORD, csv_file, line, publish, xlsx_file
from tests.factories.towns import Town
from tests.pages import CheckedClient

START = "/beheer/uitgaven"
COLUMNS = {
    **{name: f"column:{place}" for place, name in enumerate(("year", "area", "field", "name", "amount"))},
    "unit": "1",
    "kind": "column:5",
    "allocation": "column:6",
    "source": "column:7",
}


@pytest.fixture
def sanne(client: CheckedClient, town: Town) -> CheckedClient:
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    return client


def upload(client: Any, data: bytes, name: str = "begroting.csv", source: str = "Begroting 2026") -> Any:
    answer = send(client, f"{START}/nieuw", file=(BytesIO(data), name), source=source)
    # A client keeps what it sent on disk when that is large.
    answer.request.input_stream.close()
    return answer


def sent(client: Any, data: bytes, **columns: str) -> tuple[str, Any]:
    """Bring in a file and choose its columns; return its address and where that led."""
    place = upload(client, data).headers["Location"]
    return place.removesuffix("/kolommen"), send(client, place, **COLUMNS | columns)


def lines() -> int:
    read_anew(db.session())
    return db.session.scalar(sa.select(sa.func.count()).select_from(SpendingLine)) or 0


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_an_official_brings_in_a_file_in_three_steps(sanne: CheckedClient, make: Any) -> None:
    place, done = sent(sanne, make(line(), line(area=MIDDEN, amount="2.000")))
    assert done.headers["Location"] == place
    page = sanne.get(place).text
    assert "€\N{NO-BREAK SPACE}3.000" in page
    assert all(name in page for name in ("Noord", "Midden"))
    assert lines() == 0
    done = send(sanne, f"{place}/publiceren", place)
    assert done.headers["Location"] == f"{place}?gelukt=gepubliceerd"
    assert lines() == 2
    assert "begroting.csv" in sanne.get(START).text
    assert sanne.get(f"{place}?gelukt=gepubliceerd").status_code == 200
    assert "€" in sanne.get(f"/inzicht/{NOORD}-noord").text


def test_the_columns_are_guessed_and_the_first_lines_shown(sanne: CheckedClient) -> None:
    place = upload(sanne, csv_file(line(name="Cliëntenraad"))).headers["Location"]
    page = sanne.get(place).text
    assert "Cliëntenraad" in page
    chosen = re.findall(r'<option selected value="([^"]+)"', page)
    assert chosen[:5] == ["column:0", "column:1", "column:2", "column:3", "column:4"]
    assert "data-error-summary" not in page


def test_every_line_that_is_wrong_is_listed_and_nothing_is_kept(sanne: CheckedClient) -> None:
    place, done = sent(sanne, csv_file(line(), line(amount="veel"), line(area="Nergens", field="ruimtevaart")))
    assert done.headers["Location"] == f"{place}/kolommen"
    page = sanne.get(f"{place}/kolommen").text
    for words in ("veel", "Nergens", "ruimtevaart"):
        assert words in page
    rows = sanne.get(f"{place}/fouten.csv").data.decode("utf-8-sig").splitlines()
    assert [row.split(";")[:2] for row in rows[1:]] == [["3", "bedrag"], ["4", "wijk"], ["4", "taakveld"]]
    assert sanne.get(place).headers["Location"] == f"{place}/kolommen"
    assert send(sanne, f"{place}/publiceren", f"{place}/kolommen").status_code == 422
    assert lines() == 0


def test_a_column_that_is_not_chosen_is_asked_for(sanne: CheckedClient) -> None:
    _, done = sent(sanne, csv_file(line()), amount="", kind="column:99")
    assert done.status_code == 422
    assert 'href="#amount"' in done.text
    assert 'href="#kind"' in done.text


def test_what_holds_for_every_line_is_chosen_once(sanne: CheckedClient) -> None:
    place, done = sent(sanne, csv_file(("Groen", "12"), head=("Naam", "Bedrag")), **ALL_LINES)
    assert done.headers["Location"] == place
    send(sanne, f"{place}/publiceren", place)
    (kept,), _ = queries.page_of_lines(queries.LineFilters(), 1, 10)
    assert (kept.area_code, kept.amount_cents, kept.source) == (None, 1_200_000, "Begroting 2026")


ALL_LINES = {
    "year": "fixed:2026",
    "area": "fixed:",
    "field": "column:0",
    "name": "column:0",
    "amount": "column:1",
    "unit": "1000",
    "kind": "fixed:begroot",
    "allocation": "fixed:per inwoner",
    "source": "fixed:",
}


def test_figures_of_the_same_year_are_replaced_only_when_that_is_chosen(sanne: CheckedClient, town: Town) -> None:
    earlier = publish(line(amount="1"))
    place, _ = sent(sanne, csv_file(line(amount="2")))
    assert f"{START}/{earlier.id}" in sanne.get(place).text
    assert send(sanne, f"{place}/publiceren", place).status_code == 422
    assert send(sanne, f"{place}/publiceren", place, earlier="replace").status_code == 303
    read_anew(db.session())
    states = db.session.scalars(sa.select(SpendingImport.state_name).order_by(SpendingImport.imported_at)).all()
    assert states == ["withdrawn", "published"]


def test_what_was_published_is_withdrawn_and_a_draft_thrown_away(sanne: CheckedClient) -> None:
    place, _ = sent(sanne, csv_file(line()))
    send(sanne, f"{place}/publiceren", place)
    done = send(sanne, f"{place}/intrekken", place)
    assert done.headers["Location"] == f"{place}?gelukt=ingetrokken"
    assert sanne.get(f"{place}?gelukt=ingetrokken").status_code == 200
    assert queries.years() == {}
    other, _ = sent(sanne, csv_file(line()))
    assert send(sanne, f"{other}/weggooien", f"{other}/kolommen").headers["Location"] == f"{START}?gelukt=weg"
    assert sanne.get(other).status_code == 404


@pytest.mark.parametrize(("name", "data"), [("a.csv", b""), ("a.xlsx", b"PK\x03\x04"), ("a.csv", b"een regel")])
def test_a_file_that_is_no_table_is_refused_at_its_field(sanne: CheckedClient, name: str, data: bytes) -> None:
    answer = upload(sanne, data, name)
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text


def test_without_a_file_or_a_source_both_are_asked_for(sanne: CheckedClient) -> None:
    answer = send(sanne, f"{START}/nieuw", source="")
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text
    assert 'href="#source"' in answer.text


def test_the_example_can_be_brought_in_as_it_is(sanne: CheckedClient) -> None:
    example = sanne.get(f"{START}/voorbeeld.csv").data
    place, done = sent(sanne, example)
    assert done.headers["Location"] == place


def test_words_of_a_file_run_nowhere(sanne: CheckedClient) -> None:
    place, _ = sent(sanne, csv_file(line(name="<script>alert(1)</script>"), line(name="=1+1", amount="x")))
    assert "<script>alert" not in sanne.get(f"{place}/kolommen").text
    made = publish(line(name='=HYPERLINK("https://a.nl")'), line(field="sport", name="<img src=x onerror=alert(1)>"))
    assert made.id
    assert "<img src=x" not in sanne.get(f"/inzicht/{NOORD}-noord?cijfers=2026-begroot").text
    assert ";\"'=HYPERLINK" in sanne.get(f"/inzicht/{NOORD}/uitgaven.csv?cijfers=2026-begroot").text
