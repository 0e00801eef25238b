"""Where who works for the municipality types over plans that came in on paper."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.printing import qr
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import entering
from ..forms.paper import PaperForm
from ..models import WRITTEN, Proposal
from ..policy import may_enter_from_paper, may_hand_out_receipt, may_work_with_paper, takes_paper
from ..queries import paper
from .offering import name_amounts, offer_places, offer_themes

blueprint = flask.Blueprint("paper", __name__, url_prefix="/plannen/invoeren")


@blueprint.get("")
@requires(may_work_with_paper)
def entered() -> str:
    """Show for which rounds plans on paper can be entered now, and which were."""
    now = clock.now(db.session())
    return flask.render_template(
        "proposals/paper/entered.html",
        rounds=[each for each in rounds.published_rounds() if takes_paper(each, now)],
        plans=paper.entered(),
    )


def _form(round_: Round) -> PaperForm:
    form = PaperForm()
    offer_places(form, round_)
    offer_themes(form, round_)
    name_amounts(form, round_)
    form.ask_author(municipalities.current_areas(AreaKind.WIJK), round_.rulebook.propose_min_age)
    return form


@blueprint.get("/<human_number:number>")
@requires(may_enter_from_paper, load=rounds.round_by_number)
def enter_page(round_: Round) -> str:
    """Ask all that stands on the form, on one page."""
    return flask.render_template("proposals/paper/enter.html", round=round_, form=_form(round_))


@blueprint.post("/<human_number:number>")
@requires(may_enter_from_paper, load=rounds.round_by_number)
def enter(round_: Round) -> Any:
    """Enter the plan and show a receipt; or ask for one more line of costs."""
    form = _form(round_)
    if form.cost_lines.is_extended():
        return flask.render_template("proposals/paper/enter.html", round=round_, form=form)

    def keep() -> Proposal:
        answers = {name: form[name].data for name in (*WRITTEN, "pot", "theme")}
        return entering.enter_from_paper(current_actor(), round_, answers, _paper(form))

    plan = submit(form, keep)
    if plan is None:
        return page_with_errors("proposals/paper/enter.html", round=round_, form=form)
    return flask.redirect(flask.url_for(".receipt", number=plan.number, gelukt="ingevoerd"), 303)


def _paper(form: PaperForm) -> entering.Paper:
    hears = form.hears.data
    return entering.Paper(
        came_in_on=form.came_in_on.data,
        name=form.author.data or "",
        email=form.email.data if hears == "mail" else "",
        address=form.lines if hears == "letter" else (),
        wijk_code=form.wijk_code.data or None,
        says_old_enough=form.says_old_enough,
    )


@blueprint.get("/bon/<human_number:number>")
@requires(may_hand_out_receipt, load=queries.proposal_by_number)
def receipt(plan: Proposal) -> str:
    """Show the receipt of a plan on paper, to be printed and handed out."""
    address = flask.url_for("proposals.proposal", number=plan.number, _external=True)
    return flask.render_template("proposals/paper/receipt.html", proposal=plan, address=address, code=qr(address))
