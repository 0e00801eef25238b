"""The municipality and its areas in the API."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.municipalities.queries import buurt_at
from tests.factories.towns import Town
from tests.pages import CheckedClient


def test_the_wijken_are_listed_with_their_names(client: CheckedClient) -> None:
    answer = client.get("/api/v1/wijken")
    assert answer.status_code == 200
    assert [area["naam"] for area in answer.json] == ["Noord", "Midden", "Zuid"]
    assert answer.headers["API-Version"] == "1.0.0"


def test_the_outline_of_a_wijk_is_geojson(client: CheckedClient, town: Town) -> None:
    answer = client.get("/api/v1/wijken/WK99980A/grens")
    assert answer.content_type == "application/geo+json"
    assert answer.json["geometry"]["type"] == "MultiPolygon"


def test_all_outlines_of_a_kind_come_together(client: CheckedClient, town: Town) -> None:
    answer = client.get("/api/v1/wijken/grenzen?soort=buurt")
    assert answer.content_type == "application/geo+json"
    assert [each["id"] for each in answer.json["features"]] == ["BU99980101", "BU99980201", "BU99980A01"]
    assert answer.json["features"][0]["properties"]["wijkCode"] == "WK999801"
    assert client.get("/api/v1/wijken/grenzen?soort=stad").status_code == 400


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [(5.01, 52.005, "BU99980101"), (5.03, 52.01, "BU99980201"), (4.9, 52.005, None), (float("nan"), 52.005, None)],
)
def test_a_place_lies_in_one_buurt_or_outside_the_municipality(
    town: Town, longitude: float, latitude: float, code: str | None
) -> None:
    found = buurt_at(longitude, latitude)
    assert (found.code if found else None) == code


def test_an_unknown_wijk_is_a_problem_that_a_person_can_read(client: CheckedClient) -> None:
    answer = client.get("/api/v1/wijken/WK000000")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 404
    assert answer.json["detail"]


def test_bad_input_is_a_400_that_names_the_field(client: CheckedClient) -> None:
    answer = client.get("/api/v1/wijken?soort=stad")
    assert answer.status_code == 400
    assert "soort" in answer.json["errors"]["input"]["query"]


def test_a_trailing_slash_is_another_address(client: CheckedClient) -> None:
    assert client.get("/api/v1/wijken/").status_code == 404


def test_the_description_is_published_where_the_design_rules_say(client: CheckedClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.json["openapi"] == "3.1.0"
    assert "/api/v1/wijken" in answer.json["paths"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
