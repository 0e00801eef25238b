"""Pages of residents about seed grants."""

from __future__ import annotations

from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.queries import initiative_by_number
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.downloads import csv_response
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.i18n import euros
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor

from . import actions, exports, forms, queries
from .models import SeedFund, SeedGrant
from .policy import (
    may_ask_grant,
    may_decide_grant,
    may_follow_up,
    may_pay_grant,
    may_see_grant,
    may_tell_of_grant,
    may_withdraw_grant,
)

blueprint = flask.Blueprint("grants", __name__, template_folder="templates")


@blueprint.get("/startgeld")
@public
def grants() -> str:
    """Show the funds with what is left, and who got what."""
    number = page_number()
    rows, total = queries.page(number)
    funds = queries.funds(only_open=True)
    left = queries.left_in(funds)
    return flask.render_template(
        "grants/grants.html",
        funds=[(each, left[each.id]) for each in funds],
        found=PageOf(rows, number, queries.PAGE_SIZE, total),
        grade=queries.average_grade(),
    )


@blueprint.get("/startgeld.csv")
@public
def grants_csv() -> flask.Response:
    """Answer with all seed grants as a CSV file."""
    return csv_response("startgeld.csv", exports.HEAD, exports.rows(queries.all_public()))


@blueprint.get("/startgeld/<human_number:number>")
@requires(may_see_grant, load=queries.grant_by_number)
def grant(found: SeedGrant) -> str:
    """Show one seed grant from the asking to what came of it."""
    return flask.render_template(
        "grants/grant.html",
        grant=found,
        may_withdraw=may_withdraw_grant,
        may_tell=may_tell_of_grant,
        may_decide=may_decide_grant,
        may_pay=may_pay_grant,
        may_follow_up=may_follow_up,
        button=Form() if current_actor().is_signed_in else None,
    )


def _ask_form() -> tuple[forms.AskGrantForm, dict[str, SeedFund]]:
    funds = {str(each.id): each for each in queries.funds(only_open=True)}
    form = forms.AskGrantForm()
    form.offer({key: f"{each.title} ({euros(each.most)})" for key, each in funds.items()})
    return form, funds


@blueprint.get("/initiatieven/<human_number:number>/startgeld")
@requires(may_ask_grant, load=initiative_by_number)
def ask_page(initiative: Initiative) -> str:
    """Ask how much a group needs to start."""
    return flask.render_template("grants/ask.html", initiative=initiative, form=_ask_form()[0])


@blueprint.post("/initiatieven/<human_number:number>/startgeld")
@requires(may_ask_grant, load=initiative_by_number)
def ask(initiative: Initiative) -> Any:
    """Keep what a group asks."""
    form, funds = _ask_form()

    def keep() -> SeedGrant:
        asked = actions.Asked(form.cents.data or 0, form.spent_on_what.data, form.wanted.data)
        return actions.ask_grant(current_actor(), initiative, funds[form.fund.data], asked)

    made = submit(form, keep)
    if made is None:
        return page_with_errors("grants/ask.html", initiative=initiative, form=form)
    return to_grant(made, "gevraagd")


def to_grant(found: SeedGrant, done: str) -> Response:
    """Lead to the page of a seed grant, which says what was done."""
    return flask.redirect(flask.url_for("grants.grant", number=found.number, gelukt=done), 303)


@blueprint.post("/startgeld/<human_number:number>/intrekken")
@requires(may_withdraw_grant, load=queries.grant_by_number)
def withdraw(found: SeedGrant) -> Response:
    """Take back what was asked."""
    press(lambda: actions.withdraw_grant(current_actor(), found))
    return to_grant(found, "ingetrokken")


@blueprint.get("/startgeld/<human_number:number>/vertellen")
@requires(may_tell_of_grant, load=queries.grant_by_number)
def tell_page(found: SeedGrant) -> str:
    """Ask what came of it."""
    return flask.render_template("grants/tell.html", grant=found, form=forms.TellForm())


@blueprint.post("/startgeld/<human_number:number>/vertellen")
@requires(may_tell_of_grant, load=queries.grant_by_number)
def tell(found: SeedGrant) -> Any:
    """Keep what came of it."""
    form = forms.TellForm()
    if submit(form, lambda: actions.tell_of_grant(current_actor(), found, form.came)) is None:
        return page_with_errors("grants/tell.html", grant=found, form=form)
    return to_grant(found, "verteld")
