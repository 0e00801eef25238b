"""Where residents divide the money of a round over themes, and see afterwards what all gave together."""

from __future__ import annotations

import uuid
from typing import Any

import flask

from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.i18n import language
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import shares
from ..forms.division import DivisionForm, division_form
from ..models import Round
from ..panels import to_divide
from ..policy import division_is_over, may_divide, may_see_division

blueprint = flask.Blueprint("division", __name__, url_prefix="/rondes")


def _form(round_: Round) -> DivisionForm:
    is_dutch = language() == "nl"
    themes = {each.id: each.name_nl if is_dutch else each.name_en for each in queries.themes()}
    own = queries.own_shares(round_, uuid.UUID(str(current_actor().person_id)))
    return division_form(themes)(data={f"theme_{theme}": own.get(theme, 0) for theme in themes})


@blueprint.get("/<human_number:number>/onderwerpen")
@requires(may_see_division, load=queries.round_by_number)
def division(round_: Round) -> str:
    """Show what all gave together once that is settled; until then only how many people divided."""
    is_over = division_is_over(round_, clock.now(db.session()))
    people = queries.people_who_divided(round_)
    return flask.render_template(
        "rounds/division.html",
        round=round_,
        people=people,
        shares=queries.shares_of(round_) if is_over else [],
        is_over=is_over,
        is_on=to_divide(round_) is not None,
    )


@blueprint.get("/<human_number:number>/onderwerpen/verdelen")
@requires(may_divide, load=queries.round_by_number)
def divide_page(round_: Round) -> str:
    """Ask how somebody divides every 100 euros."""
    return flask.render_template("rounds/divide.html", round=round_, form=_form(round_))


@blueprint.post("/<human_number:number>/onderwerpen/verdelen")
@requires(may_divide, load=queries.round_by_number)
def divide(round_: Round) -> Any:
    """Keep how somebody divides every 100 euros."""
    form = _form(round_)
    if submit(form, lambda: shares.divide(current_actor(), round_, form.euros)) is None:
        return page_with_errors("rounds/divide.html", round=round_, form=form)
    return flask.redirect(flask.url_for(".division", number=round_.number, gelukt="ja"), 303)
