"""An official makes a round by a few questions, makes it known and fixes its conditions."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from buurtbegroting.blueprints.accounts.models import Rhythm
from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.rounds import queries
from buurtbegroting.blueprints.rounds.actions.criteria import CriterionText, write_criterion
from buurtbegroting.blueprints.rounds.models import Criterion, Round
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import actor_of, let_in, make_person, newest_mail_to, send
from tests.factories.towns import Town
from tests.pages import CheckedClient

ADMIN = Actor(id="admin", roles=frozenset({Role(RoleName.ADMIN)}))
ROUNDS = "/beheer/rondes"


@pytest.fixture
def official(client: CheckedClient, town: Town) -> CheckedClient:
    write_criterion(ADMIN, Criterion(), CriterionText(1, "Is het veilig?", "", "Wegen"))
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    return client


def begin(client: CheckedClient, preset: str) -> str:
    """Begin a round after a model and return its address."""
    answer = send(client, f"{ROUNDS}/nieuw", f"{ROUNDS}/nieuw", title="Wijkpot", preset=preset)
    found = re.match(rf"{ROUNDS}/[\d-]+", answer.headers["Location"])
    assert found
    return found[0]


def public(address: str) -> str:
    """Return the residents' address of a round."""
    return address.replace("/beheer", "")


def fill(client: CheckedClient, address: str, **answers: str) -> str:
    """Answer one question with what stands on its page and some answers, and return where it leads."""
    page = client.get(address).text
    shown = dict(re.findall(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', _without_choices(page)))
    shown |= dict(re.findall(r'<input checked[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', page))
    shown |= dict(re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>\s*([^<]*)</textarea>', page))
    answer = client.post(address, data=shown | answers)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def _without_choices(page: str) -> str:
    return re.sub(r'<input[^>]*type="(?:radio|checkbox)"[^>]*>', "", page)


def the_round(address: str) -> Round:
    read_anew(db.session())
    found = queries.round_by_number(address.rsplit("/", 1)[-1])
    assert found
    return found


ANSWERS = {
    "naam": {"summary": "Kleine plannen voor de wijk."},
    "geld": {"amount_WK999801": "10.000", "amount_": "2500"},
    "herkomst": {"legal_form": "subsidy", "funding_source": "Programma Wijken", "budget_year": "2027"},
    "wie-kiest": {"deciding_days": "1-3-2027"},
}


@pytest.mark.parametrize(
    ("preset", "questions", "kinds"),
    [
        ("all-year", 8, ["all-year"]),
        ("simple", 10, ["propose", "assess", "vote", "result", "deliver"]),
        ("codes", 10, ["propose", "assess", "vote", "result", "deliver"]),
    ],
)
def test_every_model_becomes_a_round_by_at_most_ten_questions(
    official: CheckedClient, preset: str, questions: int, kinds: list[str]
) -> None:
    address = begin(official, preset)
    at, asked = f"{address}/vraag/naam", 0
    while "/vraag/" in at:
        asked += 1
        at = fill(official, at, **ANSWERS.get(at.rsplit("/", 1)[-1], {}))
    assert asked == questions
    assert "Nog te doen" not in official.get(at).text
    assert official.get(public(address) + "-wijkpot").status_code == 200
    answer = send(official, f"{address}/bekendmaken", address)
    assert "Iedereen kan deze ronde nu zien." in official.get(answer.headers["Location"]).text
    made = the_round(address)
    assert made.state == "published"
    assert [each.kind_name for each in made.phases] == kinds
    assert [(pot.area.code if pot.area else None, pot.amount_cents) for pot in made.pots] == [
        ("WK999801", 10_000_00),
        (None, 2_500_00),
    ]
    assert [each.question for each in made.criteria] == ["Is het veilig?"]
    rules = official.get(public(address) + "/spelregels").text
    assert "Is het veilig?" in rules
    assert "€ 10.000" in rules.replace("\xa0", " ")


def test_what_is_missing_is_named_and_a_round_without_it_stays_unknown(official: CheckedClient) -> None:
    address = begin(official, "codes")
    page = official.get(address).text
    assert "Zeg hoeveel geld er is, en waar." in page
    answer = send(official, f"{address}/bekendmaken", f"{ROUNDS}/nieuw")
    assert answer.status_code == 422
    assert the_round(address).state == "draft"


def test_nobody_else_sees_a_draft(official: CheckedClient, client: CheckedClient) -> None:
    address = begin(official, "codes")
    let_in(client, make_person("Fatima"))
    assert client.get(address).status_code == 403
    assert client.get(public(address)).status_code == 404
    assert client.get(public(address) + "/spelregels").status_code == 404


def made_known(client: CheckedClient, preset: str = "all-year") -> str:
    address = begin(client, preset)
    for step, answers in ANSWERS.items():
        fill(client, f"{address}/vraag/{step}", **answers)
    send(client, f"{address}/bekendmaken", address)
    return address


def test_after_the_round_is_known_a_change_needs_a_reason_and_can_be_read_back(official: CheckedClient) -> None:
    address = made_known(official)
    step = f"{address}/vraag/wie-stelt-voor"
    page = official.get(step).text
    version = re.search(r'name="version"[^>]* value="(\d+)"', page)
    assert version
    answer = send(official, step, step, propose_from="area", propose_min_age="16", version=version[1])
    assert answer.status_code == 422
    assert "Zeg waarom dit verandert." in answer.text
    fill(official, step, propose_from="area", propose_min_age="16", note="De raad wilde dit.")
    assert "De raad wilde dit." in official.get(f"{public(address)}/spelregels").text
    difference = official.get(f"{public(address)}/spelregels/2").text
    assert re.search(r"<del>.*Iedereen.*</del>", difference)
    assert official.get(f"{public(address)}/spelregels/3").status_code == 404


def test_two_officials_who_change_the_same_see_each_other(official: CheckedClient) -> None:
    address = made_known(official)
    step = f"{address}/vraag/naam"
    first = re.search(r'name="version"[^>]* value="(\d+)"', official.get(step).text)
    assert first
    fill(official, step, summary="Voor iedereen.", note="Korter.")
    late = send(official, step, step, title="Wijkpot", summary="Voor de wijk.", note="Anders.", version=first[1])
    assert late.status_code == 409
    assert "Dit is gewijzigd terwijl u schreef" in late.text


def test_frozen_conditions_do_not_change_but_words_do(official: CheckedClient) -> None:
    address = made_known(official)
    send(official, f"{address}/vastzetten", f"{address}/vastzetten")
    assert the_round(address).conditions_hash
    step = f"{address}/vraag/wie-stelt-voor"
    page = official.get(step).text
    version = re.search(r'name="version"[^>]* value="(\d+)"', page)
    assert version
    refused = send(
        official, step, step, propose_from="area", propose_min_age="16", note="Toch anders.", version=version[1]
    )
    assert refused.status_code == 409
    assert "De voorwaarden van deze ronde staan vast." in refused.text
    assert the_round(address).rulebook.propose_from == "everybody"
    fill(official, f"{address}/vraag/naam", summary="Beter gezegd.", note="Duidelijker.")
    assert the_round(address).summary == "Beter gezegd."
    assert official.get(f"{address}/vastzetten").status_code == 409


def test_moved_dates_are_read_by_everybody_with_their_reason(official: CheckedClient) -> None:
    address = made_known(official, "codes")
    follower = make_person("Volger", rhythm=Rhythm.AT_ONCE)
    follow(actor_of(follower), "ronde", the_round(address).number)
    phase = the_round(address).phases[-1]
    assert phase.ends_at
    last = (phase.ends_at + timedelta(days=30)).date()
    dates = f"{address}/data/deliver"
    first = re.search(r'id="first_day"[^>]* value="([\d-]+)"', official.get(dates).text)
    assert first
    without = send(official, dates, dates, first_day=first[1], last_day=str(last), reason="")
    assert without.status_code == 422
    done = send(official, dates, dates, first_day=first[1], last_day=str(last), reason="Het plein ligt nog open.")
    assert done.status_code == 303
    assert "Het plein ligt nog open." in official.get(public(address) + "-wijkpot").text
    back = send(official, dates, dates, first_day=first[1], last_day=str(date(2000, 1, 1)), reason="Fout.")
    assert back.status_code == 422
    assert "Het plein ligt nog open." in newest_mail_to(follower.email)


def test_a_copy_has_the_same_rules_and_other_dates(official: CheckedClient) -> None:
    address = made_known(official, "simple")
    answer = send(official, f"{address}/kopie", f"{address}/kopie", title="Wijkpot 2028")
    copied = the_round(answer.headers["Location"].split("?")[0])
    assert copied.state == "draft"
    assert copied.rulebook.decision_form == "live"
    assert [pot.amount_cents for pot in copied.pots] == [10_000_00, 2_500_00]
    assert [each.question for each in copied.criteria] == ["Is het veilig?"]
    gone = send(official, f"{ROUNDS}/{copied.number}/weg", f"{ROUNDS}/{copied.number}/weg")
    assert gone.status_code == 303
    assert official.get(f"{ROUNDS}/{copied.number}").status_code == 404
    assert official.get(f"{address}/weg").status_code == 409


def test_a_total_is_divided_by_inhabitants_before_it_is_kept(official: CheckedClient) -> None:
    address = begin(official, "codes")
    page = send(official, f"{address}/vraag/geld", f"{address}/vraag/geld", total="30000", divide="1")
    assert page.status_code == 200
    assert the_round(address).pots == []


def test_free_and_maatwerk_money_stand_in_the_rules(official: CheckedClient) -> None:
    address = begin(official, "codes")
    for step, answers in ANSWERS.items():
        fill(official, f"{address}/vraag/{step}", **answers)
    more = {"free_cents": "1000", "maatwerk_cents": "500", "holder": "De wijkmanager", "support_needed": "20"}
    fill(official, f"{address}/vraag/meer", **more, tie_order="id")
    page = official.get(address).text.replace("\xa0", " ")
    assert "€ 1.000, vrij voor wat niemand voorzag" in page
    assert "De wijkmanager meteen mag uitgeven" in page
    assert "de steun van 20 mensen" in page
    fill(official, f"{address}/vraag/geld", amount_WK999801="9000")
    assert [pot.kind for pot in the_round(address).pots] == ["plans", "plans", "free", "maatwerk"]
