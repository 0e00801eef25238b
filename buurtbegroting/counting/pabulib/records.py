"""The lines of a Pabulib file, taken apart at semicolons: with quotes, other line ends, and limits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

MAX_LINE = 1024 * 1024
SECTIONS = ("META", "PROJECTS", "VOTES")
LINE_TOO_LONG = _r("the line is longer than a million signs.")

_QUOTED = re.compile(rb'"([^"]*+(?:""[^"]*+)*+)"([^;\n]*+)')
_PLAIN = re.compile(rb"[^;\n]*+")
_BLANK_LINES = re.compile(rb"(?:;*+\n|[ \t]++\n)++")
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


def refusal(file: str, reason: Reason, line: int | None = None) -> Invalid:
    """Return the refusal of a file, with the line it is about."""
    if line is None:
        return Invalid(_r("%(file)s: %(what)s", file=file, what=reason))
    return Invalid(_r("%(file)s, line %(line)s: %(what)s", file=file, line=line, what=reason))


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
