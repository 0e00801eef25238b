"""Settings come from the environment, and production refuses what is unsafe."""

from __future__ import annotations

from pathlib import Path

import pytest

from buurtbegroting.app import create_app
from buurtbegroting.config import Settings, SettingsError, from_environment

KEY = "f3Qm8Zt1LwXc6VbN0aYpK5sHd2RjUeGi"
SECRET = {
    "BUURTBEGROTING_MODE": "production",
    "BUURTBEGROTING_SECRET_KEY": KEY,
    "BUURTBEGROTING_BASE_URL": "https://budget.example.nl",
    "BUURTBEGROTING_MAIL_URL": "smtp://name:password@mail.example.nl:587",
    "BUURTBEGROTING_MAIL_FROM": "Buurtbegroting <budget@example.nl>",
}


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
        ({"BUURTBEGROTING_TILE_URL": "http://tegels.example/{z}/{x}/{y}.png"}, "TILE_URL"),
        ({"BUURTBEGROTING_TILE_URL": "https://tegels.example/kaart.png"}, "TILE_URL"),
        ({"BUURTBEGROTING_TILE_URL": "https://tegels.example; script-src *;/{z}/{x}/{y}.png"}, "TILE_URL"),
        ({"BUURTBEGROTING_TRUSTED_PROXIES": "een"}, "BUURTBEGROTING_TRUSTED_PROXIES"),
        ({"BUURTBEGROTING_MODE": "production"}, "SECRET_KEY"),
        ({"BUURTBEGROTING_LOG_LEVEL": "luid"}, "BUURTBEGROTING_LOG_LEVEL"),
        (SECRET | {"BUURTBEGROTING_SECRET_KEY": "kort"}, "SECRET_KEY"),
        (SECRET | {"BUURTBEGROTING_SECRET_KEY": Settings.secret_key}, "SECRET_KEY"),
        (SECRET | {"BUURTBEGROTING_SECRET_KEY": "a" * 64}, "token_urlsafe"),
        (SECRET | {"BUURTBEGROTING_SECRET_KEY_FALLBACKS": "kort"}, "SECRET_KEY"),
        (SECRET | {"BUURTBEGROTING_SECRET_KEY_FILE": "/is/er/niet"}, "cannot be read"),
        (SECRET | {"BUURTBEGROTING_CLOCK_OFFSET": "3600"}, "CLOCK_OFFSET"),
        (SECRET | {"BUURTBEGROTING_MAIL_URL": ""}, "MAIL_URL"),
        (SECRET | {"BUURTBEGROTING_MAIL_URL": "mail.example.nl"}, "MAIL_URL"),
        (SECRET | {"BUURTBEGROTING_MAIL_FROM": Settings.mail_from}, "MAIL_FROM"),
        (SECRET | {"BUURTBEGROTING_BASE_URL": "http://budget.example.nl"}, "BASE_URL"),
    ],
)
def test_what_is_wrong_or_unsafe_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        from_environment(environment)


def test_production_starts_with_its_secrets() -> None:
    assert from_environment(SECRET).is_production


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    environment = {name: value for name, value in SECRET.items() if name != "BUURTBEGROTING_SECRET_KEY"}
    assert from_environment(environment | {"BUURTBEGROTING_SECRET_KEY_FILE": str(file)}).secret_key == KEY


def test_only_with_map_pictures_may_browsers_fetch_from_another_host(tmp_path: Path) -> None:
    address = "https://tegels.example:8443/wmts/EPSG:3857/{z}/{x}/{y}.png"
    assert from_environment({"BUURTBEGROTING_TILE_URL": address}).tile_host == "https://tegels.example:8443"
    for tiles, wanted in (("", "img-src 'self' data: blob:;"), (address, "blob: https://tegels.example:8443;")):
        app = create_app(Settings(mode="test", data_dir=tmp_path, log_level="CRITICAL", tile_url=tiles))
        with app.test_client().get("/static/css/bb.css") as answer:
            assert wanted in answer.headers["Content-Security-Policy"]
