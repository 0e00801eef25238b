"""Catalogues: fresh, complete, without guesses, and with the same places to fill and the same tags."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from buurtbegroting.foundation import paths

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "_r": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
NOT_DUTCH_TEXTS = {"%(place)s: %(theme)s", "%(call)s (%(money)s)", "%(file)s: %(what)s"}
CATALOGUE = paths.TRANSLATIONS / "nl" / "LC_MESSAGES" / "messages.po"


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="nl")


def used() -> set[str | tuple[str, ...]]:
    options = {method: {"trimmed": "true", "encoding": "utf-8"} for method, _ in METHODS[1:]}
    found = extract_from_dir(paths.PACKAGE, METHODS, options, keywords=KEYWORDS)
    return {message if isinstance(message, str) else tuple(message[:2]) for _, _, message, *_ in found}


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_the_dutch_catalogue_holds_exactly_what_the_code_says(dutch: Catalog) -> None:
    present = {message.id for message in messages(dutch)}
    assert used() - present == set(), "run bin/translate and translate what is new"
    assert present - used() == set(), "run bin/translate"


def test_every_text_has_its_dutch_words(dutch: Catalog) -> None:
    for message in messages(dutch):
        strings = (message.string,) if isinstance(message.string, str) else message.string
        assert all(strings), message.id
        assert not message.fuzzy, message.id


def test_places_and_tags_are_the_same_in_both_languages(dutch: Catalog) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)[.\d]*\w|<[^>]+>", text))

    for message in messages(dutch):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        allowed = set().union(*(places(each) for each in ids))
        for string in strings:
            assert places(string) <= allowed, message.id
        assert places(strings[-1]) == places(ids[-1]), message.id


def test_no_page_is_left_in_english(dutch: Catalog) -> None:
    same = {
        m.id for m in messages(dutch) if isinstance(m.id, str) and m.id == m.string and re.search(r"[a-z]{4}", m.id)
    }
    words = (
        {each for each in same if " " in each}
        - NOT_DUTCH_TEXTS
        - {"%(file)s, line %(line)s: %(what)s", "%(field)s in %(place)s", "Per wijk"}
    )
    assert not words


def test_compiled_catalogues_are_not_kept() -> None:
    assert ".mo" in (paths.ROOT / ".gitignore").read_text()
    assert Path(CATALOGUE).is_file()
