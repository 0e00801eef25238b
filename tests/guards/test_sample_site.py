"""The whole site of the sample town: every page is sound, every link leads somewhere, every template is used."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

import flask
import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.accounts.queries import person_by_email
from buurtbegroting.blueprints.conversations.models import Comment
from buurtbegroting.blueprints.municipalities.queries import municipality_by_code
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation import clock, paths, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.sample import fill
from buurtbegroting.sample.waterveld import Size, waterveld
from tests.factories.people import let_in
from tests.pages import CheckedClient

CANARIES = ("CANARY-HIDDEN", "CANARY-DRAFT")
# How many pages of a kind are opened where the others are alike.
FEW, MANY = 3, 30
# Where somebody reads what they have not handed in or made known yet.
OWN = ("/mijn/", "/plannen/nieuw", "/beheer/rondes")
OWN_PAGES = tuple(f"{language}{page}" for language in ("", "/en") for page in OWN)


# The way in, the demo and the way out of mails are journeys of their own, in tests/web and tests/browser.
OWN_JOURNEYS = (
    "accounts/",
    "demo/",
    "conversations/stop.html",
    "conversations/follow.html",
    "municipalities/region.html",
    "proposals/support_list.html",
    "proposals/merge/ask.html",
    "proposals/write/join.html",
    "proposals/write/similar.html",
    "proposals/write/received.html",
    "assessment/owner.html",
    "assessment/second_look.html",
    "rounds/manage/",
    "deciding/manage/",
    "deciding/_manage.html",
    "voting/manage/",
    "electorate/manage/",
    "electorate/_manage.html",
    "electorate/letters_print",
    "voting/_manage.html",
    "voting/booth/",
    "initiatives/join.html",
    "initiatives/manage/outcome.html",
    "grants/tell.html",
    "grants/manage/",
    "network/manage/",
    "matching/manage/",
    "matching/own.html",
    "matching/answer.html",
    "matching/ask.html",
    "matching/change.html",
    "matching/lasting.html",
    "matching/_fund.html",
    "network/_activity_form.html",
    "network/call_off.html",
    "network/change_activity.html",
)


@pytest.fixture
def site(bare_app: flask.Flask) -> CheckedClient:
    fill.fill(SYSTEM, waterveld(Size.S, clock.local_day(clock.now(db.session()))))
    bare_app.test_client_class = CheckedClient
    return bare_app.test_client()  # type: ignore[return-value]


@pytest.mark.both_engines
def test_every_link_leads_to_a_sound_page_and_every_template_is_used(site: CheckedClient) -> None:
    # On the second engine some pages of every kind tell whether its queries work.
    is_first = db.engine.dialect.name == "sqlite"
    public = _walked(site, ["/"], set(), None if is_first else FEW)
    assert len(public) > 200
    site.get("/nergens")
    site.post("/", data={"postcode": "x"})
    everywhere = {"/mijn", "/beheer"}
    with site.application.app_context():
        tenancy.enter(db.session(), municipality_by_code(fill.CODE).id)  # type: ignore[union-attr]
        talk = f"/gesprek/{db.session.scalars(select(Comment.thread_id)).first()}"
    for address in ("fatima@waterveld.example", "sanne@waterveld.example", "aysel@waterveld.example"):
        tenancy.enter(db.session(), municipality_by_code(fill.CODE).id)  # type: ignore[union-attr]
        person = person_by_email(address)
        assert person is not None
        client: CheckedClient = let_in(site.application.test_client(), person)
        seen = {each for each in public if not _looks_other_to_who_speaks(each)}
        todo = [
            "/mijn",
            "/plannen",
            "/plannen/nieuw",
            "/rondes",
            "/initiatieven",
            talk,
            *(["/beheer"] if person.grants else []),
        ]
        everywhere -= _walked(client, todo, seen - set(todo), MANY if is_first else FEW)
    assert not everywhere
    assert client.get("/beheer/brieven.pdf").mimetype == "application/pdf"
    if not is_first:
        return
    loaded = {str(name) for _, name in site.application.jinja_env.cache}  # type: ignore[union-attr]
    assert {name for name in _templates() - loaded if not name.startswith(OWN_JOURNEYS)} == set()


def _looks_other_to_who_speaks(address: str) -> bool:
    return "/gesprek/" in address or address.startswith(
        ("/plannen/2", "/plannen/nieuw/", "/rondes/2", "/initiatieven/")
    )


def _kind(address: str) -> str:
    """Return an address without what tells things of one kind apart."""
    return re.sub(r"[0-9a-f-]{36}|\d{4}-\d+(-[\w-]*)?|=.*", "…", address)


def _walked(site: CheckedClient, todo: list[str], seen: set[str], most: int | None = None) -> set[str]:
    """Open every page that can be reached and was not seen yet; add their addresses to ``seen``.

    Of what is drawn or of no importance to canaries, and with ``most`` of everything, only some of a kind are opened.
    """
    opened: Counter[str] = Counter()
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        kind = _kind(address)
        opened[kind] += 1
        # The same page in another language differs in its words alone, and those have a guard of their own.
        is_alike = address.endswith(".pdf") or "?naar=" in address or address.startswith("/en/")
        limit = FEW if is_alike else most
        if limit and opened[kind] > limit:
            continue
        response = site.get(address)
        if response.status_code in (303, 308):
            todo.append(response.headers["Location"])
            continue
        assert response.status_code == 200, address
        if response.mimetype.startswith("image/") or response.mimetype == "application/pdf":
            continue
        hidden = CANARIES[:1] if address.startswith(OWN_PAGES) else CANARIES
        assert not [canary for canary in hidden if canary in response.text], address
        if response.mimetype == "text/html":
            todo += [link for link in _links(response.text) if not link.startswith("/static/")]
    return seen


def _links(page: str) -> list[str]:
    return [unescape(link).partition("#")[0] or "/" for link in re.findall(r'href="(/[^"]*)"', page)]


def _templates() -> set[str]:
    found: set[str] = set()
    for folder in paths.PACKAGE.rglob("templates"):
        found |= {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*.html")}
    return found
