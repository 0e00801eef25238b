"""Letters with voting codes on paper: a tagged PDF per size of print, and a list for who merges letters."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import flask
from markupsafe import Markup

from buurtbegroting.blueprints.municipalities.queries import tenant_by_id
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.standing import Standing, standing
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import i18n, printing
from buurtbegroting.web.downloads import FORMULA_STARTS
from buurtbegroting.web.letters import address_of

from .actions.lettering import Letter, pack_with

SHEET = "voting_letters.css"
HEAD = ("kenmerk", "naam", "adres", "plaats", "code", "adres_van_het_stemhokje", "taal", "grote_letters")


@pack_with
def packed(round_: Round, letters: Sequence[Letter]) -> bytes:
    """Return a ZIP with the letters in usual and in large print, and the list to merge."""
    base = booth_of(round_)
    sizes = {"brieven.pdf": False, "brieven-grote-letters.pdf": True}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, is_large in sizes.items():
            if some := [each for each in letters if each.is_large_print is is_large]:
                package.writestr(name, as_pdf(round_, some, is_large=is_large))
        package.writestr("samenvoegbestand.csv", _to_merge(letters, base))
    return written.getvalue()


def as_pdf(round_: Round, letters: Sequence[Letter], *, is_large: bool) -> bytes:
    """Return letters as a PDF that assistive technology can read too, a page for each."""
    return printing.as_pdf(as_page(round_, letters, is_large=is_large), SHEET)


def as_page(round_: Round, letters: Sequence[Letter], *, is_large: bool, back: str = "") -> str:
    """Return letters as a page to print, each in the language of its reader; on a screen it leads ``back``."""
    template = flask.current_app.jinja_env.get_template("electorate/letters_print.html")
    base, pages = booth_of(round_), []
    for letter in letters:
        with i18n.speaking(letter.language):
            pages.append(_page(template, letter, base, standing(round_, clock.now(db.session())), round_))
    whole = flask.current_app.jinja_env.get_template("electorate/letters_print_all.html")
    return whole.render(pages=pages, is_large=is_large, back=back, title=round_.title)


def _page(template: Any, letter: Letter, base: str, stand: Standing, round_: Round) -> Markup:
    page = template.render(
        letter=letter,
        tenant=tenant_by_id(round_.municipality_id),
        round=round_,
        standing=stand,
        vote=next((line for line in stand.lines if line.kind.value == "vote"), None),
        address=base,
        code=printing.qr(f"{base}#{letter.code}"),
    )
    # The template itself escaped what is not ours.
    return Markup(page)  # noqa: S704


def booth_of(round_: Round) -> str:
    """Return the full address of the booth of a round."""
    settings = flask.current_app.config["SETTINGS"]
    return f"{address_of(settings, tenant_by_id(round_.municipality_id))}/stemmen/{round_.number}"


def _to_merge(letters: Sequence[Letter], base: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for each in letters:
        name, street, town = (*each.address, "", "", "")[:3]
        large = "ja" if each.is_large_print else "nee"
        cells = (each.reference, name, street, town, each.code, f"{base}#{each.code}", each.language, large)
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells])
    return "\N{BYTE ORDER MARK}" + text.getvalue()
