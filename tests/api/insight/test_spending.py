"""What is spent, in the API: the same lines and receipts as on the pages, and nothing that was not published."""

from __future__ import annotations

from tests.factories.spending import MIDDEN, NOORD, draft, line, official, publish
from tests.factories.towns import Town
from tests.pages import CheckedClient


def test_the_published_lines_are_found_with_filters(client: CheckedClient, town: Town) -> None:
    sanne = official()
    publish(
        line(), line(area=MIDDEN, field="zorg", how="schatting"), line(2025, area="", kind="werkelijk"), actor=sanne
    )
    draft(sanne, line(name="Geheim"))
    body = client.get("/api/v1/uitgaven").json
    assert body["totaal"] == 3
    assert body["uitgaven"][0] == {
        "jaar": 2026, "soort": "begroot", "wijkCode": NOORD, "taakveld": "groen", "omschrijving": "Bomen",
        "bedragInCenten": 100000, "verdeling": "direct", "bron": "Begroting",
    }  # fmt: skip
    counts = {
        query: client.get(f"/api/v1/uitgaven?{query}").json["totaal"]
        for query in ("jaar=2025", "soort=begroot", f"wijkCode={MIDDEN}", "wijkCode=gemeente", "taakveld=zorg")
    }
    assert counts == {
        "jaar=2025": 1, "soort=begroot": 2, f"wijkCode={MIDDEN}": 1, "wijkCode=gemeente": 1, "taakveld=zorg": 1,
    }  # fmt: skip
    page = client.get("/api/v1/uitgaven?aantal=2&pagina=2").json
    assert (page["pagina"], len(page["uitgaven"])) == (2, 1)


def test_bad_filters_are_a_400(client: CheckedClient) -> None:
    for query in ("jaar=26", "soort=misschien", "taakveld=ruimtevaart", "aantal=0"):
        answer = client.get(f"/api/v1/uitgaven?{query}")
        assert answer.status_code == 400
        assert answer.content_type == "application/problem+json"


def test_a_wijk_has_its_receipt(client: CheckedClient, town: Town) -> None:
    publish(line(amount="500"), line(area="", field="overig", amount="300"))
    body = client.get(f"/api/v1/wijken/{NOORD}/uitgaven?jaar=2026&soort=begroot").json
    assert body == {
        "wijkCode": NOORD, "naam": "Noord", "jaar": 2026, "soort": "begroot", "inwoners": 1000,
        "regels": [{"taakveld": "groen", "bedragInCenten": 50000, "perInwonerInCenten": 50}],
        "gekozenDoorBewonersInCenten": 0, "totaalInCenten": 50000, "nietVerdeeldInCenten": 30000,
    }  # fmt: skip
    assert client.get(f"/api/v1/wijken/{NOORD}/uitgaven").status_code == 200


def test_without_figures_there_is_no_receipt(client: CheckedClient, town: Town) -> None:
    for address in (f"/api/v1/wijken/{NOORD}/uitgaven", "/api/v1/wijken/WK000000/uitgaven"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"
