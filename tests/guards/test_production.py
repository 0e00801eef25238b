"""In production: nothing of the demo, and a cookie that only this site over HTTPS can set and read."""

from __future__ import annotations

import subprocess
import sys

from buurtbegroting.app import create_app
from buurtbegroting.config import Settings

NOTHING_OF_THE_DEMO = """
import sys
from pathlib import Path
from buurtbegroting.app import create_app
from buurtbegroting.config import Settings
app = create_app(Settings(mode="production", data_dir=Path(sys.argv[1]), log_level="CRITICAL"))
print([rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/demo")])
print([name for name in sys.modules if name.startswith("buurtbegroting.sample")])
"""


def test_nothing_of_the_demo_is_loaded(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOTHING_OF_THE_DEMO, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]


def test_the_cookie_is_bound_to_this_site_over_https(settings: Settings) -> None:
    app = create_app(Settings(mode="production", database_url=settings.database_url, log_level="CRITICAL"))
    with app.app_context():
        from buurtbegroting.foundation.database import db
        from tests.factories.towns import make_town

        make_town()
        cookie = app.test_client().get("/inloggen", base_url="https://localhost").headers["Set-Cookie"]
        db.session.remove()
        db.engine.dispose()
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert cookie.startswith("__Host-bb=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not [part for part in parts if part.startswith("Domain")]
