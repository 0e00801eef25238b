"""Letters as a PDF: a page per person, large print, the address where the window of an envelope is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flask

from buurtbegroting.foundation import outbox
from buurtbegroting.web import printing


def as_pdf(letters: Sequence[outbox.Message], day: Any) -> bytes:
    """Return letters as one PDF that assistive technology can read too (PDF/UA)."""
    pages = [
        {"language": each.language, "address": each.content["address"].split("\n"), "words": outbox.rendered(each)}
        for each in letters
    ]
    html = flask.render_template("admin/letters_print.html", pages=pages, day=day)
    return printing.as_pdf(html, "letters.css")
