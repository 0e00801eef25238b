"""The talk about a plan as people see it: saying, answering, agreeing, reporting, and the desk of who moderates."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.conversations import queries
from buurtbegroting.blueprints.conversations.models import Comment, Visibility
from buurtbegroting.blueprints.conversations.states import CommentState
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

XSS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    'https://a.nl/"onmouseover="alert(1)',
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "{{ 7*7 }}",
    "</textarea><script>alert(1)</script>",
)


@pytest.fixture
def plan(town: Town) -> Proposal:
    return make_plan(make_round(), title="Bankje")


@pytest.fixture
def talk(plan: Proposal) -> str:
    return f"/gesprek/{plan.thread_id}"


def browser_of(client: CheckedClient, name: str, *names: RoleName) -> CheckedClient:
    browser = client.application.test_client()
    let_in(browser, make_person(name, *names))
    return browser  # type: ignore[return-value]


def publish_all() -> None:
    with transaction(db.session()):
        db.session.execute(sa.update(Comment).values(state_name=CommentState.PUBLISHED))


def test_somebody_speaks_is_looked_at_and_is_answered(client: CheckedClient, plan: Proposal, talk: str) -> None:
    assert f'href="{talk}"' in client.get(f"/plannen/{plan.number}-bankje").text
    assert "Log in om iets te zeggen" in client.get(talk).text
    fatima, ine = browser_of(client, "Fatima"), browser_of(client, "Ine", RoleName.MODERATOR)
    sanne = browser_of(client, "Sanne", RoleName.OFFICIAL)
    assert send(fatima, talk, stance="for", body="").status_code == 422
    done = send(fatima, talk, stance="question", body="Wanneer komt het?\n\nIk woon er naast. Zie https://a.nl.")
    assert done.headers["Location"] == f"{talk}?gelukt=held#reactie-1"
    assert "alleen u het" in fatima.get(talk).text
    assert "Wanneer komt het?" not in client.get(talk).text
    assert "1 reacties om te bekijken" in ine.get("/beheer").text
    desk = ine.get("/beheer/gesprekken").text
    comment = f"/beheer/gesprekken/{db.session.scalars(sa.select(Comment)).one().id}"
    assert comment in desk
    assert send(ine, f"{comment}/tonen", comment).headers["Location"] == "/beheer/gesprekken?gelukt=getoond"
    page = client.get(talk).text
    assert '<p>Wanneer komt het?</p><p>Ik woon er naast. Zie <a class="nl-link" href="https://a.nl"' in page
    answer = send(sanne, f"{talk}/1/antwoorden", stance="neutral", body="In mei.", as_municipality="y")
    assert answer.headers["Location"] == f"{talk}?gelukt=published#reactie-2"
    page = client.get(talk).text
    assert "Antwoord van de gemeente" in page
    assert "Gemeente Proefstad" in page
    assert client.get(f"{talk}/2").headers["Location"] == f"{talk}#reactie-2"
    assert "Er staan 2 reacties" in client.get(f"/plannen/{plan.number}-bankje").text
    assert "Als antwoord van de gemeente" not in fatima.get(talk).text


def test_agreeing_changing_and_taking_back(client: CheckedClient, talk: str) -> None:
    fatima, gerrit = browser_of(client, "Fatima"), browser_of(client, "Gerrit")
    send(fatima, talk, stance="for", body="Goet")
    publish_all()
    send(gerrit, f"{talk}/1/bijval", talk)
    assert "Mee eens (1)" in gerrit.get(talk).text
    assert "Eén persoon is het eens" in fatima.get(talk).text
    assert send(gerrit, f"{talk}/1/wijzigen", f"{talk}/1/melden", body="x").status_code == 404
    assert send(fatima, f"{talk}/1/wijzigen", body="Goed", version="0").status_code == 409
    assert send(fatima, f"{talk}/1/wijzigen", body="Goed").status_code == 303
    assert "later gewijzigd" in client.get(talk).text
    send(fatima, f"{talk}/1/intrekken", talk)
    page = client.get(talk).text
    assert "Ingetrokken door de schrijver" in page
    assert "Goed" not in page


def test_a_report_reaches_the_desk_and_hiding_needs_a_reason(client: CheckedClient, talk: str) -> None:
    fatima, gerrit = browser_of(client, "Fatima"), browser_of(client, "Gerrit")
    ine = browser_of(client, "Ine", RoleName.MODERATOR)
    send(fatima, talk, stance="against", body="Lelijke taal")
    publish_all()
    assert send(gerrit, f"{talk}/1/melden", why="").status_code == 422
    assert send(gerrit, f"{talk}/1/melden", why="Schelden").status_code == 303
    assert "Eén keer gemeld" in ine.get("/beheer/gesprekken").text
    comment = f"/beheer/gesprekken/{db.session.scalars(sa.select(Comment)).one().id}"
    assert "Schelden" in ine.get(comment).text
    assert send(ine, f"{comment}/verbergen", comment, reason="").status_code == 422
    assert send(ine, f"{comment}/verbergen", comment, reason="Scheld niet.").status_code == 303
    assert "Lelijke taal" not in client.get(talk).text
    assert "Lelijke taal" not in gerrit.get(talk).text
    mine = fatima.get(talk).text
    assert "Scheld niet." in mine
    assert send(fatima, f"{talk}/1/weerwoord", words="Dat was geen schelden.").status_code == 303
    assert "Schrijver antwoordde" in ine.get("/beheer/gesprekken").text
    send(ine, f"{comment}/tonen", comment)
    assert "Lelijke taal" in client.get(talk).text
    send(ine, f"/beheer/gesprekken/draad/{talk.rpartition('/')[2]}/sluiten", comment)
    assert "Het gesprek hierover is gesloten" in client.get(talk).text
    assert send(fatima, f"{talk}/1/intrekken", talk).status_code == 303


def test_a_program_that_fills_in_everything_says_nothing(client: CheckedClient, talk: str) -> None:
    fatima = browser_of(client, "Fatima")
    assert send(fatima, talk, stance="for", body="Koop nu", website="https://koop.nl").status_code == 422
    assert send(fatima, talk, stance="for", body="x" * 2001).status_code == 422
    assert send(fatima, talk, stance="anders", body="x").status_code == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Comment)) == 0


@pytest.mark.parametrize("words", XSS)
def test_what_people_write_is_shown_as_they_wrote_it_and_does_nothing(
    client: CheckedClient, talk: str, words: str
) -> None:
    fatima = browser_of(client, "Fatima")
    send(fatima, talk, stance="for", body=words)
    publish_all()
    page = client.get(talk).text
    shown = page.partition('<div class="bb-comment__text">')[2].partition("</div>")[0]
    for tag in ("<script", "<img", "<svg", "</textarea", 'href="javascript', " onmouseover="):
        assert tag not in shown
    assert "49" not in shown


def test_a_thousand_comments_take_as_many_queries_as_ten(client: CheckedClient, plan: Proposal, talk: str) -> None:
    fatima = make_person("Fatima")
    browser = client.application.test_client()
    let_in(browser, fatima)

    def add(first: int, count: int) -> None:
        now = clock.now(db.session())
        with transaction(db.session()):
            for number in range(first, first + count):
                comment = Comment(
                    thread_id=plan.thread_id,
                    number=number,
                    author_id=fatima.id,
                    author_name="Fatima",
                    body=f"Nr {number}",
                    made_at=now,
                )
                db.session.add(comment)

    def statements() -> int:
        counted: list[str] = []
        listener = lambda *args: counted.append(args[2])  # noqa: E731
        sa.event.listen(db.engine, "before_cursor_execute", listener)
        try:
            assert browser.get(talk).status_code == 200
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", listener)
        return len(counted)

    add(1, 10)
    few = statements()
    add(11, 990)
    assert statements() == few
    page = browser.get(f"{talk}?pagina=50").text
    assert "Nr 1000" in page
    assert browser.get(f"{talk}/1000").headers["Location"] == f"{talk}?pagina=50#reactie-1000"
    assert "Nr 1000" in browser.get(f"{talk}?volgorde=nieuwste").text


def test_the_talk_about_what_is_hidden_is_not_there(client: CheckedClient, plan: Proposal, talk: str) -> None:
    fatima = browser_of(client, "Fatima")
    send(fatima, talk, stance="for", body="KANARIE")
    publish_all()
    with transaction(db.session()):
        db.session.get_one(type(plan.thread), plan.thread_id).visibility = Visibility.HIDDEN
    for browser in (client, fatima):
        for address in (talk, f"{talk}/1", f"{talk}/1/antwoorden", f"{talk}/1/melden", f"{talk}/1/wijzigen"):
            answer = browser.get(address)
            assert answer.status_code in (303, 404), address
            assert "KANARIE" not in answer.text
    read_anew(db.session())
    assert len(queries.everything_said_by(db.session.scalars(sa.select(Comment)).one().author_id)) == 1  # type: ignore[arg-type]


def test_an_answer_by_the_municipality_may_hold_a_list_and_no_script(client: CheckedClient, plan: Proposal) -> None:
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    body = "Dit doen wij:\n\n- een bank\n- een boom\n\n<script>alert(1)</script> [klik](javascript:alert(1))"
    send(client, f"/gesprek/{plan.thread_id}", stance="neutral", body=body, as_municipality="y")
    page = client.get(f"/gesprek/{plan.thread_id}").text
    assert "<li>een bank</li>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
