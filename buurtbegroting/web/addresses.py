"""Parts of addresses: human numbers and codes, and one right address for every page."""

from __future__ import annotations

import uuid
from typing import Any

import flask
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response


class HumanNumber(BaseConverter):
    """A number as people write it: 2026-1, 2026-042."""

    regex = r"\d{4}-\d{1,6}"
    part_isolating = False


class AreaCode(BaseConverter):
    """The code of a wijk, a buurt or an own area; codes hold letters."""

    regex = r"(?:WK|BU|OG)[0-9A-Z]{1,10}"
    part_isolating = False


def init_app(app: flask.Flask) -> None:
    """Teach the app to read these parts."""
    app.url_map.converters.update(human_number=HumanNumber, area_code=AreaCode)


def is_uuid(text: str) -> bool:
    """Tell whether a text is the id of a row."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def elsewhere(endpoint: str, **parts: Any) -> Response | None:
    """Return a redirect when a page was asked under another than its one right address, for example an old title."""
    asked = flask.request.view_args or {}
    if all(asked.get(name) == value for name, value in parts.items()):
        return None
    query = flask.request.query_string.decode("ascii", "ignore")
    return flask.redirect(flask.url_for(endpoint, **parts) + (f"?{query}" if query else ""), 308)
