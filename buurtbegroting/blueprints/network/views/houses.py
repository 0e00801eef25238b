"""The houses of the wijk and the agenda."""

from __future__ import annotations

import itertools
import uuid
from datetime import date, timedelta
from typing import Any

import flask

from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.blueprints.municipalities.policy import may_see_area
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import is_uuid
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.forms import Form
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor

from .. import exports
from ..days import days_of, occasions
from ..kinds import HOUSE_KINDS, WHEELCHAIR
from ..models import Activity, House
from ..policy import (
    may_change_activity,
    may_fill_agenda,
    may_keep_network,
    may_remove_activity,
    may_see_activity,
    may_see_house,
)
from ..queries import houses as queries
from ..words import hour, weekday

blueprint = flask.Blueprint("houses", __name__, template_folder="../templates")


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {"weekday": weekday, "hour": hour}


HOUSES_SHOWN = 30
AGENDA = timedelta(days=27)
# A calendar that keeps looking does not lose what was there last month.
LOOK_BACK = timedelta(days=31)


def today() -> date:
    """Return this day in the Netherlands."""
    return clock.local_day(clock.now(db.session()))


def wijk_names() -> dict[str, str]:
    """Return the names of the wijken by their code."""
    return {each.code: each.name for each in municipalities.current_areas(AreaKind.WIJK)}


def _asked(name: str, among: object) -> str:
    asked = flask.request.args.get(name, "")
    return asked if asked in among else ""  # type: ignore[operator]


@blueprint.get("/huizen")
@public
def houses() -> str:
    """Show the houses that fit."""
    names, number = wijk_names(), page_number()
    wijk, kind = _asked("wijk", names), _asked("soort", HOUSE_KINDS)
    shown = queries.houses(wijk, kind, number, HOUSES_SHOWN)
    return flask.render_template(
        "network/houses.html",
        found=PageOf(shown, number, HOUSES_SHOWN, queries.count_houses(wijk, kind)),
        names=names,
        wijk=wijk,
        kind=kind,
        kinds=HOUSE_KINDS,
        wheelchair=WHEELCHAIR,
        may_keep=may_keep_network,
    )


@blueprint.get("/huizen/<uuid:house_id>")
@requires(may_see_house, load=queries.house_by_id)
def house(found: House) -> str:
    """Show one house and what is on there in the coming four weeks."""
    first, last = today(), today() + AGENDA
    planned = occasions(queries.visible_activities(first, last, house=found.id), first, last)
    return flask.render_template(
        "network/house.html",
        house=found,
        names=wijk_names(),
        kinds=HOUSE_KINDS,
        wheelchair=WHEELCHAIR,
        days=[(day, list(them)) for day, them in itertools.groupby(planned, key=lambda each: each.day)],
        may_keep=may_keep_network,
        may_fill=may_fill_agenda,
    )


@blueprint.get("/agenda-van-de-wijk")
@public
def agenda() -> str:
    """Show what is on in the coming four weeks, day by day."""
    names, first, last = wijk_names(), today(), today() + AGENDA
    wijk, asked = _asked("wijk", names), flask.request.args.get("huis", "")
    chosen = queries.house_by_id(uuid.UUID(asked)) if is_uuid(asked) else None
    shown = chosen if chosen is not None and not chosen.is_gone else None
    planned = occasions(queries.visible_activities(first, last, wijk, shown.id if shown else None), first, last)
    return flask.render_template(
        "network/agenda.html",
        days=[(day, list(them)) for day, them in itertools.groupby(planned, key=lambda each: each.day)],
        total=len(planned),
        names=names,
        wijk=wijk,
        house=shown,
        houses=queries.houses(),
        first=first,
        last=last,
    )


@blueprint.get("/agenda-van-de-wijk/<uuid:activity_id>")
@requires(may_see_activity, load=queries.activity_by_id)
def activity(found: Activity) -> str:
    """Show one activity, when it is there next, and which days are called off."""
    first, last = today(), today() + AGENDA
    return flask.render_template(
        "network/activity.html",
        activity=found,
        names=wijk_names(),
        wheelchair=WHEELCHAIR,
        coming=occasions([found], first, last),
        is_over=not any(days_of(found, first, max(first, found.day + timedelta(days=7)))),
        may_change=may_change_activity,
        may_remove=may_remove_activity,
        # A form sets a cookie; who only reads gets none.
        button=Form() if current_actor().is_signed_in else None,
    )


@blueprint.get("/agenda-van-de-wijk.ics")
@public
def calendar_of_all() -> flask.Response:
    """Answer with the whole agenda, for a calendar that keeps looking."""
    return _calendar("agenda.ics", flask.g.tenant.full_name, queries.visible_activities(today() - LOOK_BACK, None))


@blueprint.get("/agenda-van-de-wijk/<area_code:code>.ics")
@requires(may_see_area, load=municipalities.area_by_code)
def calendar_of_wijk(wijk: Area) -> flask.Response:
    """Answer with the agenda of one wijk, for a calendar."""
    found = queries.visible_activities(today() - LOOK_BACK, None, wijk=wijk.code)
    return _calendar(f"agenda-{wijk.code}.ics", wijk.name, found)


@blueprint.get("/huizen/<uuid:house_id>.ics")
@requires(may_see_house, load=queries.house_by_id)
def calendar_of_house(found: House) -> flask.Response:
    """Answer with the agenda of one house, for a calendar."""
    planned = queries.visible_activities(today() - LOOK_BACK, None, house=found.id)
    return _calendar(f"agenda-{found.id}.ics", found.name, planned)


def _calendar(name: str, title: str, activities: list[Activity]) -> flask.Response:
    def address_of(each: Activity) -> str:
        return flask.url_for(".activity", activity_id=each.id, _external=True)

    content = exports.calendar(title, activities, address_of, clock.now(db.session()))
    return file_response(name, content, "text/calendar; charset=utf-8")
