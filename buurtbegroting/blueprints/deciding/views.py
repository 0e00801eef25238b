"""Residents' pages about the list of a round and about what meetings decided."""

from __future__ import annotations

import flask

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.policy import may_see_round
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.blueprints.rounds.rulebook import content_of, sections
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.web.access import requires
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.pages import slug
from buurtbegroting.web.printing import as_pdf, qr

from . import queries

blueprint = flask.Blueprint("lists", __name__, url_prefix="/rondes", template_folder="templates")


@blueprint.get("/<human_number:number>/lijst")
@requires(may_see_round, load=round_by_number)
def list_page(round_: Round) -> str:
    """Show the plans between which is chosen, pot by pot."""
    return flask.render_template(
        "deciding/list.html", round=round_, pots=queries.list_of(round_), packages=queries.packages_of(round_)
    )


def _booklet(round_: Round, *, is_pdf: bool) -> str:
    wanted = flask.request.args.get("wijk", "")
    pots = [each for each in queries.list_of(round_) if not wanted or (each.pot.area and each.pot.area.code == wanted)]
    vote = next((each for each in round_.phases if each.kind is PhaseKind.VOTE), None)
    address = flask.url_for("rounds.round_", number=round_.number, name=slug(round_.title), _external=True)
    return flask.render_template(
        "deciding/booklet.html",
        round=round_,
        pots=pots,
        vote=vote,
        first_day=local_day(vote.starts_at) if vote else None,
        sections=[each for each in sections(content_of(round_)) if each.key in ("decide", "ballot", "count")],
        code=qr(address),
        address=flask.url_for("rounds.round_", number=round_.number, _external=True),
        is_large=flask.request.args.get("letters") == "groot",
        is_pdf=is_pdf,
    )


@blueprint.get("/<human_number:number>/boekje")
@requires(may_see_round, load=round_by_number)
def booklet(round_: Round) -> str:
    """Show all plans on the list with their texts, to be printed."""
    return _booklet(round_, is_pdf=False)


@blueprint.get("/<human_number:number>/boekje.pdf")
@requires(may_see_round, load=round_by_number)
def booklet_pdf(round_: Round) -> flask.Response:
    """Answer with the booklet as a PDF, in large print when that is asked for."""
    written = as_pdf(_booklet(round_, is_pdf=True), "booklet.css")
    return file_response(f"boekje-{round_.number}.pdf", written, "application/pdf")


@blueprint.get("/<human_number:number>/besluiten")
@requires(may_see_round, load=round_by_number)
def decisions(round_: Round) -> str:
    """Show what meetings decided about the plans of a round, with every reason."""
    return flask.render_template(
        "deciding/decisions.html", round=round_, meetings=queries.meetings_of(round_, only_published=True)
    )
