"""Signing in where somebody is known already: at the municipality, or by DigiD or Yivi through a broker.

OpenID Connect by Authlib: code flow with PKCE, state and nonce. The operator names every provider in a file; nothing
else is ever asked, and what a provider says of itself may not lead elsewhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import flask

from buurtbegroting.civic.actors import Known
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotNow, NotYours
from buurtbegroting.config import Settings, SettingsError

SECONDS = 3.0
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
REQUIRED = ("key", "municipality", "name", "issuer", "client_id")

UNREACHABLE = _r("This way of signing in does not work now. Try again later, or take another way.")
NOT_PROVEN = _r("Signing in did not succeed. Try it again, or take another way.")


@dataclass(frozen=True)
class Provider:
    """A provider of identities for one municipality, as the operator wrote it down.

    ``hosts`` are host names besides the issuer's own to which its endpoints may point. Somebody whose
    ``second_factor_claim`` holds one of the ``second_factor_values`` has given a second factor there.
    """

    key: str
    municipality: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = ""
    scope: str = "openid"
    name_claim: str = "name"
    email_claim: str = ""
    second_factor_claim: str = "amr"
    second_factor_values: Sequence[str] = ()
    hosts: Sequence[str] = ()


def read(settings: Settings) -> tuple[Provider, ...]:
    """Return the providers in the operator's file; raise SettingsError with what is wrong in it."""
    if settings.oidc_file is None:
        return ()
    try:
        tables = tomllib.loads(settings.oidc_file.read_text(encoding="utf-8")).get("provider", [])
    except (OSError, ValueError) as error:
        raise SettingsError(f"BUURTBEGROTING_OIDC_FILE {settings.oidc_file} cannot be read: {error}.") from None
    return tuple(_provider(table, settings) for table in tables)


def _provider(table: Mapping[str, Any], settings: Settings) -> Provider:
    given = {name: value for name, value in table.items() if name != "client_secret_file"}
    if missing := [name for name in REQUIRED if not given.get(name)]:
        raise SettingsError(f"BUURTBEGROTING_OIDC_FILE: a [[provider]] has no {missing[0]}.")
    if strange := sorted(given.keys() - {field.name for field in fields(Provider)}):
        raise SettingsError(f"BUURTBEGROTING_OIDC_FILE: {strange[0]} is not known for a [[provider]].")
    if settings.is_production and urlsplit(given["issuer"]).scheme != "https":
        raise SettingsError(f"BUURTBEGROTING_OIDC_FILE: the issuer {given['issuer']} needs https.")
    if file := table.get("client_secret_file"):
        try:
            given["client_secret"] = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"BUURTBEGROTING_OIDC_FILE: {file} cannot be read ({error.strerror}).") from None
    return Provider(**given)


def init_app(app: flask.Flask, settings: Settings) -> None:
    """Let the app know its providers."""
    found = read(settings)
    app.extensions["buurtbegroting-providers"] = found
    if not found:
        return
    from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
    from authlib.integrations.requests_client import OAuth2Session

    class Session(OAuth2Session):  # type: ignore[misc]
        """Requests to a provider: short, and never sent elsewhere."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, default_timeout=SECONDS, **kwargs)
            self.max_redirects = 0

    class Client(FlaskOAuth2App):  # type: ignore[misc]
        client_cls = Session

    clients = OAuth(app)
    for each in found:
        clients.register(
            _client_name(each),
            client_cls=Client,
            client_id=each.client_id,
            client_secret=each.client_secret or None,
            server_metadata_url=each.issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={"scope": each.scope, "code_challenge_method": "S256"},
        )


def _client_name(provider: Provider) -> str:
    return f"{provider.municipality}-{provider.key}"


def providers() -> list[Provider]:
    """Return with whom people may sign in at the municipality of this request."""
    every: tuple[Provider, ...] = flask.current_app.extensions["buurtbegroting-providers"]
    return [each for each in every if each.municipality == flask.g.tenant.code]


def provider_by_key(key: str) -> Provider | None:
    """Return one of the providers of the municipality of this request."""
    return next((each for each in providers() if each.key == key), None)


def _client(provider: Provider) -> Any:
    client = flask.current_app.extensions["authlib.integrations.flask_client"].create_client(_client_name(provider))
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != provider.issuer:
        raise ValueError("issuer")
    allowed, scheme = {urlsplit(provider.issuer).netloc, *provider.hosts}, urlsplit(provider.issuer).scheme
    for name in ENDPOINTS:
        parts = urlsplit(str(metadata.get(name)))
        if parts.netloc not in allowed or parts.scheme != scheme:
            raise ValueError(name)
    return client


def send_away(provider: Provider, come_back: str) -> flask.Response:
    """Answer with the way to a provider, from where somebody comes back to an address of ours.

    Raises NotNow when the provider cannot be reached or is not what the operator wrote down.
    """
    import requests

    try:
        answer: flask.Response = _client(provider).authorize_redirect(come_back)
    except (requests.RequestException, ValueError, RuntimeError) as error:
        raise NotNow(UNREACHABLE) from error
    return answer


def known(provider: Provider) -> Known:
    """Return who came back from a provider; raise NotYours when that was not proven, NotNow when it cannot be asked."""
    import requests
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        claims = (
            _client(provider)
            .authorize_access_token(
                claims_options={"iss": {"essential": True, "value": provider.issuer}, "sub": {"essential": True}}
            )
            .get("userinfo")
        )
    except (AuthlibBaseError, JoseError) as error:
        raise NotYours(NOT_PROVEN) from error
    except (requests.RequestException, ValueError, RuntimeError) as error:
        raise NotNow(UNREACHABLE) from error
    if not claims:
        raise NotYours(NOT_PROVEN)
    factors = claims.get(provider.second_factor_claim) or ()
    given = {factors} if isinstance(factors, str) else set(factors)
    return Known(
        issuer=provider.issuer,
        subject=str(claims["sub"]),
        name=str(claims.get(provider.name_claim) or "")[:80],
        email=str(claims.get(provider.email_claim) or "").lower() if claims.get("email_verified") is True else "",
        has_second_factor=not given.isdisjoint(provider.second_factor_values),
    )
