"""From a table to lines of spending: everything that is wrong with it at once, each with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation.tables import Row, Table

from .columns import COLUMN, FIXED, Target, title_of
from .kinds import FIELD_SLUGS, Allocation, SpendingKind, TaskField, allocation_called, field_called, kind_called, plain

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST = 200
MOST_EUROS = Decimal(10) ** 12
WHOLE = ("gemeente", "hele gemeente", "de hele gemeente", "alle wijken", "gemeentebreed", "stadsbreed")
THOUSANDS = "1000"

_DUTCH = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?")
_ENGLISH = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: on which line and in which column, what, and what to do about it."""

    line: int
    column: str | Reason
    what: Reason
    remedy: Reason


@dataclass(frozen=True)
class ReadLine:
    """A line of spending as the file says it; without an area it is for the whole municipality."""

    number: int
    year: int
    area_code: str | None
    field: TaskField
    name: str
    amount_cents: int
    kind: SpendingKind
    allocation: Allocation
    source: str


@dataclass(frozen=True)
class Checked:
    """The lines that a table holds, and everything that is wrong with it."""

    lines: Sequence[ReadLine]
    faults: Sequence[Fault]


class _Wrong(Exception):
    def __init__(self, what: Reason, remedy: Reason) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def checked(table: Table, chosen: Mapping[str, str], areas: Mapping[str, str], source: str) -> Checked:
    """Read every row by what was chosen for its columns.

    ``areas`` are the codes of the areas that there are, by their codes and names as `plain` leaves them; ``source``
    holds for lines that name none.
    """
    lines: list[ReadLine] = []
    faults: list[Fault] = []
    for row in table.rows:
        values: dict[Target, object] = {}
        wrong = _too_wide(row, table)
        for target, read in _readers(areas, chosen).items():
            try:
                values[target] = read(_cell(row, chosen.get(target, "")))
            except _Wrong as found:
                wrong.append(Fault(row.line, title_of(target, table.head, chosen), found.what, found.remedy))
        if wrong:
            faults += wrong
        else:
            lines.append(_line(row.line, values, source))
    return Checked(lines, faults)


def _too_wide(row: Row, table: Table) -> list[Fault]:
    if len(row.cells) <= len(table.head):
        return []
    what = _r("There are more cells on this line than there are columns.")
    remedy = _r("Put a text that holds the separator between quotes, or give the column a name.")
    return [Fault(row.line, "", what, remedy)]


def _cell(row: Row, choice: str) -> str:
    if choice.startswith(FIXED):
        return choice.removeprefix(FIXED)
    index = int(choice.removeprefix(COLUMN)) if choice.startswith(COLUMN) else len(row.cells)
    return row.cells[index] if index < len(row.cells) else ""


def _line(number: int, values: Mapping[Target, object], source: str) -> ReadLine:
    read = {target: value for target, value in values.items() if target is not Target.SOURCE}
    return ReadLine(
        number=number,
        area_code=read.pop(Target.AREA),  # type: ignore[arg-type]
        amount_cents=read.pop(Target.AMOUNT),  # type: ignore[arg-type]
        source=str(values[Target.SOURCE] or source),
        **{target.value: value for target, value in read.items()},  # type: ignore[arg-type]
    )


def _readers(areas: Mapping[str, str], chosen: Mapping[str, str]) -> dict[Target, Callable[[str], object]]:
    factor = 1000 if chosen.get("unit") == THOUSANDS else 1
    return {
        Target.YEAR: _year,
        Target.AREA: lambda text: _area(text, areas),
        Target.FIELD: _field,
        Target.NAME: lambda text: _words(_there(text)),
        Target.AMOUNT: lambda text: cents(text, factor),
        Target.KIND: _kind,
        Target.ALLOCATION: _allocation,
        Target.SOURCE: _words,
    }


def _there(text: str) -> str:
    if not text:
        raise _Wrong(_r("There is nothing here."), _r("Fill in this cell."))
    return text


def _words(text: str) -> str:
    if len(text) > LONGEST:
        raise _Wrong(_r("This is longer than 200 signs."), _r("Say it in fewer words."))
    return text


def _year(text: str) -> int:
    found = re.fullmatch(r"(\d{4})(?:[.,]0+)?", _there(text))
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise _Wrong(_r("“%(text)s” is no year.", text=_short(text)), _r("Write a year in four figures, such as 2026."))
    return int(found[1])


def _area(text: str, areas: Mapping[str, str]) -> str | None:
    wanted = plain(text)
    if not wanted or wanted in WHOLE:
        return None
    if wanted in areas:
        return areas[wanted]
    wijk = areas.get(plain(text.upper().replace("BU", "WK", 1)[:8])) if wanted.startswith("bu") else None
    if wijk:
        remedy = _r("Use the code of its wijk: %(code)s.", code=wijk)
        raise _Wrong(_r("“%(text)s” is a buurt.", text=_short(text)), remedy)
    remedy = _r("Use the code or the name of a wijk, or leave it empty for the whole municipality.")
    raise _Wrong(_r("We do not know the wijk “%(text)s”.", text=_short(text)), remedy)


def _field(text: str) -> TaskField:
    found = field_called(_there(text))
    if found is None:
        words = ", ".join(FIELD_SLUGS.values())
        remedy = _r("Use one of: %(words)s. Or a number of the Iv3 list, such as 5.7.", words=words)
        raise _Wrong(_r("We do not know the task field “%(text)s”.", text=_short(text)), remedy)
    return found


def _kind(text: str) -> SpendingKind:
    found = kind_called(_there(text))
    if found is None:
        raise _Wrong(_r("“%(text)s” is not clear.", text=_short(text)), _r("Write “begroot” or “werkelijk”."))
    return found


def _allocation(text: str) -> Allocation:
    found = allocation_called(_there(text))
    if found is None:
        remedy = _r("Write “direct”, “per inwoner”, “per m2” or “schatting”.")
        raise _Wrong(_r("“%(text)s” is not clear.", text=_short(text)), remedy)
    return found


def cents(text: str, factor: int = 1) -> int:
    """Read an amount in euros, or in thousands of them, as whole cents; with a point or comma as people write it."""
    bare = re.sub(r"\s|€|euro|eur", "", _there(text).lower())
    bare = re.sub(r"[.,][-–=]+$", "", bare)
    if bare.startswith(("-", "–", "(")) or bare.endswith("-"):
        raise _Wrong(
            _r("“%(text)s” is less than nothing.", text=_short(text)),
            _r("Leave out income. Give only what was spent."),
        )
    found = _DUTCH.fullmatch(bare) or _ENGLISH.fullmatch(bare)
    if found is None:
        raise _Wrong(_r("“%(text)s” is no amount.", text=_short(text)), _r("Write an amount such as 1250 or 1.250,50."))
    amount = Decimal(f"{re.sub(r'[.,]', '', found[1])}.{found[2] or '0'}") * factor
    if amount >= MOST_EUROS:
        raise _Wrong(_r("“%(text)s” is too much.", text=_short(text)), _r("Is the amount in euros?"))
    return int(amount * 100)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
