"""Every address says who may open it, carries the protection headers, and stands in the list that people review."""

from __future__ import annotations

import uuid
from pathlib import Path

import flask
import pytest

from buurtbegroting.foundation import paths
from buurtbegroting.web.access import public, refuse_unguarded_routes
from buurtbegroting.web.headers import HEADERS
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

LIST = paths.ROOT / "docs" / "routes.md"


def table(app: flask.Flask) -> str:
    """Write every address with who may open it."""
    lines = ["# Who may open which address", "", "| address | methods | who |", "|---|---|---|"]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        lines.append(f"| `{rule.rule}` | {methods} | {access} |")
    return "\n".join(lines) + "\n"


def test_the_list_of_addresses_is_fresh(bare_app: flask.Flask) -> None:
    assert LIST.read_text() == table(bare_app), "run: python -m tests.guards.test_routes"


def test_the_app_refuses_to_start_with_an_unguarded_route() -> None:
    app = flask.Flask("proef", static_folder=None)
    app.add_url_rule("/open", view_func=public(lambda: "ja"), endpoint="open")
    refuse_unguarded_routes(app)
    app.add_url_rule("/vergeten", view_func=lambda: "oei", endpoint="forgotten")
    with pytest.raises(RuntimeError, match="/vergeten"):
        refuse_unguarded_routes(app)


def test_every_answer_carries_the_protection_headers(client: CheckedClient, app: flask.Flask, town: Town) -> None:
    plan = make_plan(make_round())
    parts = {"number": plan.number, "code": "WK999801", "name": "x", "position": 1, "filename": "css/bb.css"}
    for rule in app.url_map.iter_rules():
        values = {each: parts.get(each, uuid.uuid4()) for each in rule.arguments}
        if "<int:number>" in rule.rule:
            values["number"] = 1
        with app.test_request_context():
            address = flask.url_for(rule.endpoint, **values)
        for language in ("", "/en"):
            response = client.open(language + address, method="GET")
            missing = {name for name in HEADERS if name not in response.headers}
            assert not missing, address
            assert "Cache-Control" in response.headers, address
            response.close()


def main() -> None:
    """Write the list anew."""
    from buurtbegroting.app import create_app
    from buurtbegroting.config import Settings

    Path(LIST).write_text(table(create_app(Settings(mode="test"))))


if __name__ == "__main__":
    main()
