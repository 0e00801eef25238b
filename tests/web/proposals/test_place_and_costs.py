"""Where a plan is and what it costs: by point, buurt and address, as one amount or line by line."""

from __future__ import annotations

import re
from typing import Any

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals.actions.drafting import begin_draft, submit_draft, write_draft
from buurtbegroting.blueprints.proposals.actions.history import take_out_words
from buurtbegroting.blueprints.proposals.actions.writing import change_proposal
from buurtbegroting.blueprints.proposals.models import Proposal, ProposalDraft
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

NOORD, MIDDEN = "BU99980101", "BU99980201"
IN_NOORD = {"latitude": 52.005, "longitude": 5.01}
IN_MIDDEN = {"latitude": 52.005, "longitude": 5.03}
ELSEWHERE = {"latitude": 51.0, "longitude": 4.0}
NOWHERE = {"latitude": None, "longitude": None}
LINES = [{"what": "Hout", "cents": 30_000}, {"what": "Verf", "cents": 4_550}]


@pytest.fixture
def round_(town: Town) -> Round:
    return make_round(PhaseKind.PROPOSE)


@pytest.fixture
def fatima(round_: Round) -> Person:
    return make_person("Fatima Ahmed")


@pytest.fixture
def draft(fatima: Person, round_: Round) -> ProposalDraft:
    return begin_draft(as_(fatima), round_)


def as_(person: Person) -> Actor:
    return Actor(id=str(person.id))


def written(draft: ProposalDraft, person: Person, **answers: Any) -> dict[str, Any]:
    return write_draft(as_(person), draft, answers).content


def handed_in(draft: ProposalDraft, person: Person, **answers: Any) -> Proposal:
    needed = {"title": "Bank", "what": "w", "why": "y", "pot": str(draft.round.pots[0].id), "carrier": "together"}
    write_draft(as_(person), draft, needed | {"cost_cents": 100} | answers)
    return submit_draft(as_(person), draft, says_old_enough=True)


def test_a_point_says_in_which_buurt_and_wijk_a_plan_lies(draft: ProposalDraft, fatima: Person) -> None:
    plan = handed_in(draft, fatima, buurt_code="", **IN_MIDDEN)
    assert (plan.buurt_code, plan.wijk_code) == (MIDDEN, "WK999802")
    assert (plan.latitude, plan.longitude) == (52.005, 5.03)


def test_a_buurt_alone_is_enough_and_so_is_nothing(draft: ProposalDraft, fatima: Person, round_: Round) -> None:
    plan = handed_in(draft, fatima, buurt_code=NOORD, **NOWHERE)
    assert (plan.buurt_code, plan.wijk_code, plan.latitude) == (NOORD, "WK999801", None)
    other = handed_in(begin_draft(as_(fatima), round_), fatima, buurt_code="", **NOWHERE)
    assert (other.buurt_code, other.wijk_code) == (None, None)


def test_without_a_buurt_the_wijk_is_that_of_the_money(town: Town, fatima: Person) -> None:
    pots = [Pot(position=1, amount_cents=100_000, area=town.wijken["WK99980A"])]
    draft = begin_draft(as_(fatima), make_round(PhaseKind.PROPOSE, pots=pots))
    assert handed_in(draft, fatima, buurt_code="", **NOWHERE).wijk_code == "WK99980A"


def test_what_was_chosen_last_counts_the_point_or_the_buurt(draft: ProposalDraft, fatima: Person) -> None:
    kept = written(draft, fatima, buurt_code=NOORD, **IN_MIDDEN)
    assert (kept["buurt_code"], kept["latitude"]) == (MIDDEN, 52.005)
    kept = written(draft, fatima, buurt_code=NOORD, **IN_MIDDEN)
    assert (kept["buurt_code"], kept["latitude"]) == (NOORD, None)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"buurt_code": "", **ELSEWHERE}, "latitude"),
        ({"buurt_code": "", "latitude": float("nan"), "longitude": 5.01}, "latitude"),
        ({"buurt_code": "BU00000000", **NOWHERE}, "buurt_code"),
        ({"buurt_code": "WK999801", **NOWHERE}, "buurt_code"),
    ],
)
def test_a_place_outside_the_municipality_is_refused(
    draft: ProposalDraft, fatima: Person, answers: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        written(draft, fatima, **answers)
    assert field in refused.value.fields


def test_a_point_outside_is_refused_on_the_page_with_a_sentence(
    client: CheckedClient, draft: ProposalDraft, fatima: Person
) -> None:
    let_in(client, fatima)
    step = f"/plannen/nieuw/{draft.id}/waar"
    sent = {"pot": str(draft.round.pots[0].id), "buurt_code": "", "address": ""}
    wrong = send(client, step, **sent, latitude="51.0", longitude="4.0")
    assert wrong.status_code == 422
    assert "Dit punt ligt niet in Proefstad." in wrong.text
    assert send(client, step, **sent, latitude="hier", longitude="daar").status_code == 303
    assert "Gekozen" not in client.get(f"/plannen/nieuw/{draft.id}").text
    assert send(client, step, **sent, latitude="52.005", longitude="5.01").status_code == 303
    page = client.get(step).text
    assert re.search(rf'<option selected value="{NOORD}"', page)
    assert "Gekozen" in client.get(f"/plannen/nieuw/{draft.id}").text


def test_the_page_has_its_map_hidden_until_the_script_draws_it(
    client: CheckedClient, draft: ProposalDraft, fatima: Person
) -> None:
    let_in(client, fatima)
    page = client.get(f"/plannen/nieuw/{draft.id}/waar").text
    assert re.search(r"data-place\b[^>]*\bhidden>", page)
    assert '<optgroup label="Noord">' in page
    assert 'data-tiles=""' in page
    assert "leaflet.js" in page
    assert "leaflet" not in client.get(f"/plannen/nieuw/{draft.id}/wat").text


def test_the_place_of_a_plan_is_changed_and_its_version_tells(
    client: CheckedClient, fatima: Person, round_: Round
) -> None:
    plan = make_plan(round_, state="submitted", authors=(fatima,), buurt_code=NOORD, wijk_code="WK999801", **IN_NOORD)
    change_proposal(as_(fatima), plan, {"buurt_code": "", **IN_MIDDEN}, "", plan.version)
    assert (plan.buurt_code, plan.wijk_code, plan.longitude) == (MIDDEN, "WK999802", 5.03)
    page = client.get(f"/plannen/{plan.number}/versies").text
    assert "Kern " in page
    assert re.search(r"<del>.*?Noord.*?</del>\s*<ins>.*?Midden", page, re.DOTALL)
    shown = client.get(f"/plannen/{plan.number}-bankje").text
    assert "Kern Midden," in shown
    assert "/wijken/WK999802-midden" in shown


def test_lines_add_up_to_what_is_asked(draft: ProposalDraft, fatima: Person) -> None:
    plan = handed_in(draft, fatima, cost_cents=99, cost_lines=LINES)
    assert plan.cost_cents == 34_550
    assert plan.cost_lines == LINES


def test_costs_are_listed_without_scripts_line_by_line(
    client: CheckedClient, draft: ProposalDraft, fatima: Person
) -> None:
    let_in(client, fatima)
    step = f"/plannen/nieuw/{draft.id}/kosten"
    assert 'id="cost_lines-1-what"' not in client.get(step).text
    more = send(client, step, cost_cents="", extra="line")
    assert (more.status_code, more.text.count('-what" name')) == (200, 0)
    assert 'id="cost_lines-1-what"' in more.text
    assert "autofocus" in more.text
    typed = {"cost_lines-what": ["Hout", ""], "cost_lines-amount": ["€ 300,-", ""]}
    more = send(client, step, **typed, cost_cents="", own_cents="12", extra="line")
    assert 'id="cost_lines-3-what"' in more.text
    assert 'value="12"' in more.text
    typed = {"cost_lines-what": ["Hout", "Verf", ""], "cost_lines-amount": ["€ 300,-", "45,50", ""]}
    assert send(client, step, **typed, cost_cents="").status_code == 303
    read_anew(db.session())
    assert db.session.get_one(ProposalDraft, draft.id).content["cost_cents"] == 34_550
    assert "Hout: €\N{NO-BREAK SPACE}300" in client.get(f"/plannen/nieuw/{draft.id}").text


@pytest.mark.parametrize(
    ("what", "amount", "words"),
    [
        ("Hout", "", "Regel 1: Vul in wat het ongeveer kost."),
        ("Hout", "veel", "Regel 1: Vul een bedrag in euro’s in"),
        ("", "12", "Regel 1: Vul in een paar woorden in waar het voor is."),
        ("x" * 101, "12", "Regel 1: Vul in een paar woorden in waar het voor is."),
    ],
)
def test_a_line_that_is_half_says_what_is_missing(
    client: CheckedClient, draft: ProposalDraft, fatima: Person, what: str, amount: str, words: str
) -> None:
    let_in(client, fatima)
    step = f"/plannen/nieuw/{draft.id}/kosten"
    wrong = send(client, step, **{"cost_lines-what": what, "cost_lines-amount": amount}, cost_cents="")
    assert wrong.status_code == 422
    assert words in wrong.text
    assert f'value="{what}"' in wrong.text


def test_there_is_an_amount_or_there_are_lines(client: CheckedClient, draft: ProposalDraft, fatima: Person) -> None:
    let_in(client, fatima)
    step = f"/plannen/nieuw/{draft.id}/kosten"
    assert "Vul in wat het ongeveer kost." in send(client, step, cost_cents="").text
    many = {"cost_lines-what": ["x"] * 31, "cost_lines-amount": ["1"] * 31}
    assert send(client, step, **many, cost_cents="").status_code == 422


def test_the_plan_shows_its_lines_and_a_version_keeps_them(
    client: CheckedClient, fatima: Person, round_: Round
) -> None:
    plan = make_plan(round_, state="submitted", authors=(fatima,), summary="x", what="w", why="y", carrier="residents")
    let_in(client, fatima)
    page = f"/plannen/{plan.number}/wijzigen"
    known = {name: plan.written[name] or "" for name in ("title", "summary", "what", "why", "carrier")}
    assert 'id="cost_lines-1-what"' in send(client, page, **known, extra="line").text
    typed = {"cost_lines-what": ["Hout", "Verf"], "cost_lines-amount": ["300", "45,50"]}
    assert send(client, page, **known, **typed, cost_cents="").status_code == 303
    shown = client.get(f"/plannen/{plan.number}-bankje").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Waar het geld voor is" in shown
    assert "€ 345,50" in shown
    assert "later vastgesteld" not in shown
    assert "Hout" in client.get(f"/plannen/{plan.number}/versies").text
    assert 'value="45,50"' in client.get(page).text
    answer = client.get(f"/api/v1/plannen/{plan.number}").json
    assert answer["kostenregels"][1] == {"wat": "Verf", "bedragInCenten": 4550}
    gone = {"cost_lines-what": ["", ""], "cost_lines-amount": ["", ""]}
    assert send(client, page, **known, **gone, cost_cents="20").status_code == 303
    assert client.get(f"/api/v1/plannen/{plan.number}").json["kostenregels"] == []


def test_another_amount_than_the_lines_is_said_beside_them(client: CheckedClient, round_: Round) -> None:
    plan = make_plan(round_, 500, cost_lines=LINES)
    assert "later vastgesteld" in client.get(f"/plannen/{plan.number}-bankje").text


def test_words_are_taken_out_of_lines_too(fatima: Person, round_: Round) -> None:
    plan = make_plan(round_, authors=(fatima,), buurt_code=NOORD, cost_lines=[{"what": "Bij De Wit", "cents": 100}])
    moderator = Actor(id="m", roles=frozenset({Role(RoleName.MODERATOR)}))
    take_out_words(moderator, plan, "De Wit")
    assert plan.cost_lines == [{"what": "Bij […]", "cents": 100}]
    assert plan.buurt_code == NOORD
