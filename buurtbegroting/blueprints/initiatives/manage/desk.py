"""The desk of initiatives: what waits, contact persons, answers, referrals."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.slices import Task

from .. import queries
from ..actions import answering
from ..forms import desk as forms
from ..forms.groups import STAGES
from ..grounds import GROUNDS, ROUTES
from ..models import ContactAbsence, Initiative, Referral
from ..policy import (
    may_answer_initiative,
    may_handle,
    may_hide_initiative,
    may_note_outcome,
    may_refer,
    may_see_desk,
)
from ..queries import cases
from ..states import AnswerState

blueprint = flask.Blueprint("initiative_desk", __name__, url_prefix="/beheer/initiatieven")

STATES = {
    AnswerState.WAITING: _r("Waits for an answer"),
    AnswerState.YES_IF: _r("Yes, if something is done first"),
    AnswerState.NO: _r("No"),
    AnswerState.YES: _r("Yes"),
    AnswerState.NOT_ASKED: _r("Asked nothing"),
}


def what_waits(actor: Actor) -> Sequence[Task]:
    """Return the questions of initiatives that wait for an official, or for nobody yet."""
    if not may_see_desk(actor, None, clock.now(db.session())) or actor.id is None:
        return ()
    return [
        Task(
            _r("Answer the initiative: %(title)s", title=each.title),
            flask.url_for("initiative_desk.case", number=each.number),
            datetime.combine(each.turn_since or each.registered_on, time(), clock.AMSTERDAM),
            datetime.combine(each.turn_due, time(23, 59), clock.AMSTERDAM) if each.turn_due else None,
        )
        for each in cases.waiting_for(uuid.UUID(actor.id))
    ]


def _today() -> date:
    return clock.local_day(clock.now(db.session()))


@blueprint.get("")
@requires(may_see_desk)
def list_() -> str:
    """Show what waits at the desk, what is due first."""
    asked, number = flask.request.args, page_number()
    state, whose = asked.get("staat", "waiting"), asked.get("wie", "")
    filters = cases.DeskFilters(
        whose=whose if whose in ("mij", "niemand") else "", state=state if state in set(AnswerState) else ""
    )
    person_id = uuid.UUID(str(current_actor().id))
    rows, total = cases.desk(filters, person_id, number)
    return flask.render_template(
        "initiatives/manage/list.html",
        found=PageOf(rows, number, cases.DESK_SIZE, total),
        filters=filters,
        states=STATES,
        late=cases.overdue(_today()),
        absence=cases.absence_of(person_id, _today()),
        most_referrals=answering.MOST_REFERRALS,
    )


def _case(found: Initiative, **more: Any) -> dict[str, Any]:
    known = {
        "initiative": found,
        "stages": STAGES,
        "states": STATES,
        "grounds": GROUNDS,
        "routes": ROUTES,
        "notes": cases.notes_of(found.id),
        "told_again": cases.times_told_again(found.id),
        "absence": cases.absence_of(found.contact_id, _today()) if found.contact_id else None,
        "most_referrals": answering.MOST_REFERRALS,
        "may_handle": may_handle,
        "may_answer": may_answer_initiative,
        "may_refer": may_refer,
        "may_note": may_note_outcome,
        "may_hide": may_hide_initiative,
        "button": Form(),
    }
    return known | more


@blueprint.get("/<human_number:number>")
@requires(may_see_desk, load=queries.initiative_by_number)
def case(found: Initiative) -> str:
    """Show the whole file of an initiative."""
    return flask.render_template("initiatives/manage/case.html", **_case(found))


@blueprint.get("/<human_number:number>/afdrukken")
@requires(may_see_desk, load=queries.initiative_by_number)
def sheet(found: Initiative) -> str:
    """Show the whole file as one page to print, so that it can travel along to who has no account."""
    return flask.render_template("initiatives/manage/sheet.html", **_case(found))


def _people(without: str = "") -> Mapping[str, str]:
    return {str(each.id): each.name for each in cases.possible_contacts() if str(each.id) != without}


def _contact_form(found: Initiative) -> forms.ContactForm:
    known = str(found.contact_id) if found.contact_id else current_actor().id
    form = forms.ContactForm(data={"person": known, "shown": found.contact_shown})
    form.offer(_people())
    return form


@blueprint.get("/<human_number:number>/contactpersoon")
@requires(may_handle, load=queries.initiative_by_number)
def contact_page(found: Initiative) -> str:
    """Ask who is the contact person."""
    return flask.render_template("initiatives/manage/contact.html", initiative=found, form=_contact_form(found))


@blueprint.post("/<human_number:number>/contactpersoon")
@requires(may_handle, load=queries.initiative_by_number)
def give_contact(found: Initiative) -> Any:
    """Keep who is the contact person."""
    form = _contact_form(found)

    def keep() -> Initiative:
        return answering.give_contact(current_actor(), found, form.person.data, form.shown.data)

    if submit(form, keep) is None:
        return page_with_errors("initiatives/manage/contact.html", initiative=found, form=form)
    return _to_case(found, "contact")


def _to_case(found: Initiative, done: str) -> Response:
    return flask.redirect(flask.url_for(".case", number=found.number, gelukt=done), 303)


@blueprint.get("/<human_number:number>/antwoord")
@requires(may_answer_initiative, load=queries.initiative_by_number)
def answer_page(found: Initiative) -> str:
    """Ask what the municipality answers."""
    return flask.render_template("initiatives/manage/answer.html", initiative=found, form=_answer_form(found))


def _answer_form(found: Initiative) -> forms.AnswerForm:
    return forms.AnswerForm(data={"department": found.contact_shown})


@blueprint.post("/<human_number:number>/antwoord")
@requires(may_answer_initiative, load=queries.initiative_by_number)
def answer(found: Initiative) -> Any:
    """Give the answer of the municipality."""
    form = _answer_form(found)

    def keep() -> Initiative:
        names = ("kind", "words", "conditions", "helper", "ground", "route")
        given = answering.Answer(**{name: form[name].data or "" for name in names})
        return answering.answer(current_actor(), found, given, form.department.data)

    if submit(form, keep) is None:
        return page_with_errors("initiatives/manage/answer.html", initiative=found, form=form)
    return _to_case(found, "beantwoord")


@blueprint.get("/<human_number:number>/doorverwijzen")
@requires(may_refer, load=queries.initiative_by_number)
def refer_page(found: Initiative) -> str:
    """Ask to whom the question goes on."""
    return flask.render_template("initiatives/manage/refer.html", **_referring(found, forms.ReferForm()))


def _referring(found: Initiative, form: Form) -> dict[str, Any]:
    is_too_many = len(found.referrals) >= answering.MOST_REFERRALS
    return {"initiative": found, "form": form, "is_too_many": is_too_many}


@blueprint.post("/<human_number:number>/doorverwijzen")
@requires(may_refer, load=queries.initiative_by_number)
def refer(found: Initiative) -> Any:
    """Send the question on."""
    form = forms.ReferForm()
    if submit(form, lambda: answering.refer(current_actor(), found, form.to_whom.data, form.question.data)) is None:
        return page_with_errors("initiatives/manage/refer.html", **_referring(found, form))
    return _to_case(found, "doorverwezen")


@blueprint.get("/doorverwijzingen/<uuid:referral_id>")
@requires(may_note_outcome, load=cases.referral_by_id)
def outcome_page(referral: Referral) -> str:
    """Ask what came back."""
    return flask.render_template("initiatives/manage/outcome.html", referral=referral, form=forms.OutcomeForm())


@blueprint.post("/doorverwijzingen/<uuid:referral_id>")
@requires(may_note_outcome, load=cases.referral_by_id)
def note_outcome(referral: Referral) -> Any:
    """Keep what came back."""
    form = forms.OutcomeForm()
    if submit(form, lambda: answering.note_outcome(current_actor(), referral, form.outcome.data)) is None:
        return page_with_errors("initiatives/manage/outcome.html", referral=referral, form=form)
    return _to_case(referral.initiative, "terug")


@blueprint.post("/<human_number:number>/verbergen")
@requires(may_hide_initiative, load=queries.initiative_by_number)
def hide(found: Initiative) -> Response:
    """Hide an initiative, or show it again."""
    is_hidden = not found.is_hidden
    press(lambda: answering.set_hidden(current_actor(), found, is_hidden=is_hidden))
    done = "verborgen" if is_hidden else "zichtbaar"
    return flask.redirect(flask.url_for("initiatives.initiative", number=found.number, gelukt=done), 303)


def _away_form() -> forms.AwayForm:
    form = forms.AwayForm()
    form.offer(_people(without=str(current_actor().id)))
    return form


def _own_absence() -> ContactAbsence | None:
    return cases.absence_of(uuid.UUID(str(current_actor().id)), _today())


@blueprint.get("/afwezig")
@requires(may_see_desk)
def away_page() -> str:
    """Ask until when one is away, and who stands in."""
    form = _away_form()
    return flask.render_template("initiatives/manage/away.html", form=form, absence=_own_absence(), button=Form())


@blueprint.post("/afwezig")
@requires(may_see_desk)
def away() -> Any:
    """Keep that one is away."""
    form = _away_form()

    def keep() -> ContactAbsence:
        return answering.be_away(current_actor(), form.stand_in.data, form.shown.data, form.until.data)

    if submit(form, keep) is None:
        return page_with_errors(
            "initiatives/manage/away.html", form=form, absence=_own_absence(), button=Form(formdata=None)
        )
    return flask.redirect(flask.url_for(".away_page", gelukt="bewaard"), 303)


@blueprint.post("/afwezig/terug")
@requires(may_see_desk)
def back() -> Response:
    """Keep that one is there again."""
    if (absence := _own_absence()) is not None:
        press(lambda: answering.be_back(current_actor(), absence))
    return flask.redirect(flask.url_for(".away_page", gelukt="terug"), 303)
