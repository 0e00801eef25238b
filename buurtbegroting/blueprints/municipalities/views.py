"""Residents' pages about the municipality itself: home, wijken, and where an address lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import flask

from buurtbegroting.civic.terms import SOURCES, UNITS
from buurtbegroting.foundation import clock, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.web import i18n, letters, maps, pages
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.pages import slug
from buurtbegroting.web.places import FindAreaForm

from . import promises, queries
from .forms import STATUS_WORDS
from .models import Area, AreaKind, OwnText
from .policy import may_see_area
from .theme import stylesheet

blueprint = flask.Blueprint("municipalities", __name__, template_folder="templates")


@blueprint.get("/")
@public
def home() -> str:
    """Show what is on now, the wijken, and the form that leads to one's own; of a region, where its members stand."""
    if flask.g.tenant.kind == "region":
        return flask.render_template("municipalities/region.html", members=_members())
    return flask.render_template("municipalities/home.html", **_home(FindAreaForm()))


def _members() -> list[tuple[queries.Tenant, str, list[Any]]]:
    """Return the municipalities of this region, each with its address and what is on there."""
    settings, shown = flask.current_app.config["SETTINGS"], []
    for member in queries.members_of(flask.g.tenant.id):
        with tenancy.inside(db.session(), member.id):
            parts = pages.panel_contents("region", member)
        shown.append((member, letters.address_of(settings, member) if member.host else "", parts))
    return shown


def _home(form: FindAreaForm) -> dict[str, Any]:
    areas = queries.current_areas(AreaKind.WIJK)
    return {"form": form, "areas": areas, "drawing": _map(areas)}


def _map(areas: Sequence[Area]) -> maps.Drawing | None:
    links = {area.code: flask.url_for(".area", code=area.code, name=slug(area.name)) for area in areas}
    return maps.draw(areas, links)


@blueprint.post("/")
@public
def find_area() -> Any:
    """Lead from postcode and house number to the wijk; the address is not kept and stands in no log."""
    form = FindAreaForm()
    wijk = submit(form, lambda: queries.wijk_at(form.postcode.data, form.house_number.data))
    if wijk is None:
        return page_with_errors("municipalities/home.html", **_home(form))
    return flask.redirect(flask.url_for(".area", code=wijk.code, name=slug(wijk.name)), 303)


@blueprint.get("/wijken")
@public
def areas() -> str:
    """Show every wijk and own area, on a map and in a table."""
    wijken = queries.current_areas(AreaKind.WIJK)
    own = queries.current_areas(AreaKind.OWN)
    return flask.render_template("municipalities/areas.html", areas=wijken, own_areas=own, drawing=_map(wijken))


@blueprint.get("/wijken/<area_code:code>")
@blueprint.get("/wijken/<area_code:code>-<name>")
@requires(may_see_area, load=queries.area_by_code)
def area(area: Area) -> Any:
    """Show one area: what happens there, what it looks like, which buurten it has."""
    buurten = queries.buurten_of(area)
    return elsewhere(".area", code=area.code, name=slug(area.name)) or flask.render_template(
        "municipalities/area.html", area=area, buurten=buurten, drawing=maps.draw(buurten or [area], {})
    )


@blueprint.get("/thema/<code>.css")
@public
def theme(code: str) -> flask.Response:
    """Answer with the colours of the municipality as a stylesheet."""
    municipality = queries.municipality_by_code(code)
    if municipality is None or municipality.id != flask.g.tenant.id:
        flask.abort(404)
    return flask.Response(stylesheet(municipality.theme), content_type="text/css; charset=utf-8")


@blueprint.get("/beloften")
@public
def promises_page() -> str:
    """Show how long what may take, where that comes from, and how often it was kept."""
    today = clock.local_day(clock.now(db.session()))
    return flask.render_template(
        "municipalities/promises.html",
        lines=promises.lines(today),
        text=_own_text("promises"),
        units=UNITS,
        sources=SOURCES,
    )


def _own_text(page: str) -> OwnText | None:
    """Return the municipality's own words on a page; in Dutch where it wrote none in the language of the reader."""
    return queries.own_text(page, i18n.language()) or queries.own_text(page, i18n.DEFAULT_LANGUAGE)


@blueprint.get("/over")
@public
def about() -> str:
    """Say what this is, in the words of the municipality."""
    return flask.render_template("municipalities/about.html", text=_own_text("about"))


@blueprint.get("/zo-werkt-het")
@public
def how_it_works() -> str:
    """Explain the neighbourhood budget in a few steps."""
    return flask.render_template("municipalities/how_it_works.html")


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> str:
    """Say how accessible these pages are, and what to do about a page that is not."""
    statement = queries.this_municipality().accessibility
    checked_on = date.fromisoformat(statement["checked_on"]) if statement.get("checked_on") else None
    return flask.render_template(
        "municipalities/accessibility.html",
        text=_own_text("accessibility"),
        statement=statement,
        checked_on=checked_on,
        statuses=STATUS_WORDS,
    )


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """Say what these pages keep of a visitor: nothing."""
    return flask.render_template("municipalities/privacy.html", text=_own_text("privacy"))
