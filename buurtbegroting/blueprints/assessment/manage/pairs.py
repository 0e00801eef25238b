"""Plans that may exclude each other: found by the house, decided here by a person."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from ..actions import pairing
from ..forms import PairForm
from ..models import ExclusivePair
from ..policy import may_run_desk
from ..queries import pairs as queries
from ..states import PairState

blueprint = flask.Blueprint("pairs", __name__, url_prefix="/beheer/beoordelen/botsen")


@blueprint.get("")
@requires(may_run_desk)
def pairs() -> str:
    """Show the pairs that wait for a person, and those that were decided."""
    return flask.render_template(
        "assessment/manage/pairs.html",
        found=queries.pairs(PairState.FOUND),
        confirmed=queries.pairs(PairState.CONFIRMED),
        dismissed=queries.pairs(PairState.DISMISSED),
        form=Form(),
    )


@blueprint.post("/zoeken")
@requires(may_run_desk)
def look() -> Any:
    """Look for pairs now and not tomorrow morning."""
    press(lambda: pairing.find_pairs(current_actor()))
    return flask.redirect(flask.url_for(".pairs", gelukt="gezocht"), 303)


@blueprint.get("/<uuid:pair_id>")
@requires(may_run_desk, load=queries.pair_by_id)
def pair_page(pair: ExclusivePair) -> str:
    """Show two plans beside each other."""
    return flask.render_template("assessment/manage/pair.html", pair=pair, form=PairForm(data={"reason": pair.reason}))


@blueprint.post("/<uuid:pair_id>")
@requires(may_run_desk, load=queries.pair_by_id)
def decide(pair: ExclusivePair) -> Any:
    """Keep whether the two exclude each other."""
    form = PairForm()

    def keep() -> ExclusivePair:
        is_exclusive = form.verdict.data == "exclusive"
        return pairing.decide_pair(current_actor(), pair, is_exclusive=is_exclusive, reason=form.reason.data)

    if submit(form, keep) is None:
        return page_with_errors("assessment/manage/pair.html", pair=pair, form=form)
    return flask.redirect(flask.url_for(".pairs", gelukt="besloten"), 303)
