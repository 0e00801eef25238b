"""Where officials close a vote."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, press
from buurtbegroting.web.signing_in import current_actor

from . import queries
from .actions import closing
from .models import Closing
from .policy import may_ask_to_close, may_confirm_closing

blueprint = flask.Blueprint("closing", __name__, url_prefix="/beheer/rondes")

STEPS = ("asked", "confirmed", "sealed", "counted")


@blueprint.get("/<human_number:number>/sluiten")
@requires(may_ask_to_close, load=round_by_number)
def page(round_: Round) -> str:
    """Show how far the closing of a vote is, and what is the next step."""
    return flask.render_template(
        "voting/manage/closing.html",
        round=round_,
        form=Form(),
        closing=queries.closing_of(round_.id),
        steps=STEPS,
        may_confirm=may_confirm_closing,
    )


@blueprint.post("/<human_number:number>/sluiten")
@requires(may_ask_to_close, load=round_by_number)
def ask(round_: Round) -> Any:
    """Ask a second official to close a vote."""
    number = round_.number
    press(lambda: closing.ask_to_close(current_actor(), round_))
    return flask.redirect(flask.url_for(".page", number=number, gelukt="gevraagd"), 303)


def closing_of_number(number: str) -> Closing | None:
    """Return the closing of a round by its number."""
    round_ = round_by_number(number)
    return queries.closing_of(round_.id) if round_ else None


@blueprint.post("/<human_number:number>/sluiten/bevestigen")
@requires(may_confirm_closing, load=closing_of_number)
def confirm(asked: Closing) -> Any:
    """Close a vote as the second official."""
    number = asked.round.number
    press(lambda: closing.confirm_closing(current_actor(), asked))
    return flask.redirect(flask.url_for(".page", number=number, gelukt="gesloten"), 303)
