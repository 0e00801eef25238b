"""The command line of an installation, from an empty folder to a round that goes out as a file again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from buurtbegroting.counting import pabulib
from buurtbegroting.foundation import paths

FIXTURES = paths.ROOT / "tests/fixtures"


class Town:
    """An installation in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "BUURTBEGROTING_DATA_DIR": str(folder), "BUURTBEGROTING_LOG_LEVEL": "ERROR"}
        for name in ("DATABASE_URL", "BUURTBEGROTING_DATABASE_URL"):
            self.environment.pop(name, None)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "buurtbegroting", *arguments]
        return subprocess.run(
            command, cwd=paths.ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def does(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def refuses(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 2, done.stdout + done.stderr[-2000:]
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = Town(tmp_path)
    made.does("database", "upgrade")
    return made


def test_a_round_goes_in_and_out_as_a_file(town: Town, tmp_path: Path) -> None:
    town.does("municipality", "create", "GM9998", "Proefstad", "--phone", "14 0998")
    assert "round 2025-1, 3 ballots counted" in town.does("round", "import", str(FIXTURES / "pb/proefstad.pb"))
    out = tmp_path / "uit.pb"
    town.does("round", "export", "2025-1", str(out))
    assert pabulib.read(out).election() == pabulib.read(FIXTURES / "pb/proefstad.pb").election()
    counted = json.loads(town.does("count", str(out), "--rule", "greedy", "--json"))
    assert counted["winners"] == ["1"]
    assert "no counted round 2099-9" in town.refuses("round", "export", "2099-9", str(out))


def test_the_plans_of_a_file_come_into_a_round_that_is_going_on(town: Town) -> None:
    town.does("sample", "fill")
    assert "2 plans in round 2026-2" in town.does("round", "import-plans", "2026-2", str(FIXTURES / "pb/proefstad.pb"))
    assert "no round 2099-9" in town.refuses("round", "import-plans", "2099-9", str(FIXTURES / "pb/proefstad.pb"))


def test_what_an_operator_does_wrong_is_one_sentence(town: Town, tmp_path: Path) -> None:
    assert "--municipality" in town.refuses("round", "import", str(FIXTURES / "pb/proefstad.pb"))
    town.does("municipality", "create", "GM9998", "Proefstad")
    assert "there already" in town.refuses("municipality", "create", "GM9998", "Nog eens")
    assert "no municipality GM0000" in town.refuses("areas", "import", "x.geojson", "--municipality", "GM0000")
    assert "x.geojson is not a file" in town.refuses("areas", "import", "x.geojson")
    assert "reads badly" in town.refuses("municipality", "theme", "brand-600=#ffffff")
    assert "is not a file" in town.refuses("round", "import", str(tmp_path))


def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert "database upgrade" in Town(tmp_path / "leeg").refuses("areas", "compose", "X", "BU99980101")


def test_real_boundaries_are_taken_over_once(town: Town, real_data: Path) -> None:
    town.does("municipality", "create", "GM0361", "Alkmaar")
    file = str(real_data / "geo/alkmaar_wijken_2024_wgs84.geojson")
    assert "8 added" in town.does("areas", "import", file)
    assert "0 added, 0 changed, 8 unchanged" in town.does("areas", "import", file)
    woerden = str(real_data / "geo/woerden_wijken_2014_wgs84.geojson")
    assert "no areas of GM0361" in town.refuses("areas", "import", woerden)


def test_the_sample_is_filled_once_and_its_dates_move_along(town: Town) -> None:
    assert "Waterveld is filled" in town.does("sample", "fill")
    assert "there already" in town.does("sample", "fill")
    assert "around today" in town.does("sample", "shift")


def test_setup_makes_a_municipality_whose_admins_have_a_mail_and_may_be_run_again(tmp_path: Path) -> None:
    town = Town(tmp_path)
    asked = ("setup", "GM9998", "Proefstad", "--admin", "aysel@voorbeeld.nl", "--admin", "tom@voorbeeld.nl")
    assert "GM9998 Proefstad is there" in town.does(*asked)
    mails = [each.read_text() for each in (tmp_path / "mail" / "new").iterdir()]
    assert sorted({line for mail in mails for line in mail.splitlines() if line.startswith("To: ")}) == [
        "To: aysel@voorbeeld.nl",
        "To: tom@voorbeeld.nl",
    ]
    town.does(*asked)
    assert "nothing was changed" in town.does("audit", "verify")


def test_setup_says_so_when_the_mail_server_does_not_answer(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.environment["BUURTBEGROTING_MAIL_URL"] = "smtp://127.0.0.1:1"
    refused = town.refuses("setup", "GM9998", "Proefstad", "--admin", "aysel@voorbeeld.nl")
    assert "The mail server did not take our mail" in refused
