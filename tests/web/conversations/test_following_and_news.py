"""Following, messages and news as people see them."""

from __future__ import annotations

import re
import uuid
from xml.etree import ElementTree

import icalendar
import pytest

from buurtbegroting.blueprints.accounts.models import Rhythm
from buurtbegroting.blueprints.conversations import queries
from buurtbegroting.blueprints.conversations.models import Follow
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, mails, make_person, send, token_field
from tests.factories.rounds import make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

NEWS = {"subject": "wijk/WK999801", "title": "Bankjes <geplaatst>", "body": "## Kop\n\nTekst.", "sender": "Team wijken"}


def write_news(client: CheckedClient, **changed: str) -> str:
    """Write and publish news as an official; return the address of its draft."""
    official = client.application.test_client()
    let_in(official, make_person(f"Sanne{uuid.uuid4().hex[:4]}", RoleName.OFFICIAL))
    draft = send(official, "/beheer/nieuws/nieuw", **NEWS | changed).headers["Location"]
    draft = draft.partition("?")[0]
    send(official, f"{draft}/publiceren", draft)
    read_anew(db.session())
    return str(draft)


def test_somebody_follows_a_wijk_reads_the_news_and_stops(client: CheckedClient, town: Town) -> None:
    assert 'href="/volgen/wijk/WK999801"' in client.get("/wijken/WK999801-noord").text
    assert client.get("/volgen/wijk/WK999801").headers["Location"] == "/inloggen?naar=/volgen/wijk/WK999801"
    let_in(client, make_person("Fatima", rhythm=Rhythm.AT_ONCE))
    done = send(client, "/volgen/wijk/WK999801")
    assert done.headers["Location"] == "/mijn/volgen?gelukt=volgt"
    assert "Noord" in client.get("/mijn/volgen").text
    assert "U volgt dit al" in client.get("/volgen/wijk/WK999801").text
    write_news(client)
    mails()
    assert "(één nieuw)" in client.get("/mijn").text
    inbox = client.get("/mijn/berichten").text
    assert "Bankjes &lt;geplaatst&gt;" in inbox
    send(client, "/mijn/berichten")
    assert "één nieuw" not in client.get("/mijn").text
    follow = db.session.query(Follow).one()
    send(client, f"/mijn/volgen/{follow.id}/stoppen", "/mijn/volgen")
    assert "U volgt nog niets" in client.get("/mijn/volgen").text


@pytest.mark.parametrize("address", ["/volgen/wijk/WK000000", "/volgen/ronde/2020-1", "/volgen/maan/1"])
def test_what_is_not_there_cannot_be_followed(client: CheckedClient, town: Town, address: str) -> None:
    let_in(client, make_person())
    assert client.get(address).status_code == 404


def test_a_hidden_round_cannot_be_followed(client: CheckedClient, town: Town) -> None:
    hidden = make_round(state="draft")
    let_in(client, make_person())
    assert client.get(f"/volgen/ronde/{hidden.number}").status_code == 404


def test_one_click_in_a_mail_stops_without_signing_in_and_looking_alone_does_not(
    client: CheckedClient, town: Town
) -> None:
    let_in(client, make_person())
    send(client, "/volgen/wijk/WK999801")
    read_anew(db.session())
    way_out = f"/afmelden/{db.session.query(Follow).one().id}"
    mail_program = client.application.test_client()
    assert mail_program.get(way_out).status_code == 200
    assert db.session.query(Follow).count() == 1
    answer = mail_program.post(way_out, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    read_anew(db.session())
    assert db.session.query(Follow).count() == 0
    assert mail_program.post(way_out).status_code == 404


def test_the_way_out_of_overviews_needs_its_mark(client: CheckedClient, town: Town) -> None:
    person = make_person(rhythm=Rhythm.DAILY)
    assert client.get(f"/afmelden/{person.id}/{'0' * 32}").status_code == 404
    assert client.post(f"/afmelden/{person.id}/{'0' * 32}").status_code == 404
    read_anew(db.session())
    assert db.session.get(type(person), person.id).rhythm == Rhythm.DAILY  # type: ignore[union-attr]


def test_news_is_read_by_everybody_also_in_a_feed(client: CheckedClient, town: Town) -> None:
    write_news(client)
    write_news(client, subject="gemeente/alles", title="Voor iedereen")
    listed = client.get("/nieuws").text
    assert "Bankjes &lt;geplaatst&gt;" in listed
    assert "Voor iedereen" in listed
    about = client.get("/nieuws?over=wijk/WK999801").text
    assert "Voor iedereen" not in about
    item, _ = queries.published_news("wijk", "WK999801", 1, 1)
    page = client.get(f"/nieuws/{item[0].number}-bankjes-geplaatst").text
    assert "<h2>Kop</h2>" in page
    assert client.get(f"/nieuws/{item[0].number}").status_code == 308
    feed = ElementTree.fromstring(client.get("/nieuws.rss?over=wijk/WK999801").data)
    assert [each.text for each in feed.iter("title")][1:] == ["Bankjes <geplaatst>"]
    assert client.get("/nieuws?over=wijk/nergens").status_code == 404
    assert "Bankjes" in client.get("/wijken/WK999801-noord").text
    assert "Voor iedereen" in client.get("/").text


def test_a_draft_is_shown_before_it_is_published_and_to_nobody_else(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    wrong = send(client, "/beheer/nieuws/nieuw", subject="wijk/WK999801", title="", body="", sender="")
    assert wrong.status_code == 422
    draft = send(client, "/beheer/nieuws/nieuw", **NEWS).headers["Location"].partition("?")[0]
    assert "<h2>Kop</h2>" in client.get(draft).text
    assert "Bankjes" not in client.application.test_client().get("/nieuws").text
    changed = send(client, f"{draft}/wijzigen", **NEWS | {"title": "Banken", "version": "1"})
    assert changed.status_code == 303
    again = send(client, f"{draft}/wijzigen", **NEWS | {"title": "Bankstellen", "version": "1"})
    assert again.status_code == 409
    assert "Bankstellen" in again.text, "what was typed is kept"
    assert re.search(r"<del>.*Banken.*</del>.*<ins>.*Bankstellen", again.text, re.DOTALL)
    after_all = send(client, f"{draft}/wijzigen", **NEWS | {"title": "Bankstellen", "version": "2"})
    assert after_all.status_code == 303
    send(client, f"{draft}/proef", draft)
    assert [mail["Subject"] for mail in mails()][-1] == "Bankstellen – Buurtbegroting Proefstad"
    send(client, f"{draft}/weggooien", draft)
    assert client.get(draft).status_code == 404


def test_a_double_click_publishes_once(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    page = client.get("/beheer/nieuws/nieuw").text
    submission = page.partition('name="submission"')[2].partition('value="')[2].partition('"')[0]
    form = {"csrf_token": token_field(page), "submission": submission, **NEWS}
    first = client.post("/beheer/nieuws/nieuw", data=form)
    second = client.post("/beheer/nieuws/nieuw", data=form)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    read_anew(db.session())
    assert len(queries.all_news()) == 1


def test_marks_in_news_cannot_do_harm(client: CheckedClient, town: Town) -> None:
    body = "<script>alert(1)</script> [klik](javascript:alert(1)) ![x](https://elders.nl/x.png) **vet**"
    write_news(client, body=body)
    item, _ = queries.published_news("", "", 1, 1)
    page = client.get(f"/nieuws/{item[0].number}-bankjes-geplaatst").text
    prose = page.partition('class="bb-prose"')[2].partition("</div>")[0]
    assert "<script" not in prose
    assert 'href="javascript' not in prose
    assert "<img" not in prose
    assert "<strong>vet</strong>" in prose


def test_the_dates_of_a_round_go_into_a_calendar(client: CheckedClient, town: Town) -> None:
    made = make_round(title="Ronde, met; tekens")
    answer = client.get(f"/rondes/{made.number}.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert len(events) == len(made.phases)
    assert "Ronde, met; tekens" in str(events[0]["SUMMARY"])
    assert events[0]["DTEND"].dt > events[0]["DTSTART"].dt
    assert made.number in client.get("/agenda.ics").text
    assert client.get("/rondes/1999-1.ics").status_code == 404
