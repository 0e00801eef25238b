"""Settings: one frozen value, read from the environment once, when the process starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from buurtbegroting.foundation import paths

MODES = ("demo", "production", "test")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class SettingsError(Exception):
    """The environment does not describe an installation that can start."""


@dataclass(frozen=True)
class Settings:
    """What an operator decides. Every field is an environment variable of the same name with BUURTBEGROTING_ before it.

    ``clock_offset`` moves the clock of a demo or a test; production refuses it. ``trusted_proxies`` is the number of
    reverse proxies whose X-Forwarded headers are believed.
    """

    mode: str = "demo"
    database_url: str = ""
    secret_key: str = "only-for-demo-and-tests"
    data_dir: Path = paths.DATA
    log_level: str = "INFO"
    clock_offset: timedelta = timedelta()
    trusted_proxies: int = 0

    @property
    def is_production(self) -> bool:
        """Whether residents rely on this installation."""
        return self.mode == "production"

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
    settings = Settings(
        mode=mode,
        database_url=environ.get("BUURTBEGROTING_DATABASE_URL") or environ.get("DATABASE_URL", ""),
        secret_key=environ.get("BUURTBEGROTING_SECRET_KEY", Settings.secret_key),
        data_dir=Path(environ.get("BUURTBEGROTING_DATA_DIR", str(Settings.data_dir))).resolve(),
        log_level=environ.get("BUURTBEGROTING_LOG_LEVEL", Settings.log_level).upper(),
        clock_offset=timedelta(seconds=_whole_number(environ, "BUURTBEGROTING_CLOCK_OFFSET")),
        trusted_proxies=_whole_number(environ, "BUURTBEGROTING_TRUSTED_PROXIES"),
    )
    if settings.log_level not in LOG_LEVELS:
        raise SettingsError(f"BUURTBEGROTING_LOG_LEVEL is {settings.log_level!r}; use one of {', '.join(LOG_LEVELS)}.")
    if settings.is_production:
        _refuse_unsafe_production(settings)
    return settings


def _whole_number(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "0")
    try:
        return int(value)
    except ValueError:
        raise SettingsError(f"{name} is {value!r}; use a whole number.") from None


def _refuse_unsafe_production(settings: Settings) -> None:
    if settings.secret_key == Settings.secret_key or len(settings.secret_key) < 32:
        raise SettingsError("Production needs BUURTBEGROTING_SECRET_KEY: a random text of at least 32 characters.")
    if settings.clock_offset:
        raise SettingsError("BUURTBEGROTING_CLOCK_OFFSET moves the clock; production cannot start with it.")
