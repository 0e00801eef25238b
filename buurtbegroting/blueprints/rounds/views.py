"""Residents' pages about rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flask

from buurtbegroting.counting.rules import RULES
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.pages import slug

from . import exports, queries
from .models import Round
from .policy import may_see_round
from .standing import standing

blueprint = flask.Blueprint("rounds", __name__, template_folder="templates")


@blueprint.get("/rondes")
@public
def rounds() -> str:
    """Show every round, what is on now first."""
    now = clock.now(db.session())
    standings = sorted((standing(each, now) for each in queries.published_rounds()), key=lambda each: each.order)
    return flask.render_template("rounds/rounds.html", standings=standings)


@blueprint.get("/rondes/<human_number:number>.ics")
@requires(may_see_round, load=queries.round_by_number)
def calendar(found: Round) -> flask.Response:
    """Answer with the dates of a round, for a calendar."""
    return _calendar(f"ronde-{found.number}.ics", [found])


@blueprint.get("/agenda.ics")
@public
def calendar_of_all() -> flask.Response:
    """Answer with the dates of every round, for a calendar that keeps looking."""
    return _calendar("agenda.ics", queries.published_rounds())


def _calendar(name: str, found: Sequence[Round]) -> flask.Response:
    def address_of(round_: Round) -> str:
        return flask.url_for(".round_", number=round_.number, name=slug(round_.title), _external=True)

    content = exports.calendar(flask.g.tenant.full_name, found, address_of, clock.now(db.session()))
    return file_response(name, content, "text/calendar; charset=utf-8")


@blueprint.get("/rondes/<human_number:number>")
@blueprint.get("/rondes/<human_number:number>-<name>")
@requires(may_see_round, load=queries.round_by_number)
def round_(found: Round) -> Any:
    """Show one round: its phases, its money, and its rules in plain words."""
    return elsewhere(".round_", number=found.number, name=slug(found.title)) or flask.render_template(
        "rounds/round.html",
        standing=standing(found, clock.now(db.session())),
        rule=RULES[found.rulebook.rule],
    )
