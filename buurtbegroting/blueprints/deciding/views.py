"""Residents' pages about the list of a round and about what meetings decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flask
from flask_babel import gettext

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.policy import may_see_round
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.blueprints.rounds.rulebook import content_of, sections
from buurtbegroting.civic.money import Money
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.web.access import requires
from buurtbegroting.web.charts import figure_response
from buurtbegroting.web.downloads import csv_response, file_response
from buurtbegroting.web.i18n import language
from buurtbegroting.web.pages import slug
from buurtbegroting.web.printing import as_pdf, qr

from . import queries
from .figures import plans_figure
from .tallies import Tally, tallies, tally

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


@dataclass(frozen=True)
class Grouped:
    """The plans of a round added up by wijk, by theme, and all together."""

    total: Tally
    by_wijk: Sequence[Tally]
    by_theme: Sequence[Tally]


def _grouped(round_: Round) -> Grouped:
    plans = queries.public_plans_of(round_)
    wijken, elsewhere = queries.wijk_names(), gettext("No wijk named")
    without = gettext("No subject named")
    is_dutch = language() == "nl"

    def theme(plan: Proposal) -> str:
        return (plan.theme.name_nl if is_dutch else plan.theme.name_en) if plan.theme else without

    return Grouped(
        total=tally(gettext("Together"), plans, round_.currency),
        by_wijk=tallies(((wijken.get(each.wijk_code or "", elsewhere), each) for each in plans), round_.currency),
        by_theme=tallies(((theme(each), each) for each in plans), round_.currency),
    )


@blueprint.get("/<human_number:number>/cijfers")
@requires(may_see_round, load=round_by_number)
def figures(round_: Round) -> str:
    """Show a round in figures: plans, money, answers and the time they took, per wijk and subject."""
    return flask.render_template("deciding/figures.html", round=round_, grouped=_grouped(round_))


@blueprint.get("/<human_number:number>/cijfers.json")
@requires(may_see_round, load=round_by_number)
def figures_chart(round_: Round) -> flask.Response:
    """Answer with the plans per wijk as a chart."""
    words = {
        "can": gettext("Can"),
        "cannot": gettext("Cannot"),
        "waiting": gettext("No answer yet"),
        "axis": gettext("Number of plans"),
    }
    return figure_response(plans_figure(_grouped(round_).by_wijk, words))


@blueprint.get("/<human_number:number>/cijfers.csv")
@requires(may_see_round, load=round_by_number)
def figures_csv(round_: Round) -> flask.Response:
    """Answer with the figures of a round as rows."""
    grouped = _grouped(round_)
    groups = (("wijk", grouped.by_wijk), ("onderwerp", grouped.by_theme), ("samen", [grouped.total]))
    rows = [
        (
            kind,
            each.name,
            each.plans,
            each.can,
            each.cannot,
            each.chosen,
            _amount(each.asked),
            _amount(each.granted),
            "" if each.days is None else each.days,
        )
        for kind, found in groups
        for each in found
    ]
    head = ("soort", "naam", "plannen", "kan", "kan niet", "gekozen", "gevraagd", "toegekend", "dagen tot antwoord")
    return csv_response(f"cijfers-{round_.number}.csv", head, rows)


def _amount(money: Money) -> str:
    return f"{money.cents // 100},{money.cents % 100:02d}"


@blueprint.get("/<human_number:number>/besluiten")
@requires(may_see_round, load=round_by_number)
def decisions(round_: Round) -> str:
    """Show what meetings decided about the plans of a round, with every reason."""
    return flask.render_template(
        "deciding/decisions.html", round=round_, meetings=queries.meetings_of(round_, only_published=True)
    )
