"""The three tables of a Pabulib file: where each begins, its columns, and its rows.

Nothing but line ends is changed: CRLF and CR become LF, within quotes too. A line of semicolons or spaces alone is no
row, empty fields at the end of a line may be left out, and names of columns lose the spaces around them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from buurtbegroting.civic.reasons import Reason, _r

from .records import LINE_TOO_LONG, MAX_LINE, SECTIONS, Record, records, refusal

MAX_BYTES = 512 * 1024 * 1024
MAX_COLUMNS = 200
MAX_PROJECTS = 100_000
MAX_KEYS = 10_000

Refuse = Callable[[Reason, int], None]

_NEEDED = {"META": {"key", "value"}, "PROJECTS": {"project_id", "cost"}, "VOTES": {"voter_id", "vote"}}
_MOST = {"META": MAX_KEYS, "PROJECTS": MAX_PROJECTS}


@dataclass(frozen=True)
class Table:
    """One section: its column names, its rows, and the line in the file on which each row stands."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int] = field(default_factory=list)

    def column(self, name: str) -> Iterator[str]:
        """Yield one column; empty texts when there is no such column."""
        if name not in self.columns:
            return iter([""] * len(self.rows))
        place = self.columns.index(name)
        return (row[place] for row in self.rows)


@dataclass(frozen=True)
class Votes:
    """The section VOTES as it was written: a million rows are taken apart only for who asks for rows."""

    columns: tuple[str, ...]
    body: bytes
    first_line: int
    file: str

    @cached_property
    def table(self) -> Table:
        """The rows; raises Invalid for a line that is none."""
        return self.table_without(refuser(self.file))

    def table_without(self, refuse: Refuse) -> Table:
        """Return the rows that there are, after telling ``refuse`` about the others."""
        return filled("VOTES", self.columns, records(self.body, self.file, self.first_line), refuse)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows, with a text for every column."""
        return self.table.rows

    @property
    def lines(self) -> list[int]:
        """The line in the file on which each row stands."""
        return self.table.lines

    def column(self, name: str) -> Iterator[str]:
        """Yield one column; empty texts when there is no such column."""
        return self.table.column(name)


@dataclass(frozen=True)
class Section:
    """Where a section stands: the record of its column names, and its rows as they were written."""

    head: Record
    body: bytes
    first_line: int


def refuser(file: str) -> Refuse:
    """Return what raises at the first thing that is wrong."""

    def refuse(reason: Reason, line: int) -> None:
        raise refusal(file, reason, line)

    return refuse


def sections(content: bytes, file: str) -> dict[str, Section]:
    """Find the three sections; after the last one the rest of the file is left as it is."""
    found: dict[str, Section] = {}
    heading, head = "", None
    every = records(content, file)
    for record in every:
        if record.is_blank:
            continue
        if begun := record.heading:
            if begun in found or begun == heading:
                raise refusal(file, _r("the section %(section)s stands there twice.", section=begun), record.line)
            if heading:
                found[heading] = _section(content, heading, head, record.start, file)
            heading, head = begun, None
        elif not heading:
            raise refusal(file, _r("a Pabulib file begins with the line META."), record.line)
        elif head is None:
            head = record
            if len(found) == len(SECTIONS) - 1:
                break
    if heading:
        found[heading] = _section(content, heading, head, len(content), file)
    for section in SECTIONS:
        if section not in found:
            raise refusal(file, _r("the section %(section)s is missing.", section=section))
    return found


def _section(content: bytes, heading: str, head: Record | None, end: int, file: str) -> Section:
    if head is None:
        raise refusal(file, _r("the section %(section)s has no columns.", section=heading))
    return Section(head, content[head.end + 1 : end], head.line + content.count(b"\n", head.start, head.end) + 1)


def columns_of(section: str, head: Record, file: str) -> tuple[str, ...]:
    """Return the names of the columns of a section; refuse when one is missing or stands there twice."""
    columns = [cell.strip() for cell in head.cells]
    while columns and not columns[-1]:
        columns.pop()
    missing = sorted(_NEEDED[section] - set(columns))
    if missing:
        reason = _r("%(section)s needs the column %(column)s.", section=section, column=missing[0])
        raise refusal(file, reason, head.line)
    if len(columns) > MAX_COLUMNS or len(set(columns)) < len(columns):
        reason = _r("%(section)s has a column twice, or more than 200.", section=section)
        raise refusal(file, reason, head.line)
    return tuple(columns)


def filled(section: str, columns: tuple[str, ...], each_record: Iterator[Record], refuse: Refuse) -> Table:
    """Return the rows of a section, each as long as its columns."""
    table = Table(columns, [], [])
    for record in each_record:
        if record.is_blank:
            continue
        cells = _value_in_one(record.cells) if section == "META" else record.cells
        if section == "META" and sum(len(cell.encode()) for cell in cells) > MAX_LINE:
            refuse(LINE_TOO_LONG, record.line)
        elif len(cells) == 1 and record.heading:
            refuse(_r("the section %(section)s stands there twice.", section=record.heading), record.line)
        elif len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            refuse(wrong_number_of_fields(cells, columns), record.line)
        elif len(table.rows) >= _MOST.get(section, MAX_BYTES):
            refuse(_r("%(section)s has more than %(most)s lines.", section=section, most=_MOST[section]), record.line)
            break
        else:
            table.rows.append(tuple(cells[: len(columns)]) + ("",) * (len(columns) - len(cells)))
            table.lines.append(record.line)
    return table


def _value_in_one(cells: list[str]) -> list[str]:
    """Return key and value, where the value may hold semicolons that nobody quoted."""
    while len(cells) > 2 and not cells[-1].strip():
        cells = cells[:-1]
    return [cells[0], ";".join(cells[1:])] if len(cells) > 2 else cells


def wrong_number_of_fields(cells: Sequence[str], columns: Sequence[str]) -> Reason:
    """Say that a line has more fields than there are columns."""
    return _r("there are %(cells)s fields for %(columns)s columns.", cells=len(cells), columns=len(columns))
