"""The pages on which residents divide money over themes and officials keep the books."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.rounds import queries
from buurtbegroting.blueprints.rounds.actions.making import create_theme
from buurtbegroting.blueprints.rounds.models import Pot, Theme
from buurtbegroting.civic.actors import SYSTEM, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import NOW, WEEK, make_plan, make_round, make_round_to_divide
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.fixture
def themes(town: Town) -> list[Theme]:
    words = (("groen", "Groen", "Green"), ("sport", "Sporten", "Sports"))
    return [create_theme(SYSTEM, Theme(slug=slug, name_nl=nl, name_en=en)) for slug, nl, en in words]


def test_a_resident_divides_a_hundred_euros_and_an_official_makes_pots_of_it(
    client: CheckedClient, themes: list[Theme]
) -> None:
    made = make_round_to_divide()
    number = made.number
    page, form = f"/rondes/{number}/onderwerpen", f"/rondes/{number}/onderwerpen/verdelen"
    assert page in client.get(f"/rondes/{number}-verdelen").text
    assert client.get(form).status_code == 303
    let_in(client, make_person("Fatima"))
    green, sport = (f"theme_{theme.id}" for theme in themes)
    wrong = send(client, form, **{green: "70", sport: "20"})
    assert wrong.status_code == 422
    assert "90" in wrong.text
    assert 'value="70"' in wrong.text
    assert send(client, form, **{green: "veel", sport: "20"}).status_code == 422
    done = send(client, form, **{green: "70", sport: "30"})
    shown = client.get(done.location).text
    assert "Eén persoon verdeelde het geld" in shown
    assert "70" not in shown
    assert 'value="30"' in client.get(form).text
    let_in(client, make_person("Ambtenaar", RoleName.OFFICIAL))
    assert client.get(f"/beheer/rondes/{number}/onderwerpen").status_code == 409
    phase = next(each for each in made.phases if each.kind is PhaseKind.DIVIDE)
    with transaction(db.session()):
        phase.starts_at, phase.ends_at = NOW - 4 * WEEK, NOW - 3 * WEEK
    assert f"/beheer/rondes/{number}/onderwerpen" in client.get(f"/beheer/rondes/{number}").text
    assert "€ 700" in client.get(f"/beheer/rondes/{number}/onderwerpen").text.replace("\u00a0", " ")
    assert send(client, f"/beheer/rondes/{number}/onderwerpen").status_code == 303
    assert "Sporten" in client.get(f"/rondes/{number}-verdelen").text
    assert "70" in client.get(page).text


def test_an_official_writes_in_the_book_and_everybody_reads_it(client: CheckedClient, town: Town) -> None:
    round_ = make_round(PhaseKind.DELIVER, 100)
    plan = make_plan(round_, 40)
    let_in(client, make_person("Ambtenaar", RoleName.OFFICIAL))
    page, pot = f"/beheer/rondes/{round_.number}/kas", str(round_.pots[0].id)
    assert page in client.get(f"/beheer/rondes/{round_.number}").text
    for wrong in ({"plan": "2099-999"}, {"subject": ""}, {"amount": "0"}, {"kind": "stolen"}, {"is_correction": "y"}):
        filled = {"pot": pot, "kind": "spent", "amount": "40", "plan": "", "subject": "Verf"} | wrong
        assert send(client, page, **filled).status_code == 422
    assert send(client, page, pot=pot, kind="spent", amount="40", plan=plan.number, subject="").status_code == 303
    send(client, page, pot=pot, kind="spent", amount="5", plan=plan.number, is_correction="y", note="Te veel")
    read_anew(db.session())
    assert queries.balance_of(round_.pots[0]).sums["spent"] == 35_00
    shown = client.get(f"/rondes/{round_.number}/kas").text
    assert plan.number in shown
    assert "Te veel" in shown


def test_maatwerk_is_entered_with_what_came_of_it(client: CheckedClient, town: Town) -> None:
    pot = Pot(position=1, amount_cents=500_00, kind="maatwerk", holder="Het wijkteam")
    round_ = make_round(PhaseKind.ALL_YEAR, pots=[pot])
    let_in(client, make_person("Ambtenaar", RoleName.OFFICIAL))
    page = f"/beheer/rondes/{round_.number}/kas/maatwerk"
    assert page in client.get(f"/beheer/rondes/{round_.number}/kas").text
    filled = {"spent_on": "2026-01-05", "amount": "120", "kind": "Een fiets", "reached": "partly"}
    assert send(client, page, **filled | {"kind": ""}).status_code == 422
    assert send(client, page, **filled | {"amount": "501"}).status_code == 422
    assert send(client, page, **filled, would_do_again="y").status_code == 303
    shown = client.get(f"/rondes/{round_.number}/kas").text
    assert "Een fiets" in shown
    assert "Deels" in shown
    assert client.get(f"/beheer/rondes/{make_round(PhaseKind.ALL_YEAR).number}/kas/maatwerk").status_code == 404
