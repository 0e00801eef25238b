"""Where officials keep the houses, and who runs a house keeps its agenda."""

from __future__ import annotations

import uuid
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.accounts.queries import organisations
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from ..actions import agenda
from ..actions import houses as deeds
from ..forms.houses import ActivityForm, HouseForm
from ..kinds import HOUSE_KINDS
from ..models import House
from ..policy import may_fill_agenda, may_keep_network, may_see_network_desk
from ..queries import houses as queries
from ..views.agenda import to_activity
from ..views.houses import today, wijk_names

blueprint = flask.Blueprint("network_desk", __name__, url_prefix="/beheer/netwerk")


@blueprint.get("")
@requires(may_see_network_desk)
def houses() -> str:
    """Show the houses that one keeps: all of them, or those of one's organisations."""
    actor = current_actor()
    keeps_all = bool(may_keep_network(actor, None, clock.now(db.session())))
    own = None if keeps_all else [uuid.UUID(each) for each in actor.organisations]
    return flask.render_template(
        "network/manage/houses.html",
        houses=queries.kept_houses(own),
        names=wijk_names(),
        kinds=HOUSE_KINDS,
        keeps_all=keeps_all,
    )


def _form(found: House | None = None, **how: Any) -> HouseForm:
    names = ("name", "kind", "address", "wheelchair", "wheelchair_words", "opening", "website")
    known = {name: getattr(found, name) for name in names} if found else {"kind": "neighbourhood"}
    if found:
        own = str(found.organisation_id or "")
        known |= {"wijk": found.wijk_code, "organisation": own, "version": str(found.version)}
    form = HouseForm(**how, data=known)
    return form.offer(wijk_names(), {str(each.id): each.name for each in organisations()})


@blueprint.get("/huizen/nieuw")
@requires(may_keep_network)
def new_page() -> str:
    """Ask what the house is."""
    return flask.render_template("network/manage/house.html", form=_form(), house=None)


@blueprint.post("/huizen/nieuw")
@requires(may_keep_network)
def add() -> Any:
    """Add a house."""
    form = _form()
    made = submit(form, lambda: deeds.add_house(current_actor(), form.about))
    if made is None:
        return page_with_errors("network/manage/house.html", form=form, house=None)
    return flask.redirect(flask.url_for(".agenda_of", house_id=made.id, gelukt="toegevoegd"), 303)


@blueprint.get("/huizen/<uuid:house_id>")
@requires(may_keep_network, load=queries.house_by_id)
def change_page(found: House) -> str:
    """Show a house, to be changed."""
    return flask.render_template("network/manage/house.html", form=_form(found), house=found, button=Form())


@blueprint.post("/huizen/<uuid:house_id>")
@requires(may_keep_network, load=queries.house_by_id)
def change(found: House) -> Any:
    """Keep what was changed."""
    form = _form(found)

    def keep() -> House:
        return deeds.change_house(current_actor(), found, form.about, form.version_seen)

    if submit(form, keep, lambda: _form(found, formdata=None)) is None:
        return page_with_errors("network/manage/house.html", form=form, house=found, button=Form())
    return flask.redirect(flask.url_for(".agenda_of", house_id=found.id, gelukt="gewijzigd"), 303)


@blueprint.post("/huizen/<uuid:house_id>/weg")
@requires(may_keep_network, load=queries.house_by_id)
def set_gone(found: House) -> Response:
    """Take a house off the list, or put it back."""
    is_gone = not found.is_gone
    press(lambda: deeds.set_gone(current_actor(), found, is_gone=is_gone))
    return flask.redirect(flask.url_for(".houses", gelukt="weg" if is_gone else "terug"), 303)


@blueprint.get("/huizen/<uuid:house_id>/agenda")
@requires(may_fill_agenda, load=queries.house_by_id)
def agenda_of(found: House) -> str:
    """Show what is on the agenda of a house."""
    planned = queries.activities_of_house(found.id, today())
    return flask.render_template("network/manage/agenda.html", house=found, planned=planned, may_keep=may_keep_network)


@blueprint.get("/huizen/<uuid:house_id>/activiteit")
@requires(may_fill_agenda, load=queries.house_by_id)
def plan_page(found: House) -> str:
    """Ask what the activity is."""
    form = ActivityForm(data={"day": today()})
    return flask.render_template("network/manage/activity.html", house=found, form=form)


@blueprint.post("/huizen/<uuid:house_id>/activiteit")
@requires(may_fill_agenda, load=queries.house_by_id)
def plan(found: House) -> Any:
    """Put an activity on the agenda of a house."""
    form = ActivityForm()
    made = submit(form, lambda: agenda.plan_in_house(current_actor(), found, form.about))
    if made is None:
        return page_with_errors("network/manage/activity.html", house=found, form=form)
    return to_activity(made, "gepland")
