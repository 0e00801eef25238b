"""Pages of officials about seed grants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import flask

from buurtbegroting.blueprints.rounds.rulebook import pot_title
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.i18n import language, say
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.slices import Task

from . import actions, forms, queries
from .models import SeedFund, SeedGrant
from .policy import may_decide_grant, may_follow_up, may_keep_funds, may_pay_grant
from .states import GrantState
from .views import to_grant

blueprint = flask.Blueprint("grants_desk", __name__, url_prefix="/beheer/startgeld")


def what_waits(actor: Actor) -> Sequence[Task]:
    """Return the seed grants that an official has to decide, pay or follow up."""
    if not may_keep_funds(actor, None, clock.now(db.session())):
        return ()
    return [
        Task(
            _r("Decide about the seed grant: %(title)s", title=each.initiative.title)
            if each.state is GrantState.ASKED
            else _r("Pay the seed grant: %(title)s", title=each.initiative.title),
            flask.url_for("grants.grant", number=each.number),
            datetime.combine(each.turn_since or each.asked_on, time(), clock.AMSTERDAM),
            datetime.combine(each.turn_due, time(23, 59), clock.AMSTERDAM) if each.turn_due else None,
        )
        for each in queries.in_state(GrantState.ASKED, GrantState.GRANTED)
    ]


@blueprint.get("")
@requires(may_keep_funds)
def list_() -> str:
    """Show the funds, and the seed grants that wait for the municipality."""
    funds = queries.funds(only_open=False)
    left = queries.left_in(funds)
    return flask.render_template(
        "grants/manage/list.html",
        funds=[(each, left[each.id]) for each in funds],
        waiting=queries.in_state(GrantState.ASKED, GrantState.GRANTED, GrantState.TOLD),
        has_pots=bool(queries.possible_pots()),
    )


def _new_form() -> tuple[forms.NewFundForm, dict[str, Any]]:
    pots = {str(each.id): each for each in queries.possible_pots()}
    form = forms.NewFundForm()
    form.offer({key: f"{each.round.title}: {say(pot_title(each, language()))}" for key, each in pots.items()})
    return form, pots


@blueprint.get("/nieuw")
@requires(may_keep_funds)
def new_page() -> str:
    """Ask for what a new fund is."""
    return flask.render_template("grants/manage/fund.html", form=_new_form()[0], fund=None)


@blueprint.post("/nieuw")
@requires(may_keep_funds)
def make() -> Any:
    """Make a fund."""
    form, pots = _new_form()
    if submit(form, lambda: actions.make_fund(current_actor(), pots[form.pot.data], form.text)) is None:
        return page_with_errors("grants/manage/fund.html", form=form, fund=None)
    return flask.redirect(flask.url_for(".list_", gelukt="bewaard"), 303)


def _fund_form(fund: SeedFund, **how: Any) -> forms.FundForm:
    known = {name: getattr(fund, name) for name in ("title", "meant_for", "most_cents", "is_open")}
    return forms.FundForm(**how, data=known | {"version": str(fund.version)})


@blueprint.get("/potten/<uuid:fund_id>")
@requires(may_keep_funds, load=queries.fund_by_id)
def fund_page(fund: SeedFund) -> str:
    """Show for what a fund is, to be changed."""
    return flask.render_template("grants/manage/fund.html", form=_fund_form(fund), fund=fund)


@blueprint.post("/potten/<uuid:fund_id>")
@requires(may_keep_funds, load=queries.fund_by_id)
def change_fund(fund: SeedFund) -> Any:
    """Keep for what a fund is."""
    form = _fund_form(fund)

    def keep() -> SeedFund:
        return actions.change_fund(current_actor(), fund, form.text, form.version_seen)

    if submit(form, keep, lambda: _fund_form(fund, formdata=None)) is None:
        return page_with_errors("grants/manage/fund.html", form=form, fund=fund)
    return flask.redirect(flask.url_for(".list_", gelukt="bewaard"), 303)


@blueprint.get("/<human_number:number>/besluit")
@requires(may_decide_grant, load=queries.grant_by_number)
def decide_page(grant: SeedGrant) -> str:
    """Ask for the decision."""
    form = forms.DecideForm(data={"cents": grant.cents})
    return flask.render_template("grants/manage/decide.html", **_deciding(grant, form))


def _deciding(grant: SeedGrant, form: forms.DecideForm) -> dict[str, Any]:
    return {"grant": grant, "form": form, "left": queries.left_in([grant.fund])[grant.fund_id]}


@blueprint.post("/<human_number:number>/besluit")
@requires(may_decide_grant, load=queries.grant_by_number)
def decide(grant: SeedGrant) -> Any:
    """Keep the decision."""
    form = forms.DecideForm()

    def keep() -> SeedGrant:
        cents = form.cents.data or grant.cents if form.verdict.data == "yes" else None
        return actions.decide_grant(current_actor(), grant, cents, form.reason.data or "", form.department.data)

    if submit(form, keep) is None:
        return page_with_errors("grants/manage/decide.html", **_deciding(grant, form))
    return to_grant(grant, "besloten")


@blueprint.get("/<human_number:number>/betaling")
@requires(may_pay_grant, load=queries.grant_by_number)
def pay_page(grant: SeedGrant) -> str:
    """Ask when it was paid."""
    form = forms.PayForm(data={"paid_on": clock.local_day(clock.now(db.session()))})
    return flask.render_template("grants/manage/pay.html", grant=grant, form=form)


@blueprint.post("/<human_number:number>/betaling")
@requires(may_pay_grant, load=queries.grant_by_number)
def pay(grant: SeedGrant) -> Any:
    """Keep when it was paid."""
    form = forms.PayForm()
    if submit(form, lambda: actions.pay_grant(current_actor(), grant, form.paid_on.data)) is None:
        return page_with_errors("grants/manage/pay.html", grant=grant, form=form)
    return to_grant(grant, "betaald")


@blueprint.get("/<human_number:number>/vervolg")
@requires(may_follow_up, load=queries.grant_by_number)
def follow_up_page(grant: SeedGrant) -> str:
    """Ask what the municipality does after it."""
    return flask.render_template("grants/manage/follow_up.html", grant=grant, form=forms.FollowUpForm())


@blueprint.post("/<human_number:number>/vervolg")
@requires(may_follow_up, load=queries.grant_by_number)
def follow_up(grant: SeedGrant) -> Any:
    """Keep what the municipality does after it."""
    form = forms.FollowUpForm()
    if submit(form, lambda: actions.follow_up(current_actor(), grant, form.words.data)) is None:
        return page_with_errors("grants/manage/follow_up.html", grant=grant, form=form)
    return to_grant(grant, "vervolg")
