"""A file with voters, line by line: what each line says, and what is wrong with it. No writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation.tables import Table

NEEDED = ("kenmerk", "naam", "straat", "huisnummer", "postcode", "plaats")
OPTIONAL = ("toevoeging", "taal", "grote letters", "brief", "identiteit")
HEAD = (*NEEDED, *OPTIONAL)
LONGEST = {"kenmerk": 60, "naam": 120, "straat": 120, "toevoeging": 10, "plaats": 80, "identiteit": 200}
POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}")
YES, NO = frozenset({"ja", "j", "yes", "1"}), frozenset({"nee", "n", "no", "0", ""})


@dataclass(frozen=True)
class VoterLine:
    """One person as a line of the file says; ``address`` is what stands on the envelope, line by line."""

    line: int
    reference: str
    address: tuple[str, ...]
    postcode: str
    house_number: int
    house: str
    language: str
    is_large_print: bool
    gets_letter: bool
    identity: str


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, and what to do."""

    line: int
    reason: Reason


@dataclass(frozen=True)
class Checked:
    """A whole file: the people in it, and every fault; it is used when there is none."""

    people: Sequence[VoterLine]
    faults: Sequence[Fault]


def check(table: Table) -> Checked:
    """Read a table with voters; raise Invalid when a column is missing that has to be there."""
    places = {name.strip().lower(): place for place, name in enumerate(table.head)}
    if missing := [name for name in NEEDED if name not in places]:
        reason = _r(
            "These columns are missing: %(names)s. Give the columns exactly these names.", names=", ".join(missing)
        )
        raise Invalid(reason, {"file": reason})
    people: list[VoterLine] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        cells = {
            name: row.cells[place].strip() if place < len(row.cells) else ""
            for name, place in places.items()
            if name in HEAD
        }
        reasons = list(_wrong(cells))
        if (first := seen.setdefault(cells["kenmerk"], row.line)) != row.line:
            reasons.append(
                _r("This reference stands on line %(line)s too. Everybody has one of their own.", line=first)
            )
        faults += [Fault(row.line, reason) for reason in reasons]
        if not reasons:
            people.append(_person(row.line, cells))
    return Checked(people, faults)


def _wrong(cells: Mapping[str, str]) -> Iterator[Reason]:
    for name in NEEDED:
        if not cells[name]:
            yield _r("The column %(name)s is empty.", name=name)
    for name, longest in LONGEST.items():
        if len(cells.get(name, "")) > longest:
            yield _r("The column %(name)s is longer than %(most)s signs.", name=name, most=longest)
    number = cells["huisnummer"]
    if number and not (number.isascii() and number.isdigit() and len(number) < 6):
        yield _r("The house number has figures only. Put letters in the column toevoeging.")
    if cells["postcode"] and not POSTCODE.fullmatch(_postcode(cells["postcode"])):
        yield _r("A postcode is four figures and two letters, such as 1234 AB.")
    if cells.get("taal", "").lower() not in ("", "nl", "en"):
        yield _r("The language is nl or en.")
    for name in ("grote letters", "brief"):
        if cells.get(name, "").lower() not in YES | NO:
            yield _r("Fill in ja or nee in the column %(name)s.", name=name)


def _person(line: int, cells: Mapping[str, str]) -> VoterLine:
    house = cells["huisnummer"] + cells.get("toevoeging", "")
    postcode = _postcode(cells["postcode"])
    return VoterLine(
        line=line,
        reference=cells["kenmerk"],
        address=(
            cells["naam"],
            f"{cells['straat']} {house}",
            f"{postcode[:4]} {postcode[4:]}  {cells['plaats'].upper()}",
        ),
        postcode=postcode,
        house_number=int(cells["huisnummer"]),
        house=house,
        language=cells.get("taal", "").lower() or "nl",
        is_large_print=cells.get("grote letters", "").lower() in YES,
        gets_letter=cells.get("brief", "").lower() in YES or not cells.get("brief"),
        identity=cells.get("identiteit", ""),
    )


def _postcode(text: str) -> str:
    return "".join(text.split()).upper()
