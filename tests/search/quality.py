"""How good search is on a written set: of what was found first how much fits, and of what fits how much was found."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from buurtbegroting.foundation import search

FILE = Path(__file__).parent / "dutch.toml"
FIRST = 5


def the_set() -> dict[str, Any]:
    """Return the texts by name, and the names that each query should find."""
    return tomllib.loads(FILE.read_text())


def kind() -> search.Kind:
    """Return the texts as a kind of thing that can be found."""
    from buurtbegroting.civic.reasons import _r

    texts = the_set()["texts"]
    return search.Kind(
        _r("Text"), lambda: list(texts), lambda key: search.Entry(*texts[key], endpoint="search.results"), {}
    )


@dataclass(frozen=True)
class Outcome:
    """One query: what it found first, what it should find, and all that it found."""

    query: str
    first: list[str]
    wanted: list[str]
    found: set[str]

    @property
    def precision(self) -> float:
        """Of as many as there are to find, at most five, how many fit."""
        many = min(FIRST, len(self.wanted))
        return len(set(self.first[:many]) & set(self.wanted)) / many

    @property
    def recall(self) -> float:
        """Of what fits, how much was found anywhere."""
        return len(self.found & set(self.wanted)) / len(self.wanted)


def outcomes(session: Session) -> list[Outcome]:
    """Ask every query of an index that holds the texts."""
    asked = []
    for query, wanted in the_set()["queries"].items():
        found = search.find(session, search.Query(query, ["text"]), 1, 100)
        keys = [hit.entry.key for hit in found.hits]
        asked.append(Outcome(query, keys[:FIRST], wanted, set(keys)))
    return asked
