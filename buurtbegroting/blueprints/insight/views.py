"""Residents' pages about what is spent: the receipt of a wijk or of the whole municipality, on screen and on paper."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.blueprints.municipalities.queries import wijk_at
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import i18n
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.downloads import csv_response, file_response
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.pages import slug
from buurtbegroting.web.places import FindAreaForm
from buurtbegroting.web.printing import as_pdf, qr
from buurtbegroting.web.signing_in import current_actor

from . import actions, exports, queries
from .forms import QuestionForm
from .kinds import (
    ALLOCATION_WORDS,
    FIELD_BY_SLUG,
    FIELD_SLUGS,
    FIELD_WORDS,
    KIND_SLUGS,
    KIND_WORDS,
    SpendingKind,
    TaskField,
)
from .policy import may_ask_about_spending, may_see_receipt
from .receipts import Place, Receipt, shown, usual
from .subjects import address_of

blueprint = flask.Blueprint("insight", __name__, url_prefix="/inzicht", template_folder="templates")

# The whole receipt counts in one of these: per inhabitant, or of the whole place.
WHOLE_PLACE = "alles"
# Of one task field; a page with every line of a large municipality would be megabytes.
ITEMS_SHOWN = 40


def href_of(place: Place, *, is_full: bool = False) -> str:
    """Return the address of a receipt, with the host where it stands on paper."""
    endpoint, parts = address_of(place)
    return flask.url_for(endpoint, _external=is_full, **parts)


def _figures(years: dict[int, list[SpendingKind]]) -> tuple[int, SpendingKind] | None:
    """Return the year and kind that the address asks for ("2026-begroot"), or else those that people see first."""
    known = {f"{year}-{KIND_SLUGS[kind]}": (year, kind) for year, kinds in years.items() for kind in kinds}
    this_year = clock.local_day(clock.now(db.session())).year
    return known.get(flask.request.args.get("cijfers", "")) or usual(years, this_year)


def _receipt(place: Place) -> Receipt | None:
    figures = _figures(queries.years())
    return queries.receipt_of(place, *figures) if figures else None


def _parts(place: Place, form: FindAreaForm | None = None) -> dict[str, Any]:
    """Return what a page with a receipt shows."""
    years = queries.years()
    figures = _figures(years)
    made = queries.receipt_of(place, *figures) if figures else None
    endpoint, parts = address_of(place)
    asked = flask.request.args.get("cijfers")
    return {
        "place": place,
        "endpoint": endpoint,
        "parts": parts | ({"cijfers": asked} if asked else {}),
        "years": years,
        "figures": figures,
        "is_whole_place": flask.request.args.get("per") == WHOLE_PLACE,
        "each": made and shown(made, per_inhabitant=True),
        "together": made and shown(made, per_inhabitant=False),
        "talks": queries.talks_about(place),
        "places": queries.places() if place.is_whole else [],
        "form": form,
        **WORDS,
    }


WORDS = {
    "field_words": FIELD_WORDS,
    "field_slugs": FIELD_SLUGS,
    "kind_words": KIND_WORDS,
    "kind_slugs": KIND_SLUGS,
    "allocation_words": ALLOCATION_WORDS,
    "whole_place": WHOLE_PLACE,
    "items_shown": ITEMS_SHOWN,
}


@blueprint.get("")
@public
def whole() -> str:
    """Show what the whole municipality spends, and the form that leads to the receipt of one's own wijk."""
    return flask.render_template("insight/receipt.html", **_parts(queries.whole(), FindAreaForm()))


@blueprint.post("")
@public
def find() -> Any:
    """Lead from postcode and house number to the receipt of the wijk; the address is not kept and stands in no log."""
    form = FindAreaForm()
    wijk = submit(form, lambda: wijk_at(form.postcode.data, form.house_number.data))
    if wijk is None:
        return page_with_errors("insight/receipt.html", **_parts(queries.whole(), form))
    return flask.redirect(flask.url_for(".receipt", code=wijk.code, name=slug(wijk.name)), 303)


@blueprint.get("/<area_code:code>")
@blueprint.get("/<area_code:code>-<name>")
@requires(may_see_receipt, load=queries.place_by_code)
def receipt(place: Place) -> Any:
    """Show the receipt of a wijk or own area."""
    return elsewhere(".receipt", code=place.code, name=slug(place.name)) or flask.render_template(
        "insight/receipt.html", **_parts(place)
    )


def _sheet(place: Place, *, is_pdf: bool) -> str:
    address = href_of(place, is_full=True)
    parts = _parts(place) | {"code": qr(address), "address": address, "is_pdf": is_pdf}
    return flask.render_template("insight/print.html", **parts)


@blueprint.get("/<code>/bon")
@requires(may_see_receipt, load=queries.place_by_code)
def sheet(place: Place) -> str:
    """Show a receipt to be printed."""
    return _sheet(place, is_pdf=False)


@blueprint.get("/<code>/bon.pdf")
@requires(may_see_receipt, load=queries.place_by_code)
def sheet_pdf(place: Place) -> flask.Response:
    """Answer with a receipt as a PDF."""
    written = as_pdf(_sheet(place, is_pdf=True), "receipt.css")
    return file_response(f"kassabon-{place.code}.pdf", written, "application/pdf")


@blueprint.get("/<code>/uitgaven.csv")
@requires(may_see_receipt, load=queries.place_by_code)
def spending_csv(place: Place) -> flask.Response:
    """Answer with everything on a receipt as a CSV file."""
    made = _receipt(place)
    return csv_response(f"uitgaven-{place.code}.csv", exports.HEAD, exports.rows(made) if made else ())


def _line(code: str, field: str) -> tuple[Place, TaskField] | None:
    place, known = queries.place_by_code(code), FIELD_BY_SLUG.get(field)
    return (place, known) if place and known else None


def _question(line: tuple[Place, TaskField], form: QuestionForm | None) -> dict[str, Any]:
    place, field = line
    return {
        "place": place,
        "field": field,
        "address": href_of(place),
        "talk": queries.talks_about(place).get(field),
        "form": form,
        **WORDS,
    }


@blueprint.get("/<code>/vraag/<field>")
@requires(may_see_receipt, load=_line)
def question(line: tuple[Place, TaskField]) -> str:
    """Ask what somebody wants to know about a line of a receipt."""
    # A form makes a cookie; who is not signed in has nothing to fill in.
    form = QuestionForm() if current_actor().is_signed_in else None
    return flask.render_template("insight/question.html", **_question(line, form))


@blueprint.post("/<code>/vraag/<field>")
@requires(may_ask_about_spending, load=_line)
def ask(line: tuple[Place, TaskField]) -> Any:
    """Put a question with a line of a receipt."""
    form = QuestionForm()

    def put() -> Any:
        return actions.ask(current_actor(), actions.Question(*line, form.body.data, i18n.language()))

    asked = submit(form, put)
    if asked is None:
        return page_with_errors("insight/question.html", **_question(line, form))
    address = flask.url_for("talk.thread", thread_id=asked.thread_id, gelukt=asked.state.value)
    return flask.redirect(f"{address}#reactie-{asked.number}", 303)
