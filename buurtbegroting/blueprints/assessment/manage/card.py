"""The card: what is asked about one plan, written in pauses, and answered."""

from __future__ import annotations

from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.printing import as_pdf
from buurtbegroting.web.signing_in import current_actor

from ..actions import asking, assigning, judging, noting
from ..forms import (
    AskForm,
    CardForm,
    NoteForm,
    PassOnForm,
    as_id,
    card_form,
    marks_of,
)
from ..models import Assessment
from ..policy import (
    may_ask_authors,
    may_assign,
    may_hand_over,
    may_judge,
    may_note,
    may_open_again,
    may_pass_on,
    may_publish,
    may_see_card,
)
from ..queries import cards, people, standing
from ..states import KINDS, MARKS, STATES, VERDICTS

blueprint = flask.Blueprint("cards", __name__, url_prefix="/beheer/beoordelen")
# What a card's page needs to know of what its reader may do.
POLICIES = {
    "may_judge": may_judge,
    "may_ask": may_ask_authors,
    "may_hand_over": may_hand_over,
    "may_pass_on": may_pass_on,
    "may_assign": may_assign,
    "may_open_again": may_open_again,
    "may_publish": may_publish,
}


def _to(card: Assessment, done: str) -> Response:
    return flask.redirect(flask.url_for(".card", number=card.proposal.number, gelukt=done), 303)


def _parts(card: Assessment, form: CardForm, note: NoteForm) -> dict[str, Any]:
    return {
        "card": card,
        "form": form,
        "note": note,
        "notes": cards.notes_of(card),
        "kinds": KINDS,
        "states": STATES,
        "verdicts": VERDICTS,
        "marks": MARKS,
        "precedents": cards.precedents(card.proposal),
        "rivals": standing.rivals_of(card.proposal),
        "published": standing.standing_of(card.proposal).versions,
        "today": clock.local_day(clock.now(db.session())),
        **POLICIES,
    }


@blueprint.get("/<human_number:number>")
@requires(may_see_card, load=cards.card_of)
def card(found: Assessment) -> str:
    """Show the card of a plan."""
    return flask.render_template("assessment/manage/card.html", **_parts(found, card_form(found), NoteForm()))


@blueprint.post("/<human_number:number>")
@requires(may_judge, load=cards.card_of)
def write(found: Assessment) -> Any:
    """Keep what was written on the card, or answer with it."""
    form, is_ready = card_form(found), flask.request.form.get("klaar") == "ja"

    def keep() -> Assessment:
        words = judging.CardWords(
            form.verdict.data or "",
            form.reason.data or "",
            form.difference.data or "",
            form.cost_cents.data,
            form.maintenance_cents.data,
            marks_of(form, found.marks),
        )
        deed = judging.answer if is_ready else judging.write_card
        return deed(current_actor(), found, words, form.version_seen)

    if submit(form, keep, lambda: card_form(found, formdata=None)) is None:
        return page_with_errors("assessment/manage/card.html", **_parts(found, form, NoteForm(formdata=None)))
    return _to(found, "beantwoord" if is_ready else "bewaard")


@blueprint.post("/<human_number:number>/notitie")
@requires(may_note, load=cards.card_of)
def add_note(found: Assessment) -> Any:
    """Write something for colleagues."""
    note = NoteForm()
    if submit(note, lambda: noting.write_note(current_actor(), found, note.text.data)) is None:
        parts = _parts(found, card_form(found, formdata=None), note)
        return page_with_errors("assessment/manage/card.html", **parts)
    return _to(found, "notitie")


@blueprint.post("/<human_number:number>/heropenen")
@requires(may_open_again, load=cards.card_of)
def open_again(found: Assessment) -> Any:
    """Take an answer back that was not published yet."""
    press(lambda: judging.open_again(current_actor(), found, ""))
    return _to(found, "heropend")


@blueprint.get("/<human_number:number>/vraag")
@requires(may_ask_authors, load=cards.card_of)
def ask_page(found: Assessment) -> str:
    """Ask what the makers should be asked."""
    return flask.render_template("assessment/manage/ask.html", card=found, form=AskForm())


@blueprint.post("/<human_number:number>/vraag")
@requires(may_ask_authors, load=cards.card_of)
def ask(found: Assessment) -> Any:
    """Ask the makers something."""
    form = AskForm()

    def send() -> Any:
        question = asking.Question(form.text.data, form.where.data == "public", form.asked_cents.data)
        return asking.ask_authors(current_actor(), found, question)

    if submit(form, send) is None:
        return page_with_errors("assessment/manage/ask.html", card=found, form=form)
    return _to(found, "gevraagd")


def _pass_on_form() -> PassOnForm:
    form = PassOnForm()
    form.offer(people.departments(), people.people_of_desk())
    return form


@blueprint.get("/<human_number:number>/doorgeven")
@requires(may_pass_on, load=cards.card_of)
def pass_on_page(found: Assessment) -> str:
    """Ask why the card has to go to somebody else, and to whom."""
    return flask.render_template("assessment/manage/pass_on.html", card=found, form=_pass_on_form())


@blueprint.post("/<human_number:number>/doorgeven")
@requires(may_pass_on, load=cards.card_of)
def pass_on(found: Assessment) -> Any:
    """Give the card to somebody else, or back to the desk."""
    form = _pass_on_form()

    def give() -> Assessment:
        actor, reason = current_actor(), form.reason.data or ""
        if form.what.data == "not-ours":
            return assigning.say_not_ours(actor, found, form.belongs_to.data or "", reason)
        if form.what.data == "involved":
            return assigning.say_involved(actor, found, reason)
        to = assigning.Assignment(form.department.data, as_id(form.assessor.data), None, reason)
        return assigning.delegate(actor, found, to)

    if submit(form, give) is None:
        return page_with_errors("assessment/manage/pass_on.html", card=found, form=form)
    return flask.redirect(flask.url_for("assessing.list_", gelukt="doorgegeven"), 303)


def _sheet(found: Assessment, *, is_pdf: bool) -> str:
    return flask.render_template(
        "assessment/manage/sheet.html",
        card=found,
        is_blank=flask.request.args.get("leeg") == "ja",
        is_pdf=is_pdf,
        marks=MARKS,
        verdicts=VERDICTS,
    )


@blueprint.get("/<human_number:number>/kaart")
@requires(may_see_card, load=cards.card_of)
def sheet(found: Assessment) -> str:
    """Show the card as it is printed: filled in, or blank to write on."""
    return _sheet(found, is_pdf=False)


@blueprint.get("/<human_number:number>/kaart.pdf")
@requires(may_see_card, load=cards.card_of)
def sheet_pdf(found: Assessment) -> flask.Response:
    """Answer with the card as a PDF."""
    name = f"kaart-{found.proposal.number}.pdf"
    return file_response(name, as_pdf(_sheet(found, is_pdf=True), "card.css"), "application/pdf")
