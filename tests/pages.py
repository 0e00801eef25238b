"""A client that checks every page it is given, so that no page test has to."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

XHTML = "{http://www.w3.org/1999/xhtml}"
# The parser knows HTML of 2011: these complaints are about things that are allowed since.
ALLOWED_COMPLAINTS: set[str] = set()
# The only addresses that may set a cookie for a visitor who has none: the way in, and the form of who has a link.
WITH_COOKIE = (
    "/inloggen",
    "/aanmelden",
    "/wachtwoord",
    "/mijn/e-mail/",
    "/demo",
    "/uitloggen",
    "/kan-dit/",
    "/stemmen/2",
)


class CheckedClient(FlaskClient):
    """Checks HTML, heading, title, ids, labels and cookies of every page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # As in a server: what one request loaded or remembered is not there for the next.
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 304, 308):
            check_page(response.get_data(as_text=True))
        is_open = (
            not response.request.path.removeprefix("/en").startswith(WITH_COOKIE)
            and "Cookie" not in response.request.headers
        )
        assert not is_open or "Set-Cookie" not in response.headers, "a public page sets a cookie"
        return response


def check_page(text: str) -> ElementTree.Element:
    """Refuse a page with a mistake in it; return its tree."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(text)
    complaints = [str(error) for error in parser.errors if error[1] not in ALLOWED_COMPLAINTS]
    assert not complaints, f"not valid HTML: {complaints[:5]}"
    headings = [_text(each) for each in tree.iter(f"{XHTML}h1")]
    assert len(headings) == 1, f"a page has one h1, this one has {headings}"
    title = _text(next(tree.iter(f"{XHTML}title")))
    assert title.strip(), "a page has a title"
    assert tree.get("lang") in ("nl", "en"), "a page says its language"
    ids = Counter(each.get("id") for each in tree.iter() if each.get("id"))
    assert not [name for name, times in ids.items() if times > 1], "an id stands twice on the page"
    _check_references(tree, set(ids))
    _check_labels(tree)
    _check_inline(tree)
    return tree


def _text(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _check_references(tree: ElementTree.Element, ids: set[str | None]) -> None:
    for element in tree.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for target in (element.get(name) or "").split():
                assert target in ids, f"{name}={target} points nowhere"
        link = element.get("href", "")
        if link.startswith("#"):
            assert link[1:] in ids, f"the link {link} points nowhere"


def _check_labels(tree: ElementTree.Element) -> None:
    labelled = {each.get("for") for each in tree.iter(f"{XHTML}label")}
    for name in ("input", "select", "textarea"):
        for element in tree.iter(f"{XHTML}{name}"):
            if element.get("type") not in ("hidden", "submit"):
                assert element.get("id") in labelled, f"{name} {element.get('name')} has no label"


def _check_inline(tree: ElementTree.Element) -> None:
    for element in tree.iter():
        assert not element.get("style"), "inline style is against the CSP"
        assert not [name for name in element.attrib if re.match("on[a-z]+$", name)], "inline script is against the CSP"
        if element.tag == f"{XHTML}script":
            assert element.get("src"), "inline script is against the CSP"
