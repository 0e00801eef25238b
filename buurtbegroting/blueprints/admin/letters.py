"""Letters as a PDF: a page per person, large print, the address where the window of an envelope is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flask

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.foundation import outbox, paths


def as_pdf(letters: Sequence[outbox.Message], day: Any) -> bytes:
    """Return letters as one PDF that assistive technology can read too (PDF/UA)."""
    # Loading it takes a second, and only the desk needs it.
    try:
        import weasyprint
    except OSError:
        raise NotNow(_r("This machine cannot make PDFs. An operator installs the library Pango.")) from None

    pages = [
        {"language": each.language, "address": each.content["address"].split("\n"), "words": outbox.rendered(each)}
        for each in letters
    ]
    html = flask.render_template("admin/letters_print.html", pages=pages, day=day)
    sheet = weasyprint.CSS(filename=str(paths.STATIC / "css" / "letters.css"))
    written: bytes = weasyprint.HTML(string=html).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return written
