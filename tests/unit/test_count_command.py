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
    "options",
    [
        ["--rule", "lottery"],
        ["--completion", "x"],
        ["--ties", "age"],
        ["--nonsense"],
        ["--budget", "much"],
        ["--cost", "1"],
        ["--cost", "9=5"],
        ["--extra", "1=1.5"],
        ["--weight", "paper=-1"],
        ["--weight", "pigeon=2"],
        ["--explain", "9"],
        ["--exclusive", "1,9"],
    ],
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


SHARED = str(paths.ROOT / "docs/nl/voorbeeld-eerlijk-delen.pb")


@pytest.mark.parametrize(
    ("options", "winners"),
    [
        (["--rule", "greedy"], ["1", "2"]),
        (["--rule", "greedy-stop"], ["1", "2"]),
        (["--completion", "none"], ["1", "3"]),
        (["--rule", "greedy", "--budget", "13000"], ["1", "2", "3"]),
        (["--rule", "greedy", "--cost", "2=4000"], ["1", "2"]),
        (["--rule", "greedy", "--extra", "3=3"], ["3", "1"]),
        (["--rule", "greedy", "--without", "1", "--without", "2"], ["3"]),
        (["--rule", "greedy", "--min-votes", "6"], ["1"]),
        (["--rule", "greedy", "--exclusive", "1,3"], ["1", "2"]),
        (["--rule", "packages"], ["1"]),
        (["--bar", "--completion", "none"], ["1", "3"]),
    ],
)
def test_rules_options_and_what_ifs_change_who_wins(options: list[str], winners: list[str]) -> None:
    answer = run("count", SHARED, *options, "--json")
    assert json.loads(answer.stdout)["winners"] == winners, answer.stderr


def test_votes_can_weigh_by_how_they_came(file: str) -> None:
    answer = run("count", file, "--rule", "greedy", "--weight", "internet=3/2", "--json")
    votes = {step["project"]: step["votes"] for step in json.loads(answer.stdout)["steps"]}
    assert votes == {"1": "5/2"}


def test_a_draw_follows_from_the_number_that_was_drawn() -> None:
    options = ("--rule", "greedy", "--ties", "drawn", "--extra", "2=1", "--budget", "6000")
    stopped = run("count", SHARED, *options)
    assert (stopped.returncode, stopped.stdout) == (2, "")
    assert "1, 2 are equal in round 1; draw lots in public" in stopped.stderr
    drawn = {
        json.loads(run("count", SHARED, *options, "--seed", seed, "--json").stdout)["winners"][0] for seed in "abc"
    }
    assert drawn == {"1", "2"}


def test_a_loss_is_explained_in_both_languages() -> None:
    dutch = run("count", SHARED, "--completion", "none", "--explain", "2").stdout
    assert "2 (Bomen) gaat niet door." in dutch
    assert "De stemmers (5) konden samen €\N{NO-BREAK SPACE}5.000 uitgeven, genoeg voor de" in dutch
    assert "- 1 (Speeltuin): €\N{NO-BREAK SPACE}5.000, door 5 van hen" in dutch
    english = run("count", SHARED, "--completion", "none", "--explain", "2", "--language", "en").stdout
    assert "With one more voter for this plan alone it would have won." in english


def test_other_rules_stand_side_by_side() -> None:
    answer = run("count", SHARED, "--rule", "greedy-stop", "--other-rules").stdout
    assert "greedy-stop: 2 elected for 9,000; 60 of 100 voters have a plan of their choice" in answer
    assert "phragmen-skip: 2 elected for 7,000; 90 of 100 voters have a plan of their choice\n  + 3\n  - 1" in answer
