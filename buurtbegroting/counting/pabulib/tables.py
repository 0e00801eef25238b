"""The three tables of a Pabulib file: where each begins, its columns, and its rows.

Nothing but line ends is changed: CRLF and CR become LF, within quotes too. A line of semicolons or spaces alone is no
row, empty fields at the end of a line may be left out, and names of columns lose the spaces around them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

MAX_BYTES = 512 * 1024 * 1024
MAX_LINE = 1024 * 1024
MAX_COLUMNS = 200
MAX_PROJECTS = 100_000
MAX_KEYS = 10_000
SECTIONS = ("META", "PROJECTS", "VOTES")
LINE_TOO_LONG = _r("the line is longer than a million signs.")

Refuse = Callable[[Reason, int], None]

_NEEDED = {"META": {"key", "value"}, "PROJECTS": {"project_id", "cost"}, "VOTES": {"voter_id", "vote"}}
_MOST = {"META": MAX_KEYS, "PROJECTS": MAX_PROJECTS}
_QUOTED = re.compile(rb'"([^"]*+(?:""[^"]*+)*+)"([^;\n]*+)')
_BLANK_LINES = re.compile(rb"(?:;*+\n|[ \t]++\n)++")
_PLAIN = re.compile(rb"[^;\n]*+")
_PIECE = 16 * 1024


class Record(NamedTuple):
    """One line of a file, or several where a quoted text goes on; ``end`` is where its line end stands."""

    line: int
    cells: list[str]
    start: int
    end: int
    is_quoted: bool

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it: semicolons alone, or spaces alone."""
        cells = self.cells
        return not any(cells) if len(cells) > 1 else not cells[0].strip()

    @property
    def heading(self) -> str:
        """The section that begins here, or an empty text."""
        name = self.cells[0].strip().upper()
        if name not in SECTIONS or self.is_quoted or any(cell.strip() for cell in self.cells[1:]):
            return ""
        return name


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


def refusal(file: str, reason: Reason, line: int | None = None) -> Invalid:
    """Return the refusal of a file, with the line it is about."""
    if line is None:
        return Invalid(_r("%(file)s: %(what)s", file=file, what=reason))
    return Invalid(_r("%(file)s, line %(line)s: %(what)s", file=file, line=line, what=reason))


def refuser(file: str) -> Refuse:
    """Return what raises at the first thing that is wrong."""

    def refuse(reason: Reason, line: int) -> None:
        raise refusal(file, reason, line)

    return refuse


def cleaned(content: bytes, file: str) -> bytes:
    """Return the content without byte order mark and with one kind of line end; refuse what is no text."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\r" in content:
        content = _with_one_line_end(content)
    if (place := content.find(b"\0")) >= 0:
        raise refusal(file, _r("it holds a zero byte, so it is no text."), _line_of(content, place))
    if not content.isascii():
        _refuse_other_encodings(content, file)
    return content


def _with_one_line_end(content: bytes) -> bytes:
    signs = np.frombuffer(content, dtype=np.uint8)
    after = np.flatnonzero(signs == ord("\r")) + 1
    if after[-1] < len(signs) and (signs[after] == ord("\n")).all():
        # The same, and many times faster than looking for pairs.
        return content.replace(b"\r", b"")
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _refuse_other_encodings(content: bytes, file: str) -> None:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _PIECE) + 1 or len(content)
        piece = content[start:end]
        try:
            if not piece.isascii():
                piece.decode()
        except UnicodeDecodeError as error:
            line = _line_of(content, start + error.start)
            raise refusal(file, _r("it is not written in UTF-8; save it again as UTF-8."), line) from None
        start = end


def _line_of(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


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


def records(content: bytes, file: str, line: int = 1) -> Iterator[Record]:
    """Yield the records of a text in UTF-8 whose lines end in LF; ``line`` is the number of the first."""
    start, size = 0, len(content)
    while start < size:
        if blank := _BLANK_LINES.match(content, start):
            line += content.count(b"\n", start, blank.end())
            start = blank.end()
            continue
        end = content.find(b"\n", start)
        end = size if end < 0 else end
        is_quoted = content.find(b'"', start, end) >= 0
        if is_quoted:
            cells, end = _quoted_cells(content, start, file, line)
        elif is_too_long(content, start, end):
            raise refusal(file, LINE_TOO_LONG, line)
        else:
            cells = content[start:end].decode().split(";")
        yield Record(line, cells, start, end, is_quoted)
        line += content.count(b"\n", start, end) + 1 if is_quoted else 1
        start = end + 1


def is_too_long(content: bytes, start: int, end: int) -> bool:
    """Whether more stands in a line than it may hold; what only parts its fields does not count."""
    return end - start > MAX_LINE and end - start - content.count(b";", start, end) > MAX_LINE


def _quoted_cells(content: bytes, start: int, file: str, line: int) -> tuple[list[str], int]:
    """Return the cells of a record with quotes in it, and where it ends."""
    cells: list[bytes] = []
    place, size = start, 0
    while True:
        if content[place : place + 1] == b'"':
            quoted = _QUOTED.match(content, place)
            if quoted is None:
                here = line + content.count(b"\n", start, place)
                raise refusal(file, _r("a quoted text begins here and does not end."), here)
            cells.append(quoted[1].replace(b'""', b'"') + quoted[2])
            place = quoted.end()
        else:
            plain = _PLAIN.match(content, place)
            cells.append(plain[0] if plain else b"")
            place += len(cells[-1])
        size += len(cells[-1])
        # In quotes a line may be more than twice as long as what it says; much more than that is no line.
        if size > MAX_LINE or place - start > 3 * MAX_LINE:
            raise refusal(file, LINE_TOO_LONG, line)
        if content[place : place + 1] != b";":
            return [cell.decode() for cell in cells], place
        place += 1


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
        if len(cells) == 1 and record.heading:
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
