"""Looking for something, on the page and in the API: what is found, and what never is."""

from __future__ import annotations

import html
import re

import flask
import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.conversations.actions import moderating
from buurtbegroting.blueprints.conversations.actions.news import NewsText, draft_news, publish_news
from buurtbegroting.blueprints.conversations.actions.talking import Said, say_something
from buurtbegroting.blueprints.conversations.models import Stance, Visibility
from buurtbegroting.blueprints.proposals.actions.writing import withdraw_proposal
from buurtbegroting.blueprints.rounds.models import Round, Theme
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import search, tenancy
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.search import SearchEntry
from tests.factories.people import actor_of, let_in, make_person, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town, make_town
from tests.guards.test_pages_stay_flat import counted
from tests.pages import CheckedClient

OFFICIAL = Actor(id="official", roles=frozenset({Role(RoleName.OFFICIAL)}))
MODERATOR = Actor(id="moderator", roles=frozenset({Role(RoleName.MODERATOR)}))


@pytest.fixture
def round_(town: Town) -> Round:
    return make_round(PhaseKind.PROPOSE, title="Ronde van Noord")


def titles(client: CheckedClient, words: str, **filters: str) -> list[str]:
    page = client.get("/zoeken", query_string={"q": words, **filters})
    assert page.status_code == 200
    return [html.unescape(each) for each in re.findall(r"<h3[^>]*>\s*<a[^>]*>([^<]*)</a>", page.text)]


def test_everything_public_is_found_where_it_stands(client: CheckedClient, round_: Round) -> None:
    plan = make_plan(round_, title="Bankje", what="Een houten zitbank in de schaduw.")
    fatima = make_person("Fatima", RoleName.OFFICIAL)
    say_something(actor_of(fatima), plan.thread, Said(Stance.FOR, "Graag met een prullenbak.", "nl"))
    publish_news(OFFICIAL, draft_news(OFFICIAL, NewsText("wijk", "WK999801", "Markt verhuist", "Naar de kade.", "T")))
    page = client.get("/zoeken?q=zitbanken").text
    assert f'href="/plannen/{plan.number}-bankje"' in page
    assert "<mark>zitbank</mark>" in page
    assert f"/gesprek/{plan.thread_id}/1" in client.get("/zoeken?q=prullenbak").text
    assert titles(client, "kade") == ["Markt verhuist"]
    assert titles(client, "noord", soort="ronde") == ["Ronde van Noord"]
    assert titles(client, "noord", soort="wijk") == ["Noord"]
    assert titles(client, plan.number) == ["Bankje"]
    assert "Set-Cookie" not in client.get("/zoeken?q=bankje").headers


def test_filters_narrow_it_down_and_can_be_left(client: CheckedClient, round_: Round) -> None:
    theme = Theme(slug="groen", name_nl="Groen", name_en="Green")
    make_plan(round_, title="Boom in Noord", wijk_code="WK999801", theme=theme)
    make_plan(round_, title="Boom in Zuid", wijk_code="WK999802")
    assert titles(client, "boom") == ["Boom in Noord", "Boom in Zuid"]
    assert titles(client, "boom", wijk="WK999802") == ["Boom in Zuid"]
    assert titles(client, "boom", onderwerp="groen") == ["Boom in Noord"]
    assert titles(client, "boom", soort="nieuws") == []
    assert titles(client, "boom", periode="week") == [], "a plan without a day is of no period"
    assert 'href="/zoeken?q=boom"' in client.get("/zoeken?q=boom&soort=nieuws").text
    assert titles(client, "boom", soort="onbekend", volgorde="vreemd", pagina="x") == ["Boom in Noord", "Boom in Zuid"]


def test_what_holds_only_some_of_the_words_is_shown_as_such(client: CheckedClient, round_: Round) -> None:
    make_plan(round_, title="Bankje bij de vijver")
    page = client.get("/zoeken?q=bankje+schommel").text
    assert "Bankje bij de vijver" in page
    assert "Nergens staan al deze woorden" in page


def test_a_word_that_was_mistyped_gets_another_one(client: CheckedClient, round_: Round) -> None:
    make_plan(round_, title="Speeltuin voor iedereen")
    assert 'href="/zoeken?q=speeltuin"' in client.get("/zoeken?q=speltuin").text
    assert 'href="/zoeken?q=speeltuin"' not in client.get("/zoeken?q=xyzzy").text


XSS = "<script>alert(1)</script>"
HOSTILE = ("'", '"', "a* OR (b", "\x00", "%", "_", "\N{WAVING WHITE FLAG}", XSS, "x" * 10_000, "de het", "-")


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_is_typed_is_an_error(client: CheckedClient, round_: Round, words: str) -> None:
    page = client.get("/zoeken", query_string={"q": words})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_what_marks_would_be_stays_text(client: CheckedClient, round_: Round) -> None:
    make_plan(round_, title="Veilig", what='Bankje <img src=x onerror="alert(1)"> in het park')
    page = client.get("/zoeken?q=bankje").text
    assert "<mark>Bankje</mark> &lt;img" in page


def test_hidden_things_are_never_found(client: CheckedClient, round_: Round) -> None:
    secret = "Kanariegeel"
    make_plan(round_, title=secret, state="hidden")
    make_plan(make_round(state="draft", title=f"{secret} ronde"), title=f"{secret} plan")
    draft_news(OFFICIAL, NewsText("gemeente", "alles", f"{secret} nieuws", secret, "T"))
    plan = make_plan(round_, title="Bankje")
    first = make_person("Nieuw")
    say_something(actor_of(first), plan.thread, Said(Stance.FOR, f"{secret} wacht nog", "nl"))
    there = make_town("GM9997", "Elders", ("elders.example",))
    tenancy.enter(db.session(), there.municipality.id)
    make_plan(make_round(PhaseKind.PROPOSE), title=f"{secret} elders")
    for words in (secret, "kanariegele", "kanarigeel"):
        for address in ("/zoeken", "/api/v1/zoeken", "/plannen"):
            told = client.get(address, query_string={"q": words, "zoek": words}).text.replace(words, "")
            assert "kanarie" not in told.lower(), (address, words)


@pytest.mark.both_engines
def test_what_is_hidden_leaves_the_search_with_its_talk_at_once(client: CheckedClient, round_: Round) -> None:
    plan = make_plan(round_, title="Zichtbaar plan", state="submitted")
    speaker = make_person("Sanne", RoleName.OFFICIAL)
    comment = say_something(actor_of(speaker), plan.thread, Said(Stance.FOR, "Zichtbaar gesprek", "nl"))
    assert len(titles(client, "zichtbaar")) == 2
    moderating.hide_comment(MODERATOR, comment, "Dat kan zo niet.")
    assert titles(client, "zichtbaar") == ["Zichtbaar plan"]
    moderating.show_comment(MODERATOR, comment)
    assert len(titles(client, "zichtbaar")) == 2
    with transaction(db.session()):
        plan.state_name, plan.thread.visibility = "hidden", Visibility.HIDDEN
    assert titles(client, "zichtbaar") == []


def test_a_plan_that_is_withdrawn_is_still_found(client: CheckedClient, round_: Round) -> None:
    fatima = make_person("Fatima")
    plan = make_plan(round_, title="Bankje", authors=(fatima,))
    withdraw_proposal(Actor(id=str(fatima.id)), plan)
    assert titles(client, "bankje") == ["Bankje"]


def test_a_deed_that_fails_changes_nothing_in_the_search(client: CheckedClient, round_: Round) -> None:
    plan = make_plan(round_, title="Bankje")

    def fail() -> None:
        with transaction(db.session()):
            plan.title = "Schommel"
            db.session.flush()
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    make_plan(round_, title="Iets anders")
    assert (titles(client, "bankje"), titles(client, "schommel")) == (["Bankje"], [])


def test_a_practice_that_is_switched_off_is_not_found(client: CheckedClient, round_: Round, town: Town) -> None:
    make_plan(round_, title="Bankje")
    admin = let_in(client.application.test_client(), make_person("Aysel", RoleName.ADMIN))
    assert titles(client, "bankje") == ["Bankje"]
    assert send(admin, "/beheer/instellingen/onderdelen").status_code == 303
    assert titles(client, "bankje") == []


def test_the_api_gives_what_the_page_gives(client: CheckedClient, round_: Round) -> None:
    make_plan(round_, title="Bankje", what="Een bank.")
    found = client.get("/api/v1/zoeken?q=bank").json
    assert found["totaal"] == 1
    assert found["gevonden"][0]["titel"] == "Bankje"
    assert found["gevonden"][0]["url"].endswith("-bankje")
    assert client.get("/api/v1/zoeken").status_code in (400, 422)


def test_more_results_ask_no_more_queries(app: flask.Flask, client: CheckedClient, round_: Round) -> None:
    make_plan(round_, title="Bankje 0")
    with counted(app) as few:
        client.get("/zoeken?q=bankje")
    for number in range(1, 25):
        make_plan(round_, title=f"Bankje {number}")
    with counted(app) as many:
        assert len(titles(client, "bankje")) == 20
    assert len(many) <= len(few)
    assert len(titles(client, "bankje", pagina="2")) == 5


def test_the_index_is_written_anew_as_it_was(client: CheckedClient, round_: Round) -> None:
    make_plan(round_, title="Bankje")

    def keys() -> list[tuple[str, str]]:
        return sorted((each.kind, each.key) for each in db.session.scalars(select(SearchEntry)))

    before = keys()
    search.rebuild(db.session())
    assert keys() == before


@pytest.mark.both_engines
def test_plans_that_are_about_the_same_are_shown_first(app: flask.Flask, round_: Round) -> None:
    for title, what in (
        ("Bank bij de vijver", "Een houten bank om uit te rusten bij de vijver."),
        ("Vijver schoonmaken", "Het water in de vijver is groen."),
        ("Zebrapad", "Veilig oversteken naar school."),
    ):
        make_plan(round_, title=title, what=what)
    found = search.similar(db.session(), "Houten bankje aan de vijver om te rusten", ("plan",), 3)
    assert [each.title for each in found][:1] == ["Bank bij de vijver"]
    assert "Zebrapad" not in [each.title for each in found]
    assert search.similar(db.session(), "Zwembad", ("plan",), 3) == []


def test_who_proposes_a_plan_sees_those_that_look_like_it(client: CheckedClient, round_: Round) -> None:
    make_plan(round_, title="Bank bij de vijver", summary="Een houten bank om uit te rusten.")
    let_in(client, make_person())
    draft = send(client, f"/plannen/nieuw/{round_.number}").headers["Location"].rpartition("/")[0]
    asked = send(client, f"{draft}/naam", title="Bankje aan de vijver", summary="Een houten bank")
    assert asked.headers["Location"] == f"{draft}/lijkt-op"
    page = client.get(f"{draft}/lijkt-op").text
    assert "Bank bij de vijver" in page
    assert f"{draft}/wat" in page
