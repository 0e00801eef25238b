"""The page where people look for something."""

from __future__ import annotations

from dataclasses import replace

import flask

from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.foundation import clock, search
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public
from buurtbegroting.web.pages import PageOf, page_number

from .asking import PERIODS, kinds_in_use, query_from

blueprint = flask.Blueprint("search", __name__, template_folder="templates")
PAGE_SIZE = 20


@blueprint.get("/zoeken")
@public
def results() -> str:
    """Show what was found, or what to do when that is nothing."""
    asked = flask.request.args
    query = query_from(asked, clock.local_day(clock.now(db.session())))
    number = page_number()
    found = search.find(db.session(), query, number, PAGE_SIZE)
    known = kinds_in_use()
    everything = replace(query, kinds=list(known), wijk_code="", theme="", since=None)
    return flask.render_template(
        "search/results.html",
        query=query,
        found=found,
        page=PageOf(found.hits, number, PAGE_SIZE, found.total),
        kinds={name: kind.title for name, kind in known.items()},
        periods=list(PERIODS),
        wijken=municipalities.current_areas(AreaKind.WIJK),
        themes=rounds.themes(),
        is_narrowed=query != replace(everything, is_newest_first=query.is_newest_first),
        suggestions=search.suggestions(db.session(), everything) if query.asked and not found.total else [],
    )
