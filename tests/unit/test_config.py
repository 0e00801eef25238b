"""Settings come from the environment, and production refuses what is unsafe."""

from __future__ import annotations

import pytest

from buurtbegroting.config import Settings, SettingsError, from_environment

SECRET = {"BUURTBEGROTING_MODE": "production", "BUURTBEGROTING_SECRET_KEY": "x" * 32}


def test_without_anything_it_is_a_demo_on_sqlite() -> None:
    settings = from_environment({})
    assert settings.mode == "demo"
    assert settings.database.startswith("sqlite:///")


def test_the_database_address_of_a_hosting_platform_is_read() -> None:
    assert from_environment({"DATABASE_URL": "postgresql://a/b"}).database == "postgresql://a/b"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"BUURTBEGROTING_MODE": "prod"}, "BUURTBEGROTING_MODE"),
        ({"BUURTBEGROTING_TRUSTED_PROXIES": "een"}, "BUURTBEGROTING_TRUSTED_PROXIES"),
        ({"BUURTBEGROTING_MODE": "production"}, "SECRET_KEY"),
        ({"BUURTBEGROTING_LOG_LEVEL": "luid"}, "BUURTBEGROTING_LOG_LEVEL"),
        (SECRET | {"BUURTBEGROTING_SECRET_KEY": "kort"}, "SECRET_KEY"),
        (SECRET | {"BUURTBEGROTING_SECRET_KEY": Settings.secret_key}, "SECRET_KEY"),
        (SECRET | {"BUURTBEGROTING_CLOCK_OFFSET": "3600"}, "CLOCK_OFFSET"),
    ],
)
def test_what_is_wrong_or_unsafe_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        from_environment(environment)


def test_production_starts_with_its_secret() -> None:
    assert from_environment(SECRET).is_production
