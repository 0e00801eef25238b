"""Residents' pages: what they answer, in both languages, and what they never show."""

from __future__ import annotations

import flask
import pytest

from buurtbegroting.blueprints.municipalities.actions import set_theme
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.blueprints.voting.actions.results import count_pot, import_election, seal_ballots
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.counting import pabulib
from buurtbegroting.foundation import paths, tenancy
from buurtbegroting.foundation.database import db, transaction
from tests.factories.rounds import make_plan, make_round, phases_now_in
from tests.factories.towns import Town, make_town
from tests.pages import CheckedClient

PROEFSTAD = paths.ROOT / "tests/fixtures/pb/proefstad.pb"
PAGES = ("/", "/wijken", "/rondes", "/plannen", "/uitslag", "/zo-werkt-het", "/toegankelijkheid", "/privacy")


@pytest.fixture
def counted(town: Town) -> str:
    """The address of the result of a taken-over election."""
    taken = import_election(SYSTEM, town.municipality, pabulib.read(PROEFSTAD))
    return f"/uitslag/{taken.number}-proefstad/pot-1"


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_there_in_both_languages_even_when_nothing_is_going_on(
    client: CheckedClient, page: str, language: str
) -> None:
    response = client.get(language + page)
    assert response.status_code == 200
    assert f'<html lang="{"en" if language else "nl"}"' in response.text


def test_english_pages_link_to_english_pages_and_back(client: CheckedClient) -> None:
    page = client.get("/en/plannen?zoek=boom").text
    assert 'href="/en/rondes"' in page
    assert 'href="/plannen?zoek=boom" lang="nl"' in page
    assert "/en/static" not in page


def test_postcode_and_house_number_lead_to_the_wijk(client: CheckedClient) -> None:
    response = client.post("/", data={"postcode": " 1234 cd", "house_number": "2"})
    assert (response.status_code, response.headers["Location"]) == (303, "/wijken/WK999802-midden")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"postcode": ""}, "Vul uw postcode in"),
        ({"postcode": "12345"}, "Vul uw postcode in"),
        ({"postcode": "9999ZZ"}, "Wij kennen deze postcode niet"),
        ({"postcode": "1234CD"}, "ligt in meer dan één wijk: Noord / Midden"),
        ({"postcode": "1234AB", "house_number": "twaalf"}, "Vul alleen het nummer in"),
        ({"postcode": "1234AB", "house_number": "-3"}, "Vul alleen het nummer in"),
    ],
)
def test_a_wrong_address_is_asked_again_with_what_was_typed(
    client: CheckedClient, data: dict[str, str], words: str
) -> None:
    response = client.post("/", data=data)
    assert response.status_code == 422
    assert words in response.text
    assert "<title>Fout: " in " ".join(response.text.split()).replace("> Fout", ">Fout")
    assert f'value="{data["postcode"]}"' in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_an_address_with_an_old_title_leads_to_the_right_one(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(), title="Bomen & banken")
    right = f"/plannen/{plan.number}-bomen-banken"
    wrongs = ("", "-oude-titel?van=mail", "?number=x&name=y&endpoint=z&_scheme=gopher")
    for wrong in (f"/plannen/{plan.number}{each}" for each in wrongs):
        response = client.get(wrong)
        assert response.status_code == 308
        assert response.headers["Location"].startswith(right)
    assert client.get(right).status_code == 200


def test_a_random_order_gets_its_seed_and_obeys_nothing_else_in_the_address(client: CheckedClient, town: Town) -> None:
    response = client.get("/plannen?volgorde=willekeurig&endpoint=x&_scheme=gopher&_external=1&zoek=a")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/plannen?volgorde=willekeurig&endpoint=x")
    assert client.get(response.headers["Location"]).status_code == 200


def test_hidden_things_are_nowhere(client: CheckedClient, town: Town) -> None:
    round_ = make_round(PhaseKind.PROPOSE)
    hidden = [
        make_plan(round_, title="CANARY hidden", state="hidden"),
    ]
    draft = make_round(title="CANARY round", state="draft")
    hidden.append(make_plan(draft, title="CANARY of a draft round"))
    for page in (
        *PAGES,
        "/plannen.csv",
        "/plannen?weergave=kaart",
        "/api/v1/plannen",
        "/api/v1/rondes",
        "/wijken/WK999801-noord",
        f"/rondes/{round_.number}-proefronde",
    ):
        response = client.get(page)
        assert response.status_code == 200
        assert "CANARY" not in response.text, page
    for plan in hidden:
        assert client.get(f"/plannen/{plan.number}-x").status_code == 404
        assert client.get(f"/api/v1/plannen/{plan.number}").status_code == 404
    assert client.get(f"/rondes/{draft.number}-x").status_code == 404


def test_totals_are_hidden_until_the_phase_of_the_result(
    client: CheckedClient, town: Town, bare_app: flask.Flask
) -> None:
    round_ = make_round(PhaseKind.RESULT)
    plan = make_plan(round_)
    seal_ballots(SYSTEM, round_.pots[0], [[]])
    count_pot(SYSTEM, round_.pots[0], "Telling")
    with transaction(db.session()):
        fresh = {each.kind_name: each for each in phases_now_in(PhaseKind.VOTE)}
        for each in round_.phases:
            each.starts_at, each.ends_at = fresh[each.kind_name].starts_at, fresh[each.kind_name].ends_at
    address = f"/uitslag/{round_.number}-proefronde/pot-1"
    assert client.get(address.removesuffix("/pot-1")).status_code == 409
    for rest in ("/uitslag.csv", "/grafiek.json", "/stembiljetten.pb", "/telling.json"):
        assert client.get(address + rest).status_code == 409
    assert client.get(f"/api/v1/uitslagen/{round_.number}/potten/1").status_code == 409
    assert client.get("/api/v1/uitslagen").json == []
    assert round_.number not in client.get("/uitslag").text
    assert plan.number


def test_a_result_names_winners_losers_reasons_and_money(client: CheckedClient, counted: str) -> None:
    page = client.get(counted, follow_redirects=True).text
    assert "Speelplek" in page
    assert "Toen dit plan aan de beurt was, paste het niet meer in de pot." in page
    assert "€\N{NO-BREAK SPACE}400,50" in page
    english = client.get("/en" + counted, follow_redirects=True).text
    assert "it did not fit in the pot any more" in english


def test_an_election_held_elsewhere_claims_nothing_about_rules_made_here(client: CheckedClient, counted: str) -> None:
    page = client.get(counted, follow_redirects=True).text
    assert "Deze stemming was ergens anders" in page
    assert "Dat stond vooraf vast" not in page
    round_page = counted.removesuffix("-proefstad/pot-1").replace("uitslag", "rondes")
    assert "0 jaar of ouder" not in client.get(round_page, follow_redirects=True).text


def test_a_result_can_be_taken_away_and_counted_again(client: CheckedClient, counted: str) -> None:
    table = client.get(counted + "/uitslag.csv")
    assert table.text.splitlines()[1].split(";")[2:6] == ["Speelplek", "ja", "2", "600"]
    ballots = client.get(counted + "/stembiljetten.pb").data
    assert pabulib.parse(ballots, "terug.pb").election() == pabulib.read(PROEFSTAD).election()
    assert client.get(counted + "/telling.json").json["winners"] == ["1"]


def test_the_chart_has_the_rows_of_the_table_and_plain_titles(client: CheckedClient, counted: str) -> None:
    figure = client.get(counted + "/grafiek.json").json
    shown = {label: votes for bar in figure["data"] for label, votes in zip(bar["y"], bar["x"], strict=True)}
    assert sorted(shown.values()) == [1.0, 2.0]
    assert not [label for label in shown if "<" in label]


@pytest.mark.parametrize(
    ("rulebook", "said", "not_said"),
    [
        (
            {"rule": "greedy", "completion": "none", "min_votes": 83},
            ["Meeste stemmen.", "Een minimum aantal stemmen: 83."],
            ["blijft in de pot", "voor elke stemmer"],
        ),
        (
            {"rule": "equal-shares", "completion": "add1u", "is_exhaustive": False, "is_compared": True},
            ["1 erbij voor elke stemmer", "Vergeleken met de meeste stemmen."],
            ["Stoppen als er niets meer past"],
        ),
    ],
)
def test_a_round_tells_how_it_counts_and_nothing_that_is_not_so(
    client: CheckedClient, town: Town, rulebook: dict[str, object], said: list[str], not_said: list[str]
) -> None:
    page = client.get(f"/rondes/{make_round(rulebook=rulebook).number}-proefronde").text
    assert [words for words in said if words not in page] == []
    assert [words for words in not_said if words in page] == []


def test_a_formula_in_a_title_does_not_run_in_a_spreadsheet(client: CheckedClient, town: Town) -> None:
    make_plan(make_round(), title='=HYPERLINK("http://kwaad.example")')
    assert "'=HYPERLINK" in client.get("/plannen.csv").text


def test_text_of_residents_is_shown_as_text(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(), title="<b>Vet</b> & <script>alert(1)</script>", summary="<img src=x onerror=1>")
    page = client.get(f"/plannen/{plan.number}", follow_redirects=True).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;Vet" in page


def test_a_page_that_did_not_change_is_not_sent_again(client: CheckedClient) -> None:
    first = client.get("/wijken")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get("/wijken", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_municipality_has_its_own_pages_and_none_of_ours(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(title="Onze ronde"), title="Ons plan")
    make_town("GM9997", "Anderstad", ("ander.example",))
    theirs = {"base_url": "http://ander.example"}
    assert "Anderstad" in client.get("/", **theirs).text
    assert "Ons plan" not in client.get("/plannen", **theirs).text
    assert client.get(f"/plannen/{plan.number}", **theirs).status_code == 404
    assert client.get("/wijken/WK999801", **theirs).status_code == 404
    assert client.get("/thema/GM9998.css", **theirs).status_code == 404


def test_an_unknown_host_is_a_page_that_says_so(client: CheckedClient, town: Town) -> None:
    make_town("GM9997", "Anderstad", ("ander.example",))
    response = client.get("/", base_url="http://nergens.example")
    assert response.status_code == 404
    assert "Op dit adres is geen gemeente" in response.text


def test_a_municipality_without_english_has_no_english_pages(client: CheckedClient, bare_app: flask.Flask) -> None:
    town = make_town("GM9997", "Anderstad", ("ander.example",))
    with transaction(db.session()):
        town.municipality.languages = ["nl"]
    assert client.get("/en/", base_url="http://ander.example").status_code == 404
    assert 'hreflang="en"' not in client.get("/", base_url="http://ander.example").text


def test_the_colours_of_a_municipality_are_a_stylesheet_of_their_own(client: CheckedClient, town: Town) -> None:
    set_theme(SYSTEM, town.municipality, {"brand-700": "#0B4A57"})
    tenancy.enter(db.session(), town.municipality.id)
    assert "/thema/GM9998.css?v=" in client.get("/en/").text
    css = client.get("/thema/GM9998.css")
    assert "--bb-brand-700: #0b4a57;" in css.text
    assert css.mimetype == "text/css"


def test_the_map_shows_plans_with_a_place(client: CheckedClient, town: Town) -> None:
    make_plan(make_round(), title="Op de kaart", latitude=52.005, longitude=5.01)
    make_plan(make_round(), title="Buiten de kaart", latitude=51.0, longitude=4.0)
    page = client.get("/plannen?weergave=kaart").text
    assert "<title>Op de kaart</title>" in page
    assert "<title>Buiten de kaart</title>" not in page


def test_a_round_in_another_currency_is_written_in_it(client: CheckedClient, town: Town) -> None:
    round_ = make_round(currency="PLN", pots=[Pot(position=1, amount_cents=123_45)])
    assert "PLN\N{NO-BREAK SPACE}123,45" in client.get(f"/rondes/{round_.number}", follow_redirects=True).text


def test_a_pot_of_nothing_and_a_result_without_voters_have_pages(client: CheckedClient, town: Town) -> None:
    round_ = make_round(amount=0)
    plan = make_plan(round_, 0)
    count_pot(SYSTEM, round_.pots[0], "Telling")
    assert client.get(f"/uitslag/{round_.number}", follow_redirects=True).status_code == 200
    assert client.get(f"/plannen/{plan.number}", follow_redirects=True).status_code == 200
