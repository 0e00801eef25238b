"""Putting something on the agenda of the wijk as a member of an initiative; changing and calling off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.queries import initiative_by_number
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from ..actions import agenda
from ..days import days_of
from ..forms.houses import ActivityForm, CallOffForm, GroupActivityForm
from ..models import Activity
from ..policy import may_change_activity, may_put_on_agenda, may_remove_activity
from ..queries import houses as queries
from ..words import weekday
from .houses import today, wijk_names

blueprint = flask.Blueprint("agenda", __name__)

# How far ahead a day of something weekly can be called off.
AHEAD = timedelta(weeks=12)


def to_activity(found: Activity, done: str) -> Response:
    """Lead to the page of an activity, which says what was done."""
    return flask.redirect(flask.url_for("houses.activity", activity_id=found.id, gelukt=done), 303)


def _group_form(**how: Any) -> GroupActivityForm:
    houses = {str(each.id): each.name for each in queries.houses()}
    return GroupActivityForm(**how).offer(houses, wijk_names())


@blueprint.get("/initiatieven/<human_number:number>/agenda")
@requires(may_put_on_agenda, load=initiative_by_number)
def of_initiative(found: Initiative) -> str:
    """Show what an initiative has on the agenda, with a form for something more."""
    form = _group_form(data={"day": today(), "wijk": found.wijk_code or "", "place": found.place})
    return flask.render_template("network/of_initiative.html", **_of_initiative(found, form))


def _of_initiative(found: Initiative, form: GroupActivityForm) -> dict[str, Any]:
    return {"initiative": found, "form": form, "planned": queries.activities_of_initiative(found.id, today())}


@blueprint.post("/initiatieven/<human_number:number>/agenda")
@requires(may_put_on_agenda, load=initiative_by_number)
def plan(found: Initiative) -> Any:
    """Put it on the agenda."""
    form = _group_form()
    made = submit(form, lambda: agenda.plan_by_initiative(current_actor(), found, form.about))
    if made is None:
        return page_with_errors("network/of_initiative.html", **_of_initiative(found, form))
    return to_activity(made, "gepland")


_KNOWN = ("title", "what", "day", "starts", "ends", "is_weekly", "until", "for_whom", "cost_cents", "sign_up")


def _form_of(found: Activity, **how: Any) -> ActivityForm:
    known: dict[str, Any] = {name: getattr(found, name) for name in _KNOWN} | {"version": str(found.version)}
    known["cost_cents"] = found.cost_cents or None
    if found.initiative_id is None:
        return ActivityForm(**how, data=known)
    where = {"house": str(found.house_id or ""), "place": found.place, "wijk": found.wijk_code}
    return _group_form(**how, data=known | where)


@blueprint.get("/agenda-van-de-wijk/<uuid:activity_id>/wijzigen")
@requires(may_change_activity, load=queries.activity_by_id)
def change_page(found: Activity) -> str:
    """Show an activity, to be changed."""
    return flask.render_template("network/change_activity.html", activity=found, form=_form_of(found))


@blueprint.post("/agenda-van-de-wijk/<uuid:activity_id>/wijzigen")
@requires(may_change_activity, load=queries.activity_by_id)
def change(found: Activity) -> Any:
    """Keep what was changed."""
    form = _form_of(found)

    def keep() -> Activity:
        return agenda.change_activity(current_actor(), found, form.about, form.version_seen)

    if submit(form, keep, lambda: _form_of(found, formdata=None)) is None:
        return page_with_errors("network/change_activity.html", activity=found, form=form)
    return to_activity(found, "gewijzigd")


def _call_off_form(found: Activity) -> CallOffForm:
    off = {each.day for each in found.cancelled}
    coming = days_of(found, today(), max(today(), found.day) + AHEAD)
    return CallOffForm().offer({each: weekday(each) for each in coming if each not in off})


@blueprint.get("/agenda-van-de-wijk/<uuid:activity_id>/afgelasten")
@requires(may_change_activity, load=queries.activity_by_id)
def call_off_page(found: Activity) -> str:
    """Ask which day is called off and why, and show which are."""
    form = _call_off_form(found)
    return flask.render_template("network/call_off.html", activity=found, form=form, button=Form(), today_=today())


@blueprint.post("/agenda-van-de-wijk/<uuid:activity_id>/afgelasten")
@requires(may_change_activity, load=queries.activity_by_id)
def call_off(found: Activity) -> Any:
    """Call a day off."""
    form = _call_off_form(found)
    if submit(form, lambda: agenda.call_off(current_actor(), found, form.day_chosen, form.reason.data)) is None:
        return page_with_errors("network/call_off.html", activity=found, form=form, button=Form(), today_=today())
    return to_activity(found, "afgelast")


@blueprint.post("/agenda-van-de-wijk/<uuid:activity_id>/toch")
@requires(may_change_activity, load=queries.activity_by_id)
def put_back_on(found: Activity) -> Response:
    """Say that it is there on a day that was called off."""
    asked = flask.request.form.get("dag", "")
    day = next((each.day for each in found.cancelled if each.day.isoformat() == asked), None)
    if day is not None:
        press(lambda: agenda.put_back_on(current_actor(), found, day))
    return to_activity(found, "toch")


@blueprint.post("/agenda-van-de-wijk/<uuid:activity_id>/verwijderen")
@requires(may_remove_activity, load=queries.activity_by_id)
def take_away(found: Activity) -> Response:
    """Take it off the agenda."""
    press(lambda: agenda.take_away(current_actor(), found))
    return flask.redirect(flask.url_for("houses.agenda", gelukt="weg"), 303)
