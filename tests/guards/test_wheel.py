"""What is installed works: styles, Dutch words and migrations are inside the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from buurtbegroting.foundation import paths

PROBE = """
import os, sys
from buurtbegroting.foundation import paths
assert str(paths.PACKAGE).startswith(sys.argv[1]), paths.PACKAGE
from buurtbegroting.app import create_app
from buurtbegroting.sample import fill
from buurtbegroting.sample.waterveld import Size, waterveld
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
import flask_migrate
app = create_app()
with app.app_context():
    flask_migrate.upgrade(directory=str(paths.MIGRATIONS))
    fill.fill(SYSTEM, waterveld(Size.S, clock.local_day(clock.now(db.session()))))
client = app.test_client()
assert client.get("/static/css/bb.css").status_code == 200
assert "Wat gebeurt er in uw buurt" in client.get("/").get_data(as_text=True)
assert client.get("/gereed").status_code == 200
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(paths.ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_the_installed_package_serves_a_styled_dutch_page_on_a_fresh_database(installed: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": "/usr/bin",
        "PYTHONPATH": str(installed),
        "BUURTBEGROTING_DATA_DIR": str(tmp_path / "data"),
        "BUURTBEGROTING_LOG_LEVEL": "CRITICAL",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(installed)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_wheel_holds_no_tests_and_no_uncompiled_leftovers(installed: Path) -> None:
    assert not (installed / "tests").exists()
    assert (installed / "buurtbegroting/translations/nl/LC_MESSAGES/messages.mo").is_file()
