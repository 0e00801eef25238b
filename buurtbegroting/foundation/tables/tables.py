"""A table as it stood in a file: its first row, and every row below it with its line number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60


class NoTable(Invalid):
    """There is nothing here that looks like a table."""


def refusal(reason: Reason) -> Invalid:
    """Return the refusal of a file."""
    return Invalid(reason, {"file": reason})


@dataclass(frozen=True)
class Row:
    """One row: on which line of the file it begins, and its cells."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Table:
    """The names of the columns and the rows below them."""

    head: Sequence[str]
    rows: Sequence[Row]

    def to_json(self) -> str:
        """Return the table as it is kept."""
        return json.dumps([list(self.head), [[row.line, list(row.cells)] for row in self.rows]], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Table:
        """Return a table that was kept."""
        head, rows = json.loads(text)
        return cls(head, [Row(line, cells) for line, cells in rows])


def table_of(rows: Iterable[Row]) -> Table:
    """Make a table of rows, the first with something in it being the head; raise Invalid for too much or too little."""
    head: list[str] | None = None
    kept: list[Row] = []
    for row in rows:
        cells = [_clean(cell) for cell in row.cells]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if head is None:
            head = cells
            continue
        kept.append(Row(row.line, cells))
        if len(kept) > MOST_ROWS:
            raise refusal(_r("There are more than 20,000 lines in this file. Make two files of it."))
    if head is None or not kept:
        reason = _r("There is no table in this file: a line with the names of the columns, and lines below it.")
        raise NoTable(reason, {"file": reason})
    if len(head) > MOST_COLUMNS:
        raise refusal(_r("There are more than 60 columns in this file. Take out what is not needed."))
    return Table(head, kept)


def _clean(cell: str) -> str:
    """Return a cell without signs that cannot be seen, which a database may refuse."""
    return "".join(sign if sign.isprintable() else " " for sign in cell).strip()
