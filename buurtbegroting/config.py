"""Settings: one frozen value, read from the environment once, when the process starts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from buurtbegroting.foundation import paths

HOW_TO_MAKE_A_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
SECRET_LENGTH = 32
SECRET_SIGNS = 10
# The host stands in a header: nothing else may slip in with it.
TILES = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?/(?=\S*\{z\})(?=\S*\{x\})(?=\S*\{y\})[^\s;,\"']+")
MAIL_SCHEMES = ("smtp", "smtps")
MODES = ("demo", "production", "test")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class SettingsError(Exception):
    """The environment does not describe an installation that can start."""


@dataclass(frozen=True)
class Settings:
    """What an operator decides. Every field is an environment variable of the same name with BUURTBEGROTING_ before it.

    ``clock_offset`` moves the clock of a demo or a test; production refuses it. ``trusted_proxies`` is the number of
    reverse proxies whose X-Forwarded headers are believed. ``secret_key_fallbacks`` are former keys: what was sealed
    with them can still be read. ``base_url`` is where a municipality without a host name of its own is found.
    ``mail_url`` is smtp://name:password@host:587 (with STARTTLS), smtps://host:465, or empty: mail is then kept in a
    folder, for a demo. ``oidc_file`` names the providers with which people may sign in. ``tile_url`` is where the
    pictures under a map come from, with {z}, {x} and {y} in it; without it a map shows outlines alone.
    ``keys_dir`` is where the keys of ballot boxes stand, outside the database and its backups; the folder ``keys`` in
    the data folder unless it is named.
    """

    mode: str = "demo"
    database_url: str = ""
    secret_key: str = "only-for-demo-and-tests"
    secret_key_fallbacks: tuple[str, ...] = ()
    base_url: str = "http://localhost:8000"
    mail_url: str = ""
    mail_from: str = "Buurtbegroting <buurtbegroting@localhost>"
    oidc_file: Path | None = None
    tile_url: str = ""
    data_dir: Path = paths.DATA
    keys_dir: Path | None = None
    log_level: str = "INFO"
    clock_offset: timedelta = timedelta()
    trusted_proxies: int = 0

    @property
    def is_production(self) -> bool:
        """Whether residents rely on this installation."""
        return self.mode == "production"

    @property
    def tile_host(self) -> str:
        """Where browsers may fetch the pictures under a map from; empty when there are none."""
        parts = urlsplit(self.tile_url)
        return f"{parts.scheme}://{parts.netloc}" if self.tile_url else ""

    @property
    def keys(self) -> Path:
        """Where the keys of ballot boxes stand."""
        return self.keys_dir or self.data_dir / "keys"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database; SQLite in the data folder unless one was named."""
        return self.database_url or f"sqlite:///{self.data_dir / 'buurtbegroting.sqlite3'}"


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raise SettingsError with one sentence on the first that is missing or wrong.

    DATABASE_URL is also read without the prefix, because that is how hosting platforms hand it over.
    """
    mode = environ.get("BUURTBEGROTING_MODE", "demo")
    if mode not in MODES:
        raise SettingsError(f"BUURTBEGROTING_MODE is {mode!r}; use one of {', '.join(MODES)}.")
    oidc_file = environ.get("BUURTBEGROTING_OIDC_FILE")
    keys_dir = environ.get("BUURTBEGROTING_KEYS_DIR")
    settings = Settings(
        mode=mode,
        database_url=_secret(environ, "BUURTBEGROTING_DATABASE_URL") or environ.get("DATABASE_URL", ""),
        secret_key=_secret(environ, "BUURTBEGROTING_SECRET_KEY") or Settings.secret_key,
        secret_key_fallbacks=tuple(_secret(environ, "BUURTBEGROTING_SECRET_KEY_FALLBACKS").split()),
        base_url=environ.get("BUURTBEGROTING_BASE_URL", Settings.base_url).rstrip("/"),
        mail_url=_secret(environ, "BUURTBEGROTING_MAIL_URL"),
        mail_from=environ.get("BUURTBEGROTING_MAIL_FROM", Settings.mail_from),
        tile_url=environ.get("BUURTBEGROTING_TILE_URL", ""),
        oidc_file=Path(oidc_file).resolve() if oidc_file else None,
        data_dir=Path(environ.get("BUURTBEGROTING_DATA_DIR", str(Settings.data_dir))).resolve(),
        keys_dir=Path(keys_dir).resolve() if keys_dir else None,
        log_level=environ.get("BUURTBEGROTING_LOG_LEVEL", Settings.log_level).upper(),
        clock_offset=timedelta(seconds=_whole_number(environ, "BUURTBEGROTING_CLOCK_OFFSET")),
        trusted_proxies=_whole_number(environ, "BUURTBEGROTING_TRUSTED_PROXIES"),
    )
    if settings.log_level not in LOG_LEVELS:
        raise SettingsError(f"BUURTBEGROTING_LOG_LEVEL is {settings.log_level!r}; use one of {', '.join(LOG_LEVELS)}.")
    if settings.tile_url and not TILES.fullmatch(settings.tile_url):
        raise SettingsError(
            "BUURTBEGROTING_TILE_URL is the address of map pictures, such as https://tiles.example.nl/{z}/{x}/{y}.png."
        )
    if settings.is_production:
        _refuse_unsafe_production(settings)
    return settings


def _secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret: the variable itself, or the content of the file that NAME_FILE points to."""
    if file := environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{name}_FILE is {file!r}, which cannot be read ({error.strerror}).") from None
    return environ.get(name, "")


def _whole_number(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "0")
    try:
        return int(value)
    except ValueError:
        raise SettingsError(f"{name} is {value!r}; use a whole number.") from None


def _refuse_unsafe_production(settings: Settings) -> None:
    for key in (settings.secret_key, *settings.secret_key_fallbacks):
        if key == Settings.secret_key or len(key) < SECRET_LENGTH or len(set(key)) < SECRET_SIGNS:
            raise SettingsError(
                "Production needs BUURTBEGROTING_SECRET_KEY (or BUURTBEGROTING_SECRET_KEY_FILE): a random text of at "
                f"least {SECRET_LENGTH} characters. Make one with: {HOW_TO_MAKE_A_SECRET}"
            )
    if settings.clock_offset:
        raise SettingsError("BUURTBEGROTING_CLOCK_OFFSET moves the clock; production cannot start with it.")
    if urlsplit(settings.mail_url).scheme not in MAIL_SCHEMES or not urlsplit(settings.mail_url).hostname:
        raise SettingsError(
            "Production needs BUURTBEGROTING_MAIL_URL (or BUURTBEGROTING_MAIL_URL_FILE), such as "
            "smtp://name:password@mail.example.nl:587 or smtps://mail.example.nl:465."
        )
    if settings.mail_from == Settings.mail_from:
        raise SettingsError(
            "Production needs BUURTBEGROTING_MAIL_FROM, such as Buurtbegroting <buurtbegroting@example.nl>."
        )
    if not settings.base_url.startswith("https://"):
        raise SettingsError("Production needs BUURTBEGROTING_BASE_URL, such as https://buurtbegroting.example.nl.")
