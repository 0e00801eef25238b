"""What a person gets when something cannot be done: a page in the site's style, or problem+json in the API."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import flask
import structlog
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import (
    AlreadyDone,
    Changed,
    Invalid,
    NeedsSecondFactor,
    NotFound,
    NotNow,
    NotSignedIn,
    NotYours,
    Refusal,
    TooOften,
)
from buurtbegroting.foundation.database import db

from . import i18n
from .i18n import say
from .signing_in import current_visitor, safe_path

STATUS: dict[type[Refusal], int] = {
    Invalid: 422,
    NotYours: 403,
    NotSignedIn: 401,
    NeedsSecondFactor: 403,
    TooOften: 429,
    NotFound: 404,
    NotNow: 409,
    AlreadyDone: 409,
    Changed: 409,
}

TITLES: dict[int, Reason] = {
    400: _r("We do not understand this request"),
    401: _r("Sign in first"),
    403: _r("You may not do this"),
    404: _r("We cannot find this page"),
    405: _r("This cannot be done here"),
    409: _r("This cannot be done now"),
    410: _r("This page is gone"),
    413: _r("This is too big"),
    415: _r("We cannot read this kind of file"),
    422: _r("Something is not right yet"),
    429: _r("Too many requests at once"),
    500: _r("Something went wrong on our side"),
    503: _r("It is too busy for a moment"),
}

SENTENCES: dict[int, Reason] = {
    400: _r("The address or the form holds something that we cannot read."),
    401: _r("This page is only for people who signed in."),
    403: _r("This page is for other people in the municipality."),
    404: _r("Perhaps the address has a typing error. Or the page has moved."),
    405: _r("Go back and use the buttons on the page."),
    409: _r("Somebody else was first, or the term is over."),
    410: _r("It has been taken away. It does not come back."),
    413: _r("Send a smaller file or a shorter text."),
    415: _r("Send the file in another form."),
    422: _r("Go back and look at what you filled in."),
    429: _r("Wait a minute and try again."),
    500: _r("It is not your fault. Nothing was saved. We have been told and will look at it."),
    503: _r("Nothing was saved. Wait a minute and try again."),
}


def init_app(app: flask.Flask) -> None:
    """Answer every error with words that a person can use."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def _refused(refusal: Refusal) -> flask.Response:
    if isinstance(refusal, (NotSignedIn, NeedsSecondFactor)) and not _is_api():
        return _to_sign_in(refusal)
    status = 400 if isinstance(refusal, Invalid) and _is_api() else STATUS[type(refusal)]
    fields = {name: say(reason) for name, reason in refusal.fields.items()} if isinstance(refusal, Invalid) else {}
    return _answer(status, say(refusal.reason), fields)


def _to_sign_in(refusal: Refusal) -> flask.Response:
    """Lead to the page where somebody shows who they are, and from there back to where they were."""
    db.session.rollback()
    visitor = current_visitor()
    is_known = visitor is not None and (visitor.is_half or isinstance(refusal, NeedsSecondFactor))
    step = "signing_in.second_factor_page" if is_known else "signing_in.sign_in"
    came_from = urlsplit(flask.request.referrer or "").path.removeprefix(i18n.prefix(i18n.language()))
    back = flask.request.path if flask.request.method == "GET" else came_from
    return flask.make_response(flask.redirect(flask.url_for(step, naar=safe_path(back) or None), 303))


def _http_error(error: HTTPException) -> flask.Response:
    if error.response is not None:
        return flask.make_response(error.response)
    if error.code is not None and error.code < 400:
        return flask.make_response(error.get_response())
    status = error.code if error.code in TITLES else 400
    details = getattr(error, "data", {}).get("messages", {})
    response = _answer(status, None, {"input": details} if details else {})
    if isinstance(getattr(error, "valid_methods", None), (list, tuple, set)):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def _database_error(error: OperationalError) -> flask.Response:
    structlog.get_logger().error("database", error=type(error.orig).__name__)
    response = _answer(503, None)
    response.headers["Retry-After"] = "30"
    return response


def _unexpected(error: Exception) -> flask.Response:
    structlog.get_logger().error("unexpected", exc_info=error)
    if flask.current_app.testing:
        raise error
    return _answer(500, None)


def _is_api() -> bool:
    return flask.request.path.startswith("/api/")


def _answer(status: int, sentence: str | None, fields: dict[str, Any] | None = None) -> flask.Response:
    db.session.rollback()
    title, words = say(TITLES[status]), sentence or say(SENTENCES[status])
    if _is_api():
        body = {"status": status, "title": title, "detail": words} | ({"errors": fields} if fields else {})
        response = flask.jsonify(body)
        response.headers["Content-Type"] = "application/problem+json"
    else:
        page = flask.render_template("errors/error.html", status=status, title=title, sentence=words)
        response = flask.make_response(page)
    response.status_code = HTTPStatus(status)
    response.headers["Cache-Control"] = "no-store"
    return response
