"""Where officials make pots of how residents divided the money of a round over themes."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, press
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import shares
from ..dividing import in_proportion
from ..models import Round
from ..policy import may_split_pot
from ..standing import standing

blueprint = flask.Blueprint("shares", __name__, url_prefix="/beheer/rondes")


@blueprint.get("/<human_number:number>/onderwerpen")
@requires(may_split_pot, load=queries.round_by_number)
def split_page(round_: Round) -> str:
    """Show which pots there would be."""
    found = queries.shares_of(round_)
    total = sum(pot.amount_cents for pot in round_.pots if pot.kind == "plans")
    return flask.render_template(
        "rounds/manage/split.html",
        standing=standing(round_, clock.now(db.session())),
        shares=found,
        amounts=in_proportion(total, {str(each.theme.id): each.euros for each in found}),
        people=queries.people_who_divided(round_),
        form=Form(),
    )


@blueprint.post("/<human_number:number>/onderwerpen")
@requires(may_split_pot, load=queries.round_by_number)
def split(round_: Round) -> Any:
    """Make a pot for every theme."""
    press(lambda: shares.split_pot(current_actor(), round_))
    return flask.redirect(flask.url_for("making.overview", number=round_.number, gelukt="potten"), 303)
