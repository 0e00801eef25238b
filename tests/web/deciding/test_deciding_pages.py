"""Officials fix a list and enter decisions on their pages; residents read them."""

from __future__ import annotations

import re

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.civic.phases import PhaseKind
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.fixture
def sanne(town: Town) -> Person:
    return make_person("Sanne", RoleName.OFFICIAL)


def in_round(**rules: object) -> Round:
    kind = PhaseKind.ALL_YEAR if rules.get("decision_form") == "jury" else PhaseKind.ASSESS
    made = make_round(kind, 50, rulebook=rules)
    make_plan(made, 20, title="Bankje", what="Een bank onder de boom.")
    make_plan(made, 40, title="Boom")
    return made


def test_a_second_official_fixes_the_list_that_everybody_then_reads(client: CheckedClient, sanne: Person) -> None:
    round_ = in_round()
    address, public = f"/beheer/rondes/{round_.number}/lijst", f"/rondes/{round_.number}/lijst"
    assert "Staat nog niet vast" in client.get(public).text
    let_in(client, sanne)
    done = send(client, address, address)
    assert "De lijst is voorgelegd." in client.get(done.headers["Location"]).text
    assert "Bevestig deze lijst" not in client.get(address).text
    assert send(client, f"{address}/bevestigen", address).status_code == 403
    let_in(client, make_person("Omar", RoleName.OFFICIAL))
    assert "Bevestig de lijst" in client.get("/beheer").text
    done = send(client, f"{address}/bevestigen", address)
    assert "De lijst staat vast." in client.get(done.headers["Location"]).text
    page = client.get(public).text
    assert "Vastgezet op" in page
    assert round_.list_hash in page
    assert client.get(address).status_code == 409


def test_a_list_can_be_taken_back_before_it_is_confirmed(client: CheckedClient, sanne: Person) -> None:
    round_ = in_round()
    address = f"/beheer/rondes/{round_.number}/lijst"
    let_in(client, sanne)
    send(client, address, address)
    done = send(client, f"{address}/terug", address)
    assert "Zij kan weer veranderen." in client.get(done.headers["Location"]).text


def test_a_list_that_is_not_ready_says_why(client: CheckedClient, sanne: Person) -> None:
    round_ = in_round()
    make_plan(round_, title="Zonder antwoord", state="submitted")
    let_in(client, sanne)
    page = client.get(f"/beheer/rondes/{round_.number}/lijst").text
    assert "hebben nog geen antwoord" in page
    refused = send(client, f"/beheer/rondes/{round_.number}/lijst", "/beheer/rondes/nieuw")
    assert refused.status_code == 422


def test_the_booklet_has_every_plan_also_in_large_print(client: CheckedClient, town: Town) -> None:
    round_ = in_round()
    page = client.get(f"/rondes/{round_.number}/boekje?letters=groot").text
    assert "Een bank onder de boom." in page
    assert 'class="large"' in page
    pdf = client.get(f"/rondes/{round_.number}/boekje.pdf?letters=groot")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")


def test_a_jury_decides_on_the_pages(client: CheckedClient, sanne: Person) -> None:
    round_ = in_round(decision_form="jury", decided_by="Bewonersadviesgroep")
    address = f"/beheer/rondes/{round_.number}/besluiten/nieuw"
    let_in(client, sanne)
    assert "Bewonersadviesgroep" in client.get(address).text
    about = {"held_on": "2026-01-05", "body": "Bewonersadviesgroep", "note": "Twee plannen besproken."}
    meeting = send(client, address, address, **about).headers["Location"]
    page = client.get(meeting).text
    numbers = re.findall(r'name="verdict_([\d-]+)" [^>]*value="granted"', page) or sorted(
        set(re.findall(r'name="verdict_([\d-]+)"', page))
    )
    assert len(numbers) == 2
    version = re.search(r'name="version"[^>]* value="(\d+)"', page)
    assert version
    first, second = numbers
    filled = {
        f"verdict_{first}": "granted",
        f"reason_{first}": "Goed voor de straat.",
        f"verdict_{second}": "refused",
        "version": version[1],
    }
    done = send(client, meeting, meeting, **about, **filled)
    assert done.status_code == 303, done.text
    assert "Geef een reden bij" in client.get(meeting).text
    assert send(client, f"{meeting}/publiceren", meeting).status_code == 422
    assert "Nothing" not in client.get(f"/rondes/{round_.number}/besluiten").text
    late = send(client, meeting, meeting, **about, **filled)
    assert late.status_code == 409
    filled |= {"version": str(int(version[1]) + 1), f"reason_{second}": "Er staat er al een."}
    send(client, meeting, meeting, **about, **filled)
    done = send(client, f"{meeting}/publiceren", meeting)
    public = client.get(done.headers["Location"]).text
    assert "Er staat er al een." in public
    assert "Goed voor de straat." in client.get(f"/plannen/{first}-bankje").text
    assert "€ 20" in client.get(f"/rondes/{round_.number}/kas").text.replace("\xa0", " ")
    assert client.get(meeting).status_code == 409


def test_what_is_not_published_is_nowhere(client: CheckedClient, sanne: Person) -> None:
    round_ = in_round(decision_form="jury")
    address = f"/beheer/rondes/{round_.number}/besluiten/nieuw"
    let_in(client, sanne)
    send(client, address, address, held_on="2026-01-05", body="CANARY-JURY", note="CANARY-NOTE")
    let_in(client, make_person("Fatima"))
    for page in (f"/rondes/{round_.number}/besluiten", f"/rondes/{round_.number}-proefronde", "/zoeken?q=CANARY"):
        assert "CANARY-" not in client.get(page).text.replace('value="CANARY', "")


def test_packages_are_put_together_and_taken_apart(client: CheckedClient, sanne: Person) -> None:
    round_ = in_round(decision_form="packages")
    address = f"/beheer/rondes/{round_.number}/pakketten"
    let_in(client, sanne)
    page = client.get(address).text
    pot = re.search(r'<option value="([\w-]+)"', page)
    plans = re.findall(r'name="plans"[^>]*value="([\w-]+)"', page)
    assert pot
    assert len(plans) == 2
    refused = send(client, address, address, letter="a", title="Alles", pot=pot[1], plans=plans)
    assert refused.status_code == 422
    send(client, address, address, letter="a", title="Zitten", pot=pot[1], plans=plans[:1])
    kept = client.get(address).text
    assert "A. Zitten" in kept
    assert "A. Zitten" in client.get(f"/rondes/{round_.number}/lijst").text
    away = re.search(r'action="(/beheer/pakketten/[\w-]+/verwijderen)"', kept)
    assert away
    send(client, away[1], address)
    assert "Er zijn nog geen pakketten." in client.get(address).text


def test_a_round_in_figures_adds_up_what_everybody_may_see(client: CheckedClient, town: Town) -> None:
    round_ = in_round()
    make_plan(round_, 5, title="Fout", state="infeasible", wijk_code="WK999801")
    make_plan(round_, 999, title="CANARY", state="hidden")
    page = client.get(f"/rondes/{round_.number}/cijfers").text.replace("\xa0", " ")
    assert "3 plannen" in page
    assert "€ 65" in page
    assert "999" not in page.replace("WK999801", "").replace("GM9998", "")
    rows = client.get(f"/rondes/{round_.number}/cijfers.csv").text
    assert "samen;Samen;3;2;1;0;65,00;0,00;" in rows
    chart = client.get(f"/rondes/{round_.number}/cijfers.json").get_json()
    assert [each["name"] for each in chart["data"]] == ["Kan", "Kan niet", "Nog geen antwoord"]
