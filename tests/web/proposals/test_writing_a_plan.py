"""Writing a plan as a resident does: one question per page, looked at once more, handed in, changed, taken back."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.accounts.models import Person, Rhythm
from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.conversations.models import Follow
from buurtbegroting.blueprints.proposals import queries
from buurtbegroting.blueprints.proposals.models import Proposal, ProposalDraft
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person, newest_mail_to, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

ANSWERS: dict[str, dict[str, str]] = {
    "naam": {"title": "Bank bij de vijver", "summary": "Een bank waar ouderen kunnen rusten."},
    "wat": {"what": "Een houten bank met leuning."},
    "waarom": {"why": "Nu is er nergens plek om te zitten."},
    "voor-wie": {"for_whom": "Ouderen"},
    "waar": {"buurt_code": "BU99980101", "address": "Bij de vijver"},
    "onderwerp": {"theme": ""},
    "kosten": {"cost_cents": "€ 1.250,50", "own_cents": "100", "hoped_cents": "", "maintenance_cents": ""},
    "uitvoering": {"carrier": "together", "interest": ""},
}


@pytest.fixture
def round_(town: Town) -> Round:
    return make_round(PhaseKind.PROPOSE)


@pytest.fixture
def fatima(round_: Round) -> Person:
    return make_person("Fatima Ahmed", wijk_code="WK999801")


def begin(client: CheckedClient, person: Person, round_: Round) -> str:
    let_in(client, person)
    begun = send(client, f"/plannen/nieuw/{round_.number}")
    return begun.headers["Location"].rpartition("/")[0]


def answered(client: CheckedClient, draft: str, round_: Round, but: tuple[str, ...] = ()) -> None:
    for step, answer in ANSWERS.items():
        if step not in but:
            known = answer | ({"pot": str(round_.pots[0].id)} if step == "waar" else {})
            assert send(client, f"{draft}/{step}", **known).status_code == 303, step


def plan() -> Proposal:
    read_anew(db.session())
    found = queries.proposal_by_number(db.session.scalars(select(Proposal.number)).one())
    assert found is not None
    return found


def test_a_plan_is_written_looked_at_and_handed_in(client: CheckedClient, fatima: Person, round_: Round) -> None:
    gerrit = make_person("Gerrit", rhythm=Rhythm.AT_ONCE)
    follow(Actor(id=str(gerrit.id)), "wijk", "WK999801")
    draft = begin(client, fatima, round_)
    answered(client, draft, round_)
    assert "€ 1.250,50" in client.get(draft).text.replace("\N{NO-BREAK SPACE}", " ")
    sent = send(client, draft, is_old_enough="y")
    made = plan()
    assert sent.headers["Location"] == f"/plannen/nieuw/ontvangen/{made.number}"
    assert made.number in client.get(sent.headers["Location"]).text
    assert (made.cost_cents, made.own_cents, made.hoped_cents) == (125_050, 10_000, 0)
    assert (made.author, made.wijk_code, made.state) == ("Fatima Ahmed", "WK999801", ProposalState.SUBMITTED)
    assert made.turn_party == "Gemeente Proefstad"
    assert made.turn_due is not None
    assert made.thread.visibility == "public"
    assert made.number in newest_mail_to("fatima@voorbeeld.nl")
    assert "Er is een nieuw plan" in newest_mail_to("gerrit@voorbeeld.nl")
    assert db.session.scalars(select(ProposalDraft)).all() == []
    assert db.session.scalar(select(Follow.id).where(Follow.kind == "plan", Follow.person_id == fatima.id))
    assert client.application.test_client().get(f"/plannen/{made.number}-bank-bij-de-vijver").status_code == 200


def test_each_question_says_what_is_wrong_and_keeps_what_was_typed(
    client: CheckedClient, fatima: Person, round_: Round
) -> None:
    draft = begin(client, fatima, round_)
    wrong = send(client, f"{draft}/naam", title="", summary="Iets moois")
    assert wrong.status_code == 422
    assert "Vul in hoe uw plan heet." in wrong.text
    assert "Iets moois" in wrong.text
    wrong = send(client, f"{draft}/kosten", cost_cents="veel")
    assert wrong.status_code == 422
    assert "Vul een bedrag in euro’s in" in wrong.text
    assert 'value="veel"' in wrong.text
    assert send(client, f"{draft}/waar", pot="").status_code == 422
    assert send(client, f"{draft}/waar", pot="een andere").status_code == 422
    assert client.get(f"{draft}/niets").status_code == 404


def test_somebody_stops_and_goes_on_another_day(client: CheckedClient, fatima: Person, round_: Round) -> None:
    draft = begin(client, fatima, round_)
    answered(client, draft, round_, but=("kosten",))
    assert "Bank bij de vijver" in client.get("/mijn/plannen").text
    assert "Bank bij de vijver" in client.get("/plannen/nieuw").text
    assert "één niet af" in client.get("/mijn").text
    early = send(client, draft)
    assert early.status_code == 422
    assert "Uw plan is nog niet af." in early.text
    assert re.search(r'href="[^"]*/kosten\?na=nakijken"', early.text)
    back = send(client, f"{draft}/kosten?na=nakijken", **ANSWERS["kosten"])
    assert back.headers["Location"] == draft
    assert send(client, draft, is_old_enough="y").status_code == 303


def test_a_draft_is_nobody_elses_business(client: CheckedClient, fatima: Person, round_: Round) -> None:
    draft = begin(client, fatima, round_)
    for name, *roles in (("Gerrit",), ("Sanne", RoleName.OFFICIAL), ("Aysel", RoleName.ADMIN)):
        other = let_in(client.application.test_client(), make_person(name, *roles))
        assert other.get(draft).status_code == 404
        assert send(other, f"{draft}/wat", f"/plannen/nieuw/{round_.number}", what="x").status_code == 404
    assert client.application.test_client().get(draft).headers["Location"].startswith("/inloggen")


def test_an_unfinished_plan_is_thrown_away(client: CheckedClient, fatima: Person, round_: Round) -> None:
    draft = begin(client, fatima, round_)
    assert send(client, f"{draft}/weg").headers["Location"].startswith("/mijn/plannen")
    assert client.get(draft).status_code == 404


def test_nobody_leaves_more_than_five_plans_unfinished(client: CheckedClient, fatima: Person, round_: Round) -> None:
    for _ in range(5):
        begin(client, fatima, round_)
    assert send(client, f"/plannen/nieuw/{round_.number}").status_code == 429


def test_nobody_hands_in_more_than_five_plans_a_day(client: CheckedClient, fatima: Person, round_: Round) -> None:
    for _ in range(5):
        make_plan(round_, authors=(fatima,))
    draft = begin(client, fatima, round_)
    answered(client, draft, round_)
    assert send(client, draft, is_old_enough="y").status_code == 429


@pytest.mark.parametrize("kind", [None, PhaseKind.ASSESS, PhaseKind.VOTE, PhaseKind.RESULT])
def test_plans_come_in_only_while_the_round_asks_for_them(
    client: CheckedClient, town: Town, kind: PhaseKind | None
) -> None:
    closed = make_round(kind)
    let_in(client, make_person())
    assert client.get(f"/plannen/nieuw/{closed.number}").status_code == 409
    assert f"/plannen/nieuw/{closed.number}" not in client.get("/plannen/nieuw").text


def test_a_double_click_hands_in_one_plan(client: CheckedClient, fatima: Person, round_: Round) -> None:
    draft = begin(client, fatima, round_)
    answered(client, draft, round_)
    page = client.get(draft).text
    hidden = dict(re.findall(r'name="(csrf_token|submission)"[^>]*value="([^"]*)"', page))
    first, second = (client.post(draft, data=hidden | {"is_old_enough": "y"}) for _ in range(2))
    assert first.status_code == 303
    assert second.status_code in (303, 404)
    assert plan().title == "Bank bij de vijver"


def written(plan: Proposal, **other: Any) -> dict[str, str]:
    known = {name: str(value or "") for name, value in plan.written.items() if not name.endswith("_cents")}
    return known | {"carrier": "residents", "cost_cents": "10", "note": "", "version": str(plan.version)} | other


def test_an_author_changes_a_plan_and_everybody_reads_what_changed(
    client: CheckedClient, fatima: Person, round_: Round
) -> None:
    made = make_plan(round_, state="submitted", authors=(fatima,), what="Een bank met leuning", summary="x", why="y")
    number = made.number
    let_in(client, fatima)
    assert f"/plannen/{number}/wijzigen" in client.get(f"/plannen/{number}-bankje").text
    changed = send(
        client, f"/plannen/{number}/wijzigen", **written(made, what="Een bank zonder leuning", note="Dat is goedkoper.")
    )
    assert changed.status_code == 303
    anybody = client.application.test_client()
    page = anybody.get(f"/plannen/{number}/versies").text
    assert re.search(r"<del>.*?met.*?</del>\s*<ins>.*?zonder", page, re.DOTALL)
    assert "Dat is goedkoper." in page
    assert f"/plannen/{number}/versies" in anybody.get(f"/plannen/{number}-bankje").text
    assert f"/plannen/{number}/wijzigen" not in anybody.get(f"/plannen/{number}-bankje").text


def test_of_two_authors_at_once_the_second_sees_both_texts(
    client: CheckedClient, fatima: Person, round_: Round
) -> None:
    made = make_plan(round_, state="submitted", authors=(fatima,), what="Een bank", summary="x", why="y")
    first, second = written(made, what="Een houten bank"), written(made, what="Een stenen bank")
    let_in(client, fatima)
    assert send(client, f"/plannen/{made.number}/wijzigen", **first).status_code == 303
    late = send(client, f"/plannen/{made.number}/wijzigen", **second)
    assert late.status_code == 409
    assert re.search(r"<del>.*?houten.*?</del>.*?<ins>.*?stenen", late.text, re.DOTALL)
    seen = re.findall(r'name="version"[^>]*value="(\d+)"', late.text)[0]
    assert send(client, f"/plannen/{made.number}/wijzigen", **second | {"version": seen}).status_code == 303
    assert plan().what == "Een stenen bank"


def test_a_plan_that_has_to_change_goes_back_to_the_municipality(client: CheckedClient, fatima: Person) -> None:
    made = make_plan(
        make_round(PhaseKind.ASSESS), state="changeable", authors=(fatima,), summary="x", what="w", why="y"
    )
    let_in(client, fatima)
    assert send(client, f"/plannen/{made.number}/wijzigen", **written(made, what="Kleiner")).status_code == 303
    assert plan().state is ProposalState.SUBMITTED


def test_a_plan_is_taken_back_and_stays_to_be_read(client: CheckedClient, fatima: Person, round_: Round) -> None:
    made = make_plan(round_, authors=(fatima,))
    gerrit = make_person("Gerrit", rhythm=Rhythm.AT_ONCE)
    follow(Actor(id=str(gerrit.id)), "plan", made.number)
    let_in(client, fatima)
    done = send(client, f"/plannen/{made.number}/intrekken")
    assert "Het plan is ingetrokken." in client.get(done.headers["Location"]).text
    assert plan().state is ProposalState.WITHDRAWN
    assert client.get(f"/plannen/{made.number}/intrekken").status_code == 409
    assert "ingetrokken" in newest_mail_to("gerrit@voorbeeld.nl")


def test_somebody_is_invited_to_write_along_by_a_link_that_works_once(
    client: CheckedClient, fatima: Person, round_: Round
) -> None:
    made = make_plan(round_, authors=(fatima,), author="Fatima Ahmed")
    number = made.number
    let_in(client, fatima)
    page = send(client, f"/plannen/{number}/samen").text
    link = re.findall(r"https?://[^/\s<]+(/plannen/\S+/meeschrijven/[\w-]+)", page)[0]
    gerrit = let_in(client.application.test_client(), make_person("Gerrit"))
    assert gerrit.get(f"/plannen/{number}/wijzigen").status_code == 403
    assert send(gerrit, link).status_code == 422
    assert send(gerrit, link, is_old_enough="y").status_code == 303
    assert plan().author == "Fatima Ahmed, Gerrit"
    assert "Gerrit" in newest_mail_to("fatima@voorbeeld.nl")
    noor = let_in(client.application.test_client(), make_person("Noor"))
    assert noor.get(link).status_code == 404
    assert send(gerrit, f"/plannen/{number}/samen/stoppen", f"/plannen/{number}/samen").status_code == 303
    assert plan().author == "Fatima Ahmed"
    assert send(client, f"/plannen/{number}/samen/stoppen", f"/plannen/{number}/samen").status_code == 409


def test_the_last_link_is_the_only_one_that_works(client: CheckedClient, fatima: Person, round_: Round) -> None:
    made = make_plan(round_, authors=(fatima,))
    let_in(client, fatima)
    pages = [send(client, f"/plannen/{made.number}/samen").text for _ in range(2)]
    old, new = (re.findall(r"(/plannen/\S+/meeschrijven/[\w-]+)", page)[0] for page in pages)
    gerrit = let_in(client.application.test_client(), make_person("Gerrit"))
    assert (gerrit.get(old).status_code, gerrit.get(new).status_code) == (404, 200)


def test_personal_data_go_out_of_a_plan_and_every_version(client: CheckedClient, fatima: Person, round_: Round) -> None:
    made = make_plan(
        round_, state="submitted", authors=(fatima,), what="Bel mevrouw De Wit op nummer 12", summary="x", why="y"
    )
    number = made.number
    let_in(client, fatima)
    send(client, f"/plannen/{number}/wijzigen", **written(made, what="Bel ons"))
    ine = let_in(client.application.test_client(), make_person("Ine", RoleName.MODERATOR))
    assert send(ine, f"/plannen/{number}/weghalen", words="nergens te vinden").status_code == 422
    assert send(ine, f"/plannen/{number}/weghalen", words="De").status_code == 422
    assert send(ine, f"/plannen/{number}/weghalen", words="mevrouw de wit").status_code == 303
    page = client.get(f"/plannen/{number}/versies").text
    assert "De Wit" not in page
    assert "[…]" in page


def test_who_leaves_takes_drafts_along_and_leaves_plans_without_a_name(
    client: CheckedClient, fatima: Person, round_: Round
) -> None:
    make_plan(round_, authors=(fatima,), author="Fatima Ahmed")
    begin(client, fatima, round_)
    assert "Uw plannen" in client.get("/mijn/alles").text
    assert "Uw account is weg" in send(client, "/mijn/verwijderen", sure="y").text
    assert plan().author == ""
    assert plan().authorships == []
    assert db.session.scalars(select(ProposalDraft)).all() == []


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_is_written_in_a_plan_runs(
    client: CheckedClient, fatima: Person, round_: Round, words: str
) -> None:
    names = ("title", "summary", "what", "why", "for_whom", "address", "interest", "author")
    made = make_plan(round_, state="submitted", authors=(fatima,), **dict.fromkeys(names, words))
    let_in(client, fatima)
    again = {name: f"{words} nog eens" for name in names if name != "author"}
    assert send(client, f"/plannen/{made.number}/wijzigen", **written(made, **again, note=words)).status_code == 303
    pages = [f"/plannen/{made.number}/{page}" for page in ("versies", "wijzigen", "samen", "intrekken", "poster")]
    for page in (*pages, "/plannen", "/mijn/plannen", "/zoeken?q=alert", f"/plannen/{made.number}"):
        answer = client.get(page, follow_redirects=True)
        assert answer.status_code == 200, page
        for tag in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript'):
            assert tag not in answer.text, (page, tag)
    assert html.escape(words) in client.get(f"/plannen/{made.number}/versies").text.replace("&#34;", "&quot;")
