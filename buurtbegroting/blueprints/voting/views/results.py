"""Residents' pages about results, and everything to count one again."""

from __future__ import annotations

from typing import Any

import flask
from flask_babel import gettext

from buurtbegroting.counting import pabulib
from buurtbegroting.counting.rules import RULES
from buurtbegroting.web.access import can, public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.charts import figure_response
from buurtbegroting.web.downloads import csv_response, file_response
from buurtbegroting.web.pages import slug

from .. import exports, queries
from ..explanation import Explained, explained, summary
from ..figures import votes_figure
from ..models import Result
from ..policy import may_see_result

blueprint = flask.Blueprint("voting", __name__, template_folder="../templates")

PAGE = "/uitslag/<human_number:number>-<name>/pot-<int:position>"


def _explained(result: Result) -> Explained:
    return explained(result, {each.key: each for each in queries.listed_on_ballot(result.pot)})


@blueprint.get("/uitslag")
@public
def results() -> str:
    """Show the newest result of every pot, newest first."""
    visible = [summary(each) for each in queries.newest_results() if can(may_see_result, each)]
    return flask.render_template("voting/results.html", results=visible)


@blueprint.get("/uitslag/<human_number:number>", defaults={"position": 1, "name": ""})
@blueprint.get("/uitslag/<human_number:number>-<name>", defaults={"position": 1})
@blueprint.get(PAGE)
@requires(may_see_result, load=queries.result_of)
def result(found: Result) -> Any:
    """Show one result: which plans go ahead, which do not, and why."""
    name = slug(found.pot.round.title)
    parts = {"number": found.pot.round.number, "name": name, "position": found.pot.position}
    return elsewhere(".result", **parts) or flask.render_template(
        "voting/result.html",
        explained=_explained(found),
        rulebook=found.pot.round.rulebook,
        rule=RULES[found.pot.round.rulebook.rule],
        parts=parts,
    )


@blueprint.get(PAGE + "/uitslag.csv")
@requires(may_see_result, load=queries.result_of)
def result_csv(found: Result) -> flask.Response:
    """Answer with the result as a CSV file."""
    return csv_response(f"uitslag-{found.pot.round.number}.csv", exports.HEAD, exports.rows(found))


@blueprint.get(PAGE + "/grafiek.json")
@requires(may_see_result, load=queries.result_of)
def result_chart(found: Result) -> flask.Response:
    """Answer with the chart of the result, in the language of the page."""
    words = (gettext("Goes ahead"), gettext("Does not go ahead"), gettext("Votes"))
    return figure_response(votes_figure(_explained(found).lines, words))


@blueprint.get(PAGE + "/stembiljetten.pb")
@requires(may_see_result, load=queries.result_of)
def ballots_pb(found: Result) -> flask.Response:
    """Answer with all ballots, so that anyone can count again; there is nothing of a voter in it."""
    text = pabulib.write(exports.pabulib_file(found))
    return file_response(f"stembiljetten-{found.pot.round.number}.pb", text.encode(), "text/plain; charset=utf-8")


@blueprint.get(PAGE + "/telling.json")
@requires(may_see_result, load=queries.result_of)
def outcome_json(found: Result) -> flask.Response:
    """Answer with the count itself: every step, every tie, and the hash of what was counted."""
    return file_response(f"telling-{found.pot.round.number}.json", found.outcome_json.encode(), "application/json")
