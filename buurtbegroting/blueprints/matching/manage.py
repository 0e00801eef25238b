"""The desk of brokers, and the list of funds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.i18n import language
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.slices import Task

from . import queries
from .actions import brokering
from .forms import EnterForm, FundForm, NoteForm
from .limits import LIMITS
from .models import Fund, Match, Posting
from .policy import may_broker, may_handle_posting, may_keep_funds
from .states import DAYS, KINDS, PARTS, STATES, Side
from .views.public import names_of_wijken, suggestions_for

blueprint = flask.Blueprint("matching_desk", __name__, url_prefix="/beheer")


def what_waits(actor: Actor) -> Sequence[Task]:
    """Return the needs of people for whom nobody was found yet, longest waiting first."""
    if not may_broker(actor, None, clock.now(db.session())):
        return ()
    return [
        Task(
            _r("Find somebody for: %(title)s", title=each.title),
            flask.url_for("matching_desk.case", posting_id=each.id),
            datetime.combine(each.placed_on, time(), clock.AMSTERDAM),
        )
        for each in queries.waiting_needs()
    ]


@blueprint.get("/makelaar")
@requires(may_broker)
def list_() -> str:
    """Show what waits for a broker, longest waiting first."""
    asked = flask.request.args.get("wat", Side.NEED.value)
    side = asked if asked in set(Side) else Side.NEED.value
    return flask.render_template(
        "matching/manage/list.html", postings=queries.desk(side), side=side, kinds=KINDS, names=names_of_wijken()
    )


def _enter_form() -> EnterForm:
    form = EnterForm()
    form.offer(names_of_wijken())
    return form


def _enter(side: Side) -> Any:
    form = _enter_form()

    def keep() -> Posting:
        return brokering.enter(current_actor(), side, form.words, form.name.data, form.phone.data, language())

    made = submit(form, keep)
    if made is None:
        return page_with_errors("matching/manage/enter.html", side=side, form=form, limits=LIMITS)
    return _to_case(made, "ingevoerd")


def _to_case(found: Posting, done: str) -> Response:
    return flask.redirect(flask.url_for(".case", posting_id=found.id, gelukt=done), 303)


@blueprint.get("/makelaar/vraag")
@requires(may_broker)
def need_page() -> str:
    """Ask what somebody needs who is not online."""
    return flask.render_template("matching/manage/enter.html", side=Side.NEED, form=_enter_form(), limits=LIMITS)


@blueprint.post("/makelaar/vraag")
@requires(may_broker)
def enter_need() -> Any:
    """Enter a need for somebody."""
    return _enter(Side.NEED)


@blueprint.get("/makelaar/aanbod")
@requires(may_broker)
def offer_page() -> str:
    """Ask what somebody offers who is not online."""
    return flask.render_template("matching/manage/enter.html", side=Side.OFFER, form=_enter_form(), limits=LIMITS)


@blueprint.post("/makelaar/aanbod")
@requires(may_broker)
def enter_offer() -> Any:
    """Enter an offer for somebody."""
    return _enter(Side.OFFER)


def _note_form(found: Posting, **how: Any) -> NoteForm:
    return NoteForm(**how, data={"notes": found.notes, "version": str(found.version)})


def _case(found: Posting, form: NoteForm) -> dict[str, Any]:
    name, phone = brokering.who_it_is(found)
    return {
        "posting": found,
        "form": form,
        "name": name or (found.person.name if found.person else ""),
        "phone": phone,
        "suggested": suggestions_for(found, with_private=True),
        "matches": queries.matches_of([found.id]),
        "kinds": KINDS,
        "states": STATES,
        "days": DAYS,
        "parts": PARTS,
        "names": names_of_wijken(),
        "button": Form(formdata=None),
    }


@blueprint.get("/makelaar/<uuid:posting_id>")
@requires(may_handle_posting, load=queries.posting_by_id)
def case(found: Posting) -> str:
    """Show what somebody asks or offers, who they are, and what fits."""
    return flask.render_template("matching/manage/case.html", **_case(found, _note_form(found)))


@blueprint.post("/makelaar/<uuid:posting_id>")
@requires(may_handle_posting, load=queries.posting_by_id)
def note(found: Posting) -> Any:
    """Keep what brokers should know."""
    form = _note_form(found)

    def keep() -> Posting:
        return brokering.note(current_actor(), found, form.notes.data or "", form.version_seen)

    if submit(form, keep, lambda: _note_form(found, formdata=None)) is None:
        return page_with_errors("matching/manage/case.html", **_case(found, form))
    return _to_case(found, "bewaard")


@blueprint.post("/makelaar/<uuid:posting_id>/koppelen/<uuid:other_id>")
@requires(may_handle_posting, load=lambda posting_id, other_id: queries.posting_by_id(posting_id))
def tie(found: Posting) -> Response:
    """Bring two together."""
    other = queries.posting_by_id((flask.request.view_args or {})["other_id"])
    if other is None:
        raise NotFound(_r("This page does not exist, or no longer does."))

    def keep() -> Match:
        return brokering.tie(current_actor(), found, other)

    press(keep)
    return _to_case(found, "gekoppeld")


@blueprint.get("/fondsen")
@requires(may_keep_funds)
def funds() -> str:
    """Show the funds, to be kept up to date."""
    return flask.render_template("matching/manage/funds.html", funds=queries.funds())


@blueprint.get("/fondsen/nieuw")
@requires(may_keep_funds)
def fund_page() -> str:
    """Ask what is known of a new fund."""
    return flask.render_template("matching/manage/fund.html", fund=None, form=FundForm())


@blueprint.post("/fondsen/nieuw")
@requires(may_keep_funds)
def add_fund() -> Any:
    """Put a fund on the list."""
    form = FundForm()
    if submit(form, lambda: brokering.add_fund(current_actor(), form.words)) is None:
        return page_with_errors("matching/manage/fund.html", fund=None, form=form)
    return flask.redirect(flask.url_for(".funds", gelukt="bewaard"), 303)


def _fund_form(found: Fund, **how: Any) -> FundForm:
    names = ("name", "for_what", "how_much", "term", "address", "checked_on")
    return FundForm(**how, data={name: getattr(found, name) for name in names} | {"version": str(found.version)})


@blueprint.get("/fondsen/<uuid:fund_id>")
@requires(may_keep_funds, load=queries.fund_by_id)
def change_fund_page(found: Fund) -> str:
    """Show a fund, to be changed."""
    form = _fund_form(found)
    return flask.render_template("matching/manage/fund.html", fund=found, form=form, button=Form(formdata=None))


@blueprint.post("/fondsen/<uuid:fund_id>")
@requires(may_keep_funds, load=queries.fund_by_id)
def change_fund(found: Fund) -> Any:
    """Keep what was changed of a fund."""
    form = _fund_form(found)

    def keep() -> Fund:
        return brokering.change_fund(current_actor(), found, form.words, form.version_seen)

    if submit(form, keep, lambda: _fund_form(found, formdata=None)) is None:
        return page_with_errors("matching/manage/fund.html", fund=found, form=form, button=Form(formdata=None))
    return flask.redirect(flask.url_for(".funds", gelukt="bewaard"), 303)


@blueprint.post("/fondsen/<uuid:fund_id>/weg")
@requires(may_keep_funds, load=queries.fund_by_id)
def remove_fund(found: Fund) -> Response:
    """Take a fund off the list."""
    press(lambda: brokering.remove_fund(current_actor(), found))
    return flask.redirect(flask.url_for(".funds", gelukt="weg"), 303)
