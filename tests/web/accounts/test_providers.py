"""Signing in by way of a provider, against a real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import pytest
from sqlalchemy import select

from buurtbegroting.app import create_app
from buurtbegroting.blueprints.accounts.models import Identity, Person
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.config import Settings, SettingsError
from buurtbegroting.foundation.database import db, read_anew
from buurtbegroting.web import providers
from tests.factories.people import let_in, make_person, send
from tests.factories.provider import RunningProvider, running_provider, toml
from tests.factories.towns import Town
from tests.pages import CheckedClient

START = "/inloggen/met/proef"


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    with running_provider() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, provider: RunningProvider, tmp_path: Path) -> Settings:
    """An installation with two ways in at the same provider, one of which gives a second factor."""
    shared = {"municipality": "GM9998", "issuer": provider.issuer, "client_id": "ons", "client_secret": "geheim"}
    resident = toml(key="proef", name="ProefID", scope="openid profile email", email_claim="email", **shared)
    staff = toml(key="werk", name="Werk", scope="openid profile", second_factor_values=["mfa"], **shared)
    elsewhere = toml(key="elders", name="Elders", **shared | {"municipality": "GM0001"})
    file = tmp_path / "providers.toml"
    file.write_text(resident + staff + elsewhere)
    return replace(settings, oidc_file=file)


def come_back(client: CheckedClient, provider: RunningProvider, subject: str, start: str = START) -> Any:
    sent = client.get(start)
    assert sent.status_code == 302
    return client.get(provider.sign_in(sent.headers["Location"], subject))


def people() -> list[Person]:
    read_anew(db.session())
    return list(db.session.scalars(select(Person).order_by(Person.made_on, Person.name)))


def only_identity() -> Identity:
    read_anew(db.session())
    return db.session.scalars(select(Identity)).one()


def test_somebody_new_makes_an_account_and_comes_back_to_it(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    provider.knows("noor", name="Noor", email="noor@voorbeeld.nl", email_verified=True)
    assert "Inloggen met ProefID" in client.get("/inloggen").text
    back = come_back(client, provider, "noor", f"{START}?naar=/plannen")
    assert back.headers["Location"] == "/inloggen/nieuw"
    assert 'value="Noor"' in client.get("/inloggen/nieuw").text
    done = send(client, "/inloggen/nieuw", name="Noor", age="adult", wijk_code="", agrees="y")
    assert done.headers["Location"] == "/plannen"
    assert [each.email for each in people()] == ["noor@voorbeeld.nl"]
    again = client.application.test_client()
    assert come_back(again, provider, "noor").headers["Location"] == "/mijn"
    assert len(people()) == 1


def test_an_address_that_the_provider_did_not_check_is_not_kept(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    provider.knows("piet", name="Piet", email="van.een.ander@voorbeeld.nl")
    come_back(client, provider, "piet")
    send(client, "/inloggen/nieuw", name="Piet", age="adult", wijk_code="", agrees="y")
    assert [each.email for each in people()] == [None]


def test_the_same_address_alone_gives_nobody_somebody_elses_account(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    make_person("Fatima")
    provider.knows("indringer", name="Fatima", email="fatima@voorbeeld.nl", email_verified=True)
    come_back(client, provider, "indringer")
    refused = client.get("/inloggen/nieuw")
    assert refused.status_code == 409
    assert "Er is al een account" in refused.text
    assert client.get("/mijn").headers["Location"].startswith("/inloggen")
    assert not list(db.session.scalars(select(Identity)))


def test_somebody_ties_a_way_in_to_their_account_by_pressing_a_button_and_unties_it(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    let_in(client, make_person("Fatima"))
    provider.knows("fatima", name="F. Yilmaz")
    assert come_back(client, provider, "fatima").headers["Location"] == "/mijn/koppelen"
    assert "F. Yilmaz" in client.get("/mijn/koppelen").text
    assert not list(db.session.scalars(select(Identity)))
    assert send(client, "/mijn/koppelen").headers["Location"] == "/mijn?gelukt=gekoppeld"
    identity = only_identity()
    assert come_back(client.application.test_client(), provider, "fatima").headers["Location"] == "/mijn"
    send(client, f"/mijn/koppelen/{identity.id}/weg", "/mijn")
    read_anew(db.session())
    assert not list(db.session.scalars(select(Identity)))


def test_a_way_in_of_one_account_is_not_tied_to_a_second(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    come_back(client, provider, "een")
    send(client, "/inloggen/nieuw", name="Een", age="adult", wijk_code="", agrees="y")
    other = client.application.test_client()
    let_in(other, make_person("Twee"))
    come_back(other, provider, "een")
    assert send(other, "/mijn/koppelen").status_code == 409


def test_the_only_way_in_is_not_untied(client: CheckedClient, town: Town, provider: RunningProvider) -> None:
    come_back(client, provider, "enig")
    send(client, "/inloggen/nieuw", name="Enig", age="adult", wijk_code="", agrees="y")
    identity = only_identity()
    assert send(client, f"/mijn/koppelen/{identity.id}/weg", "/mijn").status_code == 409


def test_nobody_unties_the_way_in_of_somebody_else(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    come_back(client, provider, "haar")
    send(client, "/inloggen/nieuw", name="Zij", age="adult", wijk_code="", agrees="y")
    identity = only_identity()
    other = client.application.test_client()
    let_in(other, make_person("Ander"))
    assert send(other, f"/mijn/koppelen/{identity.id}/weg", "/mijn").status_code == 404


@pytest.mark.parametrize(("amr", "where"), [(["pwd"], "/inloggen/tweede-stap/instellen"), (["pwd", "mfa"], "/mijn")])
def test_staff_need_no_second_factor_here_only_when_the_provider_says_they_gave_one(
    client: CheckedClient, town: Town, provider: RunningProvider, amr: list[str], where: str
) -> None:
    official = make_person("Sanne", RoleName.OFFICIAL)
    let_in(client, official)
    provider.knows("sanne", amr=amr)
    come_back(client, provider, "sanne", "/inloggen/met/werk")
    send(client, "/mijn/koppelen")
    back = come_back(client.application.test_client(), provider, "sanne", "/inloggen/met/werk")
    assert back.headers["Location"] == where


def test_a_browser_that_did_not_ask_gets_nobody_in(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    sent = client.get(START).headers["Location"]
    path = provider.sign_in(sent, "noor")
    assert client.application.test_client().get(path).status_code == 403
    assert client.get(path.replace("state=", "state=x")).status_code == 403


def test_a_code_works_once(client: CheckedClient, town: Town, provider: RunningProvider) -> None:
    path = provider.sign_in(client.get(START).headers["Location"], "noor")
    assert client.get(path).status_code == 303
    assert client.get(path).status_code == 403


def test_the_way_there_carries_state_nonce_and_a_challenge(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    asked = parse_qs(urlsplit(client.get(START).headers["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost:8000/inloggen/met/proef/terug"]
    assert len(asked["state"][0]) >= 20
    assert len(asked["nonce"][0]) >= 20


def test_a_token_made_for_another_browser_is_refused(
    client: CheckedClient, town: Town, provider: RunningProvider
) -> None:
    path = provider.sign_in(client.get(START).headers["Location"], "noor")
    with client.session_transaction() as session:
        for value in session.values():
            if isinstance(value, dict) and "data" in value:
                value["data"]["nonce"] = "another"
        session.modified = True
    assert client.get(path).status_code == 403


def test_who_says_no_at_the_provider_is_told_so(client: CheckedClient, town: Town, provider: RunningProvider) -> None:
    path = provider.refuse(client.get(START).headers["Location"])
    refused = client.get(path)
    assert refused.status_code == 403
    assert "Inloggen is niet gelukt" in refused.text


def test_a_provider_of_another_municipality_is_not_there(client: CheckedClient, town: Town) -> None:
    assert client.get("/inloggen/met/elders").status_code == 404
    assert client.get("/inloggen/met/elders/terug").status_code == 404


def app_with(settings: Settings, **facts: Any) -> flask.Flask:
    assert settings.oidc_file
    shared = {"key": "proef", "municipality": "GM9998", "name": "Proef", "client_id": "ons"}
    settings.oidc_file.write_text(toml(**shared | facts))
    return create_app(settings)


def test_a_provider_that_says_it_is_another_is_not_trusted(
    settings: Settings, town: Town, provider: RunningProvider
) -> None:
    answer = app_with(settings, issuer=provider.issuer + "/").test_client().get(START)
    assert answer.status_code == 409


def test_a_provider_that_cannot_be_reached_says_so(settings: Settings, town: Town) -> None:
    answer = app_with(settings, issuer="http://localhost:9").test_client().get(START)
    assert answer.status_code == 409
    assert "werkt nu niet" in answer.text


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"issuer": ""}, "issuer"),
        ({"issuer": "https://id.example.nl", "kleur": "rood"}, "kleur"),
        ({"issuer": "https://id.example.nl", "client_secret_file": "/nergens"}, "/nergens"),
    ],
)
def test_a_mistake_in_the_file_stops_the_start_with_a_sentence(
    settings: Settings, facts: dict[str, Any], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        app_with(settings, **facts)


def test_production_wants_providers_by_https(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "plain.toml"
    file.write_text(toml(key="a", municipality="GM9998", name="A", client_id="ons", issuer="http://id.example.nl"))
    with pytest.raises(SettingsError, match="https"):
        providers.read(replace(settings, mode="production", oidc_file=file))
