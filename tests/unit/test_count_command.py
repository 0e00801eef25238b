"""The command that counts a file: one JSON object, one sentence for a refusal, and nothing of the web loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from buurtbegroting.foundation import paths
from tests.unit.counting.test_pabulib import PLAIN


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "buurtbegroting", *arguments]
    return subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "proef.pb"
    path.write_text(PLAIN)
    return str(path)


def test_json_is_one_object_with_the_whole_outcome(file: str) -> None:
    answer = run("count", file, "--rule", "greedy", "--json")
    outcome = json.loads(answer.stdout)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert {name: outcome[name] for name in ("rule", "utility", "completion", "ties", "winners", "cost", "budget")} == {
        "rule": "greedy",
        "utility": "cost",
        "completion": None,
        "ties": ["id"],
        "winners": ["1"],
        "cost": 600,
        "budget": "2001/2",
    }


def test_people_get_a_table(file: str) -> None:
    answer = run("count", file)
    assert "Speelplek" in answer.stdout
    assert "elected for 600" in answer.stdout


@pytest.mark.parametrize(
    "options", [["--rule", "phragmen"], ["--completion", "x"], ["--ties", "drawn"], ["--nonsense"]]
)
def test_a_refusal_is_one_sentence_and_exit_code_2(file: str, options: list[str]) -> None:
    answer = run("count", file, *options)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr


def test_a_missing_file_is_a_refusal() -> None:
    answer = run("count", "nergens.pb")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.count("\n") == 1


def test_counting_loads_neither_the_web_nor_a_slice(file: str) -> None:
    code = (
        "import sys\nfrom buurtbegroting.cli import main\n"
        f"try:\n    main(['count', {file!r}, '--json'])\nexcept SystemExit:\n    pass\n"
        "loaded = [name for name in sys.modules if name == 'flask' or name == 'sqlalchemy' or '.blueprints' in name]\n"
        "sys.exit(repr(loaded) if loaded else 0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
