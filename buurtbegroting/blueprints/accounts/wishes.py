"""What somebody fills in about themselves, checked before a deed sees it."""

from __future__ import annotations

from dataclasses import dataclass

MIN_AGE = 12
ADULT_AGE = 16


@dataclass(frozen=True)
class NewPerson:
    """A name to be known by, a wijk, a language; the year of birth only of who is younger than 16."""

    name: str
    wijk_code: str | None
    born_in: int | None
    language: str
