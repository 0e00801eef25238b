"""Every error is a page in the site's style, or a problem in the API, with words that help."""

from __future__ import annotations

import dataclasses

import flask
import pytest
from sqlalchemy.exc import OperationalError

from buurtbegroting.app import create_app
from buurtbegroting.civic.reasons import Reason
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotFound, NotNow, NotYours, Refusal
from buurtbegroting.config import Settings
from buurtbegroting.web.access import public
from buurtbegroting.web.errors import TITLES
from tests.factories.towns import Town
from tests.pages import CheckedClient

KINDS: dict[type[Refusal], tuple[int, int]] = {
    Invalid: (422, 400),
    NotYours: (403, 403),
    NotFound: (404, 404),
    NotNow: (409, 409),
    AlreadyDone: (409, 409),
    Changed: (409, 409),
}


def failing(settings: Settings, error: BaseException | int) -> CheckedClient:
    """Return a client of an app in which /mis and /api/v1/mis fail."""
    app = create_app(dataclasses.replace(settings, mode="demo"))

    @public
    def fail() -> str:
        if isinstance(error, int):
            flask.abort(error)
        raise error

    app.add_url_rule("/mis", view_func=fail)
    app.add_url_rule("/api/v1/mis", "api-mis", view_func=fail)
    app.test_client_class = CheckedClient
    return app.test_client()  # type: ignore[return-value]


@pytest.mark.parametrize("status", sorted(TITLES))
def test_every_status_has_its_page_in_both_languages(town: Town, settings: Settings, status: int) -> None:
    client = failing(settings, status)
    for address in ("/mis", "/en/mis"):
        response = client.get(address)
        assert response.status_code == status
        assert "14 0998" in response.text
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_is_a_page_and_a_problem_with_its_reason(town: Town, settings: Settings, kind: type[Refusal]) -> None:
    client = failing(settings, kind(Reason("This round is over")))
    page, problem = client.get("/mis"), client.get("/api/v1/mis")
    assert (page.status_code, problem.status_code) == KINDS[kind]
    assert "Deze ronde is voorbij" in page.text
    assert problem.json["detail"] == "Deze ronde is voorbij"
    assert problem.content_type == "application/problem+json"


def test_a_mistake_of_ours_shows_no_trace_of_the_program(town: Town, settings: Settings) -> None:
    client = failing(settings, ZeroDivisionError("geheim"))
    for address in ("/mis", "/api/v1/mis"):
        response = client.get(address)
        assert response.status_code == 500
        assert "geheim" not in response.text
        assert "Traceback" not in response.text


def test_a_locked_database_says_that_nothing_was_saved(town: Town, settings: Settings) -> None:
    response = failing(settings, OperationalError("x", {}, Exception("locked"))).get("/mis")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "Er is niets bewaard" in response.text


def test_a_wrong_method_names_the_right_ones(client: CheckedClient) -> None:
    response = client.post("/wijken")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_a_request_that_is_too_big_is_refused(client: CheckedClient) -> None:
    assert client.post("/", data={"postcode": "x" * 2_000_000}).status_code == 413


def test_health_says_whether_the_process_lives_and_can_serve(bare_app: flask.Flask) -> None:
    client = bare_app.test_client()
    assert client.get("/gezond").text == "gezond\n"
    assert client.get("/gereed").text == "gereed\n"


def test_an_empty_database_is_not_ready(settings: Settings, tmp_path: object) -> None:
    empty = dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path}/leeg.sqlite3", mode="demo")
    client = create_app(empty).test_client()
    response = client.get("/gereed")
    assert response.status_code == 503
    assert "andere versie" in response.text


def test_production_asks_browsers_to_come_back_over_https_only(settings: Settings) -> None:
    secret = "x" * 32
    app = create_app(dataclasses.replace(settings, mode="production", secret_key=secret))
    assert "max-age=31536000" in app.test_client().get("/gezond").headers["Strict-Transport-Security"]


def test_a_log_line_names_the_route_and_nothing_of_the_person(
    town: Town, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(dataclasses.replace(settings, mode="production", secret_key="x" * 32, log_level="INFO"))
    app.test_client().post("/?q=geheim", data={"postcode": "1234AB"}, headers={"User-Agent": "Proefbrowser"})
    line = capsys.readouterr().err
    assert '"route": "/"' in line
    for private in ("1234", "geheim", "Proefbrowser", "127.0.0.1"):
        assert private not in line
