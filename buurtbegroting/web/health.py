"""For operators: whether the process lives, and whether it can serve."""

from __future__ import annotations

import flask
import structlog
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from buurtbegroting.foundation import paths
from buurtbegroting.foundation.database import db

from .access import public

blueprint = flask.Blueprint("health", __name__)


def _short_answer(text: str, status: int) -> flask.Response:
    response = flask.Response(text + "\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/gezond")
@public
def alive() -> flask.Response:
    """Say that this process answers."""
    return _short_answer("gezond", 200)


@blueprint.get("/gereed")
@public
def ready() -> flask.Response:
    """Say whether the database answers and has the tables that this version expects."""
    try:
        present = set(MigrationContext.configure(db.session.connection()).get_current_heads())
    except SQLAlchemyError as error:
        structlog.get_logger().error("not ready", error=type(error).__name__)
        return _short_answer("niet gereed: de database antwoordt niet", 503)
    if present != set(ScriptDirectory(str(paths.MIGRATIONS)).get_heads()):
        return _short_answer("niet gereed: de database heeft een andere versie", 503)
    return _short_answer("gereed", 200)
