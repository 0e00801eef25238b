"""Photos and PDFs of a plan, as people add, see and take them away."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations import queries
from buurtbegroting.blueprints.conversations.actions import albums
from buurtbegroting.blueprints.conversations.models import Visibility
from buurtbegroting.blueprints.proposals.actions.writing import illustrate
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.files import CANARY, pdf, photo_with_place, png
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def plan(town: Town, fatima: Person) -> Proposal:
    return make_plan(make_round(PhaseKind.PROPOSE), authors=(fatima,), state="submitted")


def add(client: Any, plan: Proposal, data: bytes, name: str = "foto.jpg", text: str = "Een lege plek") -> Any:
    answer = send(client, f"/plannen/{plan.number}/fotos", file=(BytesIO(data), name), text=text)
    # A client keeps what it sent on disk when that is large.
    answer.request.input_stream.close()
    return answer


def links(client: Any, plan: Proposal) -> list[str]:
    page = client.get(f"/plannen/{plan.number}-bankje").text
    return re.findall(r'"(/bijlage/[\w-]+/(?:klein|groot|bestand))"', page)


def test_an_author_adds_a_photo_that_everybody_sees(client: CheckedClient, plan: Proposal, fatima: Person) -> None:
    let_in(client, fatima)
    assert f"/plannen/{plan.number}/fotos" in client.get(f"/plannen/{plan.number}-bankje").text
    assert add(client, plan, photo_with_place()).status_code == 303
    anybody = client.application.test_client()
    large, small = links(anybody, plan)
    for link in (large, small):
        answer = anybody.get(link)
        assert answer.status_code == 200
        assert answer.mimetype == "image/webp"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert CANARY.encode() not in answer.data
        Image.open(BytesIO(answer.data)).load()
    assert 'alt="Een lege plek"' in anybody.get(f"/plannen/{plan.number}-bankje").text
    assert anybody.get(large.replace("groot", "bestand")).status_code == 404


def test_a_pdf_is_taken_away_and_not_opened(client: CheckedClient, plan: Proposal, fatima: Person) -> None:
    let_in(client, fatima)
    assert add(client, plan, pdf(), "../plattegrond.pdf", "Plattegrond").status_code == 303
    (link,) = links(client, plan)
    answer = client.get(link)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=plattegrond.pdf"
    assert client.get(link.replace("bestand", "klein")).status_code == 404


@pytest.mark.parametrize(
    ("data", "text", "says"),
    [
        (b"", "Plek", "leeg"),
        (b"<svg onload=alert(1)>", "Plek", "JPEG, PNG of WebP"),
        (png()[:30], "Plek", "JPEG, PNG of WebP"),
        (pdf(b"/JavaScript"), "Plek", "PDF"),
        (png(), "", "Zeg wat u erop ziet"),
        (b"\0" * (8 * 1024 * 1024 + 1), "Plek", "8 MB"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(
    client: CheckedClient, plan: Proposal, fatima: Person, data: bytes, text: str, says: str
) -> None:
    let_in(client, fatima)
    refused = add(client, plan, data, "foto.png", text)
    assert refused.status_code == 422
    assert says in refused.text
    assert links(client, plan) == []


def test_a_file_without_end_is_not_read(client: CheckedClient, plan: Proposal, fatima: Person) -> None:
    let_in(client, fatima)
    assert add(client, plan, b"\0" * (10 * 1024 * 1024)).status_code == 413


def test_an_album_is_full_at_ten(plan: Proposal, fatima: Person) -> None:
    actor = Actor(id=str(fatima.id))
    upload = albums.prepared(png(), "x.png", "Plek")
    for _ in range(10):
        illustrate(actor, plan, upload)
    with pytest.raises(albums.Invalid):
        illustrate(actor, plan, upload)


def test_nobody_adds_more_than_thirty_files_a_day(plan: Proposal, fatima: Person) -> None:
    actor = Actor(id=str(fatima.id))
    upload = albums.prepared(png(), "x.png", "Plek")
    for _ in range(3):
        other = make_plan(plan.round, authors=(fatima,), state="submitted")
        for _ in range(10):
            illustrate(actor, other, upload)
    with pytest.raises(albums.TooOften):
        illustrate(actor, plan, upload)


def test_who_may_add_and_when(plan: Proposal, fatima: Person) -> None:
    upload = albums.prepared(png(), "x.png", "Plek")
    with pytest.raises(NotSignedIn):
        illustrate(Actor(), plan, upload)
    with pytest.raises(NotYours):
        illustrate(Actor(id=str(make_person("Gerrit").id)), plan, upload)
    voted = make_plan(make_round(PhaseKind.VOTE), authors=(fatima,))
    with pytest.raises(NotNow):
        illustrate(Actor(id=str(fatima.id)), voted, upload)


def test_an_official_adds_photos_at_any_time(client: CheckedClient, town: Town) -> None:
    voted = make_plan(make_round(PhaseKind.VOTE))
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    assert add(client, voted, png()).status_code == 303


def test_who_added_it_describes_it_anew_and_takes_it_away(
    client: CheckedClient, plan: Proposal, fatima: Person
) -> None:
    let_in(client, fatima)
    add(client, plan, png())
    page = links(client, plan)[0].rpartition("/")[0]
    gerrit = let_in(client.application.test_client(), make_person("Gerrit"))
    assert gerrit.get(page).status_code == 403
    assert send(gerrit, f"{page}/weghalen", f"/plannen/nieuw/{plan.round.number}").status_code == 403
    assert send(client, page, text="").status_code == 422
    assert send(client, page, text="Een lege plek in het gras").status_code == 303
    assert 'alt="Een lege plek in het gras"' in client.get(f"/plannen/{plan.number}-bankje").text
    assert send(client, f"{page}/weghalen", page).status_code == 303
    assert links(client, plan) == []
    assert client.get(f"{page}/groot").status_code == 404


def test_what_is_hidden_is_seen_by_who_moderates_only(client: CheckedClient, plan: Proposal, fatima: Person) -> None:
    let_in(client, fatima)
    add(client, plan, png(), text="Kanariegeel")
    large = links(client, plan)[0]
    page = large.rpartition("/")[0]
    ine = let_in(client.application.test_client(), make_person("Ine", RoleName.MODERATOR))
    assert send(ine, f"{page}/verbergen", page, reason="").status_code == 422
    assert send(ine, f"{page}/verbergen", page, reason="Er staat iemand op.").status_code == 303
    assert ine.get(large).headers["Cache-Control"] == "no-store"
    for visitor in (client, client.application.test_client()):
        assert visitor.get(large).status_code == 404
        assert "Kanariegeel" not in visitor.get(f"/plannen/{plan.number}-bankje").text
    assert send(ine, f"{page}/tonen", page).status_code == 303
    assert client.get(large).status_code == 200


def test_a_hidden_plan_hides_its_album_from_every_address(
    client: CheckedClient, plan: Proposal, fatima: Person
) -> None:
    illustrate(Actor(id=str(fatima.id)), plan, albums.prepared(png(), "x.png", "Plek"))
    (found,) = queries.attachments_of(plan.album_id)
    address = f"/bijlage/{found.id}/groot"
    assert client.get(address).status_code == 200
    with transaction(db.session()):
        plan.album.visibility = Visibility.HIDDEN
    read_anew(db.session())
    assert client.get(address).status_code == 404
    assert let_in(client, fatima).get(address).status_code == 404
