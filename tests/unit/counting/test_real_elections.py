"""Real elections, counted as the research library counts them; and every file of the collection is read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.count import count
from tests.conftest import REAL_DATA

ORACLE = "pabutools-1.2.3/exact/Cost_Sat/lexico/"
METHODS: dict[str, dict[str, str]] = {
    "greedy_votes": {"rule": "greedy"},
    "mes": {"completion": "none"},
    "mes_u": {"completion": "greedy"},
    "mes_add1": {"completion": "add1"},
    "mes_add1u": {"completion": "add1u"},
}
MAX_VOTERS = 5000
FOLDER = REAL_DATA / "pb"


@cache
def expected() -> dict[str, dict[str, object]]:
    path = FOLDER / "expected.json"
    instances: dict[str, dict[str, object]] = json.loads(path.read_text())["instances"] if path.is_file() else {}
    return instances


def approvals() -> list[str]:
    return [
        name
        for name, facts in expected().items()
        if facts["vote_type"] in ("approval", "choose-1") and int(str(facts["voters"])) <= MAX_VOTERS
    ]


@pytest.mark.parametrize("name", approvals())
def test_the_winners_are_those_of_the_research_library(real_data: Path, name: str) -> None:
    election = pabulib.read(real_data / "pb" / name).election()
    results: dict[str, list[str]] = expected()[name]["results"]  # type: ignore[assignment]
    compared = 0
    for key, options in METHODS.items():
        if ORACLE + key in results:
            outcome = count(election, rules.method(election.ballot_type, **options))  # type: ignore[arg-type]
            assert sorted(outcome.winners) == sorted(results[ORACLE + key]), key
            compared += 1
    assert compared >= 3


@pytest.mark.parametrize("name", [path.name for path in sorted(FOLDER.glob("*.pb"))])
def test_every_file_is_read_written_and_counted(real_data: Path, name: str) -> None:
    file = pabulib.read(real_data / "pb" / name)
    again = pabulib.parse(pabulib.write(file).encode(), name)
    assert (again.meta, again.projects.rows, again.votes.rows) == (file.meta, file.projects.rows, file.votes.rows)
    election = file.election()
    assert election.voters == int(file.meta["num_votes"])
    assert count(election, rules.method(election.ballot_type, "greedy")).cost <= election.budget


def test_assen_2024_gives_its_official_winners(real_data: Path) -> None:
    file = pabulib.read(real_data / "pb" / "Netherlands_Assen_2024.pb")
    outcome = count(file.election(), rules.method(file.election().ballot_type, completion="add1"))
    official = [
        id_ for id_, selected in zip(file.projects.column("project_id"), file.projects.column("selected"), strict=True)
        if selected == "1"
    ]  # fmt: skip
    assert sorted(outcome.winners) == sorted(official)
    assert outcome.cost == 76_700


def test_wieliczka_2023_gives_its_official_winners_without_exhaustive_stop(real_data: Path) -> None:
    file = pabulib.read(real_data / "pb" / "Poland_Wieliczka_2023_Green_Budget.pb")
    election = file.election()
    outcome = count(election, rules.method(election.ballot_type, completion="add1", is_exhaustive=False))
    assert (len(outcome.winners), outcome.cost) == (30, 995_079)
