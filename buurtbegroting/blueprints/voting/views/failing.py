"""What the booth says when the database fails: whether a ballot was received, and how to send it once more."""

from __future__ import annotations

import flask
import structlog
from sqlalchemy.exc import OperationalError

from buurtbegroting.foundation.database import db, read_anew

from ..actions.casting import Sent, ballot_in
from ..ballot_paper import BallotPaper
from .inside import blueprint


def was_received(paper: BallotPaper, sent: Sent) -> bool:
    """Tell whether a ballot is seen in the box although the database failed under it."""
    try:
        _let_go()
        kept = ballot_in(paper, sent.slot)
    except OperationalError:
        return False
    return kept is not None and kept.submission_hash == sent.hash


@blueprint.errorhandler(OperationalError)
def out_of_order(error: OperationalError) -> flask.Response:
    """Say that the booth is out of order; about a ballot also whether it was received.

    When the connection broke, the database may have kept the ballot without being able to say so.
    """
    structlog.get_logger().error("database", error=type(error.orig).__name__)
    _let_go()
    is_about_ballot = flask.request.endpoint == "booth.cast"
    page = flask.render_template(
        "voting/booth/out_of_order.html",
        is_about_ballot=is_about_ballot,
        is_certain=not error.connection_invalidated,
        fields=list(flask.request.form.items(multi=True)) if is_about_ballot else [],
    )
    response = flask.make_response(page, 503)
    response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store"
    return response


def _let_go() -> None:
    """Let go of what was read; of a connection that broke too."""
    try:
        read_anew(db.session())
    except OperationalError:
        db.session().invalidate()
