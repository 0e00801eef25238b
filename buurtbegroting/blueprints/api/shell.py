"""The public API as a whole: /api/v1, its OpenAPI description, and the rules that every part keeps.

Built to the Dutch API design rules (NLGov REST API Design Rules 2.2): problem+json, 400 for bad input, a version
header on every answer, names in Dutch, no trailing slashes.
"""

from __future__ import annotations

from typing import Any

import flask
import flask_smorest
import marshmallow as ma
from webargs.flaskparser import FlaskParser

from buurtbegroting.web.access import open_route, public

VERSION = "1.0.0"
ROOT = "/api/v1"


class _Parser(FlaskParser):
    """Answers bad input with 400, as the design rules ask."""

    DEFAULT_VALIDATION_STATUS = 400
    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"query": "exclude"}


class Part(flask_smorest.Blueprint):  # type: ignore[misc]
    """What one slice adds to the API."""

    ARGUMENTS_PARSER = _Parser()


class ProblemSchema(ma.Schema):
    """What went wrong (RFC 9457)."""

    status = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)
    detail = ma.fields.String(required=True)
    errors = ma.fields.Dict()


class Api(flask_smorest.Api):  # type: ignore[misc]
    """The API of this installation; its errors are answered where all errors are (``web.errors``)."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: flask.Flask) -> None:
        app.config.update(
            API_TITLE="Buurtbegroting",
            API_VERSION=VERSION,
            OPENAPI_VERSION="3.1.0",
            OPENAPI_URL_PREFIX=ROOT,
            OPENAPI_JSON_PATH="openapi.json",
            API_SPEC_OPTIONS={
                "servers": [{"url": "/"}],
                "info": {
                    "description": "Openbare gegevens van rondes, plannen, uitslagen en uitgaven.",
                    "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
                    "contact": {
                        "name": "Buurtbegroting",
                        "email": "api@buurtbegroting.example",
                        "url": "https://buurtbegroting.example",
                    },
                },
            },
        )
        super().__init__(app)
        open_route(app, "api-docs.openapi_json")
        app.after_request(_keep_design_rules)

    def _register_error_handlers(self) -> None:
        """Leave errors to the app."""


def _keep_design_rules(response: flask.Response) -> flask.Response:
    if flask.request.path.startswith("/api/"):
        response.headers["API-Version"] = VERSION
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.setdefault("Cache-Control", "no-store")
    return response


root = Part("api", __name__, url_prefix=ROOT, description="Ingang")


@root.get("")
@public
@root.doc(summary="Wat is hier te vinden?")
def entrance() -> Any:
    """List the collections of this API."""
    names = ("gemeente", "wijken", "rondes", "plannen", "uitslagen", "uitgaven", "telregels")
    links = {name: f"{ROOT}/{name}" for name in names} | {"openapi": f"{ROOT}/openapi.json"}
    return flask.jsonify({"versie": VERSION, "_links": links})
