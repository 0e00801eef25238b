"""Residents' pages about rounds."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.counting.rules import RULES
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.pages import slug

from . import queries
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
