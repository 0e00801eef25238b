"""Real elections from files that are no part of the product, and the winners that other programs found in them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from buurtbegroting.counting import pabulib
from buurtbegroting.counting.elections import BallotType, Election
from tests.conftest import REAL_DATA

FOLDER = REAL_DATA / "pb"


@cache
def expected() -> dict[str, dict[str, Any]]:
    """What is known of each file: voters, kind of ballot, and the winners by program and rule."""
    path = FOLDER / "expected.json"
    instances: dict[str, dict[str, Any]] = json.loads(path.read_text())["instances"] if path.is_file() else {}
    return instances


def names() -> list[str]:
    return [path.name for path in sorted(FOLDER.glob("*.pb"))]


def headings(name: str) -> list[str]:
    """Return the column names of the projects, without reading the ballots."""
    with (FOLDER / name).open(encoding="utf-8-sig") as lines:
        for line in lines:
            if line.strip() == "PROJECTS":
                return next(lines).strip().split(";")
    return []


@lru_cache(maxsize=2)
def file(name: str) -> pabulib.PabulibFile:
    return pabulib.read(FOLDER / name)


@lru_cache(maxsize=2)
def election(name: str) -> Election:
    """Return what is counted; of a ranking also how many places it could have."""
    made = file(name).election()
    longest = file(name).meta.get("max_length")
    if made.ballot_type is BallotType.ORDINAL and longest:
        return replace(made, max_choices=int(longest))
    return made


def column(name: str, title: str) -> dict[str, str]:
    """Return a column of the projects, by their id."""
    projects = file(name).projects
    return dict(zip(projects.column("project_id"), projects.column(title), strict=True))
