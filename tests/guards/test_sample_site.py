"""The whole site of the sample town: every page is sound, every link leads somewhere, every template is used."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import flask
import pytest

from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation import clock, paths
from buurtbegroting.foundation.database import db
from buurtbegroting.sample import fill
from buurtbegroting.sample.waterveld import Size, waterveld
from tests.pages import CheckedClient

CANARIES = ("CANARY-HIDDEN", "CANARY-DRAFT")


@pytest.fixture
def site(bare_app: flask.Flask) -> CheckedClient:
    fill.fill(SYSTEM, waterveld(Size.S, clock.local_day(clock.now(db.session()))))
    bare_app.test_client_class = CheckedClient
    return bare_app.test_client()  # type: ignore[return-value]


@pytest.mark.both_engines
def test_every_link_leads_to_a_sound_page_and_every_template_is_used(site: CheckedClient) -> None:
    todo, seen = ["/"], set()
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        response = site.get(address)
        if response.status_code == 308:
            todo.append(response.headers["Location"])
            continue
        assert response.status_code == 200, address
        assert not [canary for canary in CANARIES if canary in response.text], address
        if response.mimetype == "text/html":
            todo += [link for link in _links(response.text) if not link.startswith("/static/")]
    assert len(seen) > 200
    site.get("/nergens")
    site.post("/", data={"postcode": "x"})
    loaded = {str(name) for _, name in site.application.jinja_env.cache}  # type: ignore[union-attr]
    assert _templates() - loaded == set()


def _links(page: str) -> list[str]:
    return [unescape(link).partition("#")[0] or "/" for link in re.findall(r'href="(/[^"]*)"', page)]


def _templates() -> set[str]:
    found: set[str] = set()
    for folder in paths.PACKAGE.rglob("templates"):
        found |= {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*.html")}
    return found
