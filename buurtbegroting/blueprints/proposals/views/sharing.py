"""A plan on paper: a poster and cards with a code that leads to its page."""

from __future__ import annotations

import flask

from buurtbegroting.web.access import requires
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.pages import slug
from buurtbegroting.web.printing import as_pdf, qr

from .. import queries
from ..models import Proposal
from ..policy import may_see_proposal

blueprint = flask.Blueprint("sharing", __name__, url_prefix="/plannen")


def _sheet(plan: Proposal, *, is_cards: bool, is_pdf: bool) -> str:
    address = flask.url_for("proposals.proposal", number=plan.number, name=slug(plan.title), _external=True)
    short = flask.url_for("proposals.proposal", number=plan.number, _external=True)
    return flask.render_template(
        "proposals/poster.html", proposal=plan, code=qr(address), address=short, is_cards=is_cards, is_pdf=is_pdf
    )


@blueprint.get("/<human_number:number>/poster")
@requires(may_see_proposal, load=queries.proposal_by_number)
def poster(plan: Proposal) -> str:
    """Show the poster of a plan, to be printed."""
    return _sheet(plan, is_cards=False, is_pdf=False)


@blueprint.get("/<human_number:number>/poster.pdf")
@requires(may_see_proposal, load=queries.proposal_by_number)
def poster_pdf(plan: Proposal) -> flask.Response:
    """Answer with the poster of a plan as a PDF."""
    written = as_pdf(_sheet(plan, is_cards=False, is_pdf=True), "poster.css")
    return file_response(f"poster-{plan.number}.pdf", written, "application/pdf")


@blueprint.get("/<human_number:number>/kaartjes.pdf")
@requires(may_see_proposal, load=queries.proposal_by_number)
def cards_pdf(plan: Proposal) -> flask.Response:
    """Answer with four cards of a plan on one sheet, as a PDF."""
    written = as_pdf(_sheet(plan, is_cards=True, is_pdf=True), "poster.css")
    return file_response(f"kaartjes-{plan.number}.pdf", written, "application/pdf")
