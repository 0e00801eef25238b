"""The list of initiatives, one initiative, and the public figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import flask

from buurtbegroting.blueprints.conversations import queries as conversations
from buurtbegroting.blueprints.conversations.policy import may_change_attachment
from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import subjects
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.downloads import csv_response
from buurtbegroting.web.forms import Form
from buurtbegroting.web.pages import PageOf, page_number, slug
from buurtbegroting.web.signing_in import current_actor

from .. import exports, queries
from ..forms.groups import STAGES
from ..grounds import GROUNDS, ROUTES
from ..models import Initiative
from ..policy import (
    may_ask,
    may_handle,
    may_hide_initiative,
    may_lead,
    may_leave_initiative,
    may_read_file,
    may_see_initiative,
    may_take_back_question,
    may_tell_again,
    may_work_on,
)
from ..queries import cases
from ..states import Stage

blueprint = flask.Blueprint("initiatives", __name__, template_folder="../templates")

MAX_SEARCH = 200
YEAR = timedelta(days=365)


def _filters() -> queries.Filters:
    asked = flask.request.args
    order, stage = asked.get("volgorde", ""), asked.get("fase", "")
    return queries.Filters(
        search=asked.get("zoek", "")[:MAX_SEARCH].strip(),
        theme=asked.get("onderwerp", ""),
        wijk=asked.get("wijk", ""),
        stage=stage if stage in set(Stage) else "",
        order=order if order in queries.ORDERS else queries.ORDERS[0],
    )


@blueprint.get("/initiatieven")
@public
def initiatives() -> str:
    """Show the initiatives that fit the filters."""
    filters, number = _filters(), page_number()
    wijken = municipalities.current_areas(AreaKind.WIJK)
    return flask.render_template(
        "initiatives/initiatives.html",
        filters=filters,
        found=PageOf(queries.page(filters, number), number, queries.PAGE_SIZE, queries.count(filters)),
        themes=rounds.themes(),
        wijken=wijken,
        names={each.code: each.name for each in wijken},
        stages=STAGES,
    )


@blueprint.get("/initiatieven.csv")
@public
def initiatives_csv() -> flask.Response:
    """Answer with all initiatives that fit the filters as a CSV file."""
    return csv_response("initiatieven.csv", exports.HEAD, exports.rows(queries.all_found(_filters())))


@blueprint.get("/initiatieven/cijfers")
@public
def figures() -> str:
    """Show how the municipality answered initiatives in the last year."""
    today = clock.local_day(clock.now(db.session()))
    return flask.render_template("initiatives/figures.html", figures=cases.figures(today - YEAR), since=today - YEAR)


@blueprint.get("/initiatieven/<human_number:number>")
@blueprint.get("/initiatieven/<human_number:number>-<name>")
@requires(may_see_initiative, load=queries.initiative_by_number)
def initiative(found: Initiative) -> Any:
    """Show one initiative: what it wants and does, who is its contact person, what the municipality answered."""
    today = clock.local_day(clock.now(db.session()))
    number = page_number("nieuws")
    brought = queries.yield_of(found.id)
    updates = queries.updates_of(found.id, number)
    return elsewhere(".initiative", number=found.number, name=slug(found.title)) or flask.render_template(
        "initiatives/initiative.html",
        initiative=found,
        wijk=municipalities.area_by_code(found.wijk_code) if found.wijk_code else None,
        stages=STAGES,
        grounds=GROUNDS,
        routes=ROUTES,
        answer=found.answers[-1] if found.answers else None,
        absence=cases.absence_of(found.contact_id, today) if found.contact_id else None,
        brought=brought,
        updates=PageOf(updates, number, queries.UPDATES_SHOWN, brought.updates),
        links=[each for each in (subjects.find(link.kind, link.key) for link in queries.links_of(found.id)) if each],
        told_again=cases.times_told_again(found.id),
        attachments=conversations.attachments_of(found.album_id),
        may_change_attachment=may_change_attachment,
        is_member=current_actor().person_id in found.member_ids,
        may_work_on=may_work_on,
        may_lead=may_lead,
        may_leave=may_leave_initiative,
        may_ask=may_ask,
        may_take_back=may_take_back_question,
        may_tell_again=may_tell_again,
        may_read_file=may_read_file,
        may_handle=may_handle,
        may_hide=may_hide_initiative,
        # A form sets a cookie; who only reads gets none.
        button=Form() if current_actor().is_signed_in else None,
        talk_count=conversations.number_of_comments(found.thread_id),
    )
