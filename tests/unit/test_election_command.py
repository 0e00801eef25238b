"""The command that checks a file: sentences or JSON, an exit code, and nothing of the web loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from buurtbegroting.foundation import paths
from tests.unit.counting.test_pabulib_checking import FINE
from tests.unit.test_count_command import run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "proef.pb"
    path.write_text(FINE)
    return path


def test_the_first_line_says_whether_a_file_can_be_counted(file: Path) -> None:
    answer = run("election", "check", str(file))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == [
        "proef.pb can be counted: 2 projects, 3 ballots, budget 1000.",
        "remark  Blank ballots: 1; they are counted as votes for nothing.",
    ]


def test_a_file_that_cannot_be_counted_gives_exit_code_2(file: Path) -> None:
    file.write_text(FINE.replace("1;1,2;44", "1;7\x1b[2J;44"))
    answer = run("election", "check", str(file))
    assert answer.returncode == 2
    assert answer.stdout.startswith("proef.pb cannot be counted.\n")
    assert r"error   line 17: vote names project 7\x1b[2J, which is not in the list." in answer.stdout


def test_json_is_one_object(file: Path) -> None:
    file.write_text(FINE.replace("num_votes;3", "num_votes;4"))
    answer = run("election", "check", str(file), "--json")
    report = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert {key: report[key] for key in ("file", "can_be_counted", "projects", "ballots", "budget")} == {
        "file": "proef.pb",
        "can_be_counted": True,
        "projects": 2,
        "ballots": 3,
        "budget": "1000",
    }
    assert report["findings"][0] == {
        "level": "warning",
        "line": None,
        "what": "num_votes is 4; there are 3 ballots.",
    }


def test_a_missing_file_is_one_sentence_and_exit_code_2() -> None:
    answer = run("election", "check", "nergens.pb")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.count("\n") == 1


def test_checking_loads_neither_the_web_nor_a_slice(file: Path) -> None:
    code = (
        "import sys\nfrom buurtbegroting.cli import main\n"
        f"try:\n    main(['election', 'check', {str(file)!r}])\nexcept SystemExit:\n    pass\n"
        "loaded = [name for name in sys.modules if name == 'flask' or name == 'sqlalchemy' or '.blueprints' in name]\n"
        "sys.exit(repr(loaded) if loaded else 0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
