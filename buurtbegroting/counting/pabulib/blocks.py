"""Blocks of lines: where each field of each line stands, found for all lines at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buurtbegroting.civic.reasons import _r
from buurtbegroting.counting.ballots import Ints

from .records import LINE_TOO_LONG, MAX_LINE, SECTIONS, is_too_long, refusal
from .spellings import PADDING, Spellings
from .tables import Votes, wrong_number_of_fields

# The first block is small: what is spelled in an unexpected way is learned there, at little cost.
_FIRST_BLOCK = 16 * 1024
# Small enough for the arrays about a block to stay in the processor's cache.
_BLOCK = 256 * 1024
_COMMA, _END, _SEMICOLON = b",\n;"
BLANK = -2
# Stand in a field for signs that would end it; only between quotes can a field hold those.
_HIDDEN = str.maketrans({";": "\x1f", "\n": "\x1e"})
_SHOWN = str.maketrans({"\x1f": ";", "\x1e": "\n"})


def shown(spelling: bytes) -> str:
    """Return a spelling as it stood in the file, without spaces around it."""
    return spelling.decode().translate(_SHOWN).strip()


@dataclass(frozen=True)
class Fields:
    """One column of a block: the numbers of its spellings, row after row, and how many each row has."""

    numbers: NDArray[np.int32]
    lengths: Ints
    starts: Ints
    ends: Ints

    def row_of(self, place: int) -> int:
        """Return the row in which a spelling stands."""
        return int(np.searchsorted(np.cumsum(self.lengths), place, side="right"))


class Block:
    """Whole lines of VOTES without quotes; ``lines`` are their numbers in the file."""

    def __init__(self, votes: Votes, text: bytes, lines: range | list[int]) -> None:
        self.text = text + PADDING
        self._votes = votes
        self._lines = lines
        signs = np.frombuffer(text, dtype=np.uint8)
        ends = np.flatnonzero((signs == _COMMA) | (signs == _SEMICOLON) | (signs == _END))
        kinds = signs[ends]
        # Every field stands between two of these; the text begins as if a line had ended before it.
        self._borders = np.concatenate(([-1], ends))
        fields = np.flatnonzero(kinds != _COMMA)
        is_end = kinds.take(fields) == _END
        self._semicolons: Ints = fields[~is_end] + 1
        self._ends: Ints = fields[is_end] + 1
        self._begins: Ints = np.concatenate(([0], self._ends[:-1]))
        semicolons = np.flatnonzero(is_end) - np.arange(len(self._ends))
        self._skipped = np.concatenate(([0], semicolons[:-1]))
        self._counts = semicolons - self._skipped
        self._rows = np.arange(len(self._ends))
        self._leave_out_blank_lines()
        self._refuse_more_fields_than_columns()

    def line(self, row: int) -> int:
        """Return the number in the file of a row."""
        return self._lines[int(self._rows[row])]

    def tokens(self, column: str, spellings: Spellings) -> Fields:
        """Return what stands in a column, taken apart at commas."""
        first, last = self._sides(column)
        lengths = last - first
        lengths[(lengths == 1) & (self._borders[last] - self._borders[first] == 1)] = 0
        skipped = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(first + 1 - skipped, lengths)
        return self._without_spaces(
            self._fields(spellings, lengths, self._borders.take(places - 1), self._borders.take(places))
        )

    def cells(self, column: str, spellings: Spellings) -> Fields:
        """Return what stands in a column, a cell as one."""
        first, last = self._sides(column)
        starts, ends = self._borders[first], self._borders[last]
        # A column that a short line left out begins where it ends, just before the line end.
        return self._fields(spellings, np.ones_like(first), np.minimum(starts, ends - 1), ends)

    def _fields(self, spellings: Spellings, lengths: Ints, before: Ints, ends: Ints) -> Fields:
        starts = before + 1
        return Fields(spellings.numbers(self.text, starts, ends), lengths, starts, ends)

    def _without_spaces(self, fields: Fields) -> Fields:
        """Take out what is blank when it is all that stands in its cell."""
        if not len(fields.numbers) or int(fields.numbers.min()) >= 0:
            return fields
        is_alone = np.repeat(fields.lengths, fields.lengths) == 1
        is_kept = (fields.numbers != BLANK) | ~is_alone
        rows = np.repeat(np.arange(len(fields.lengths)), fields.lengths)[is_kept]
        lengths = np.bincount(rows, minlength=len(fields.lengths))
        return Fields(fields.numbers[is_kept], lengths, fields.starts[is_kept], fields.ends[is_kept])

    def _sides(self, column: str) -> tuple[Ints, Ints]:
        place = self._votes.columns.index(column)
        return self._border(place), self._border(place + 1)

    def _border(self, place: int) -> Ints:
        """Return for each row which border stands before the column at ``place``; the last one if it is left out."""
        if place == 0:
            return self._begins
        if not len(self._semicolons):
            return self._ends
        semicolon = self._semicolons[np.minimum(self._skipped + place - 1, len(self._semicolons) - 1)]
        return np.where(self._counts >= place, semicolon, self._ends)

    def _leave_out_blank_lines(self) -> None:
        sizes = self._borders[self._ends] - self._borders[self._begins] - 1
        is_blank = sizes == self._counts
        for row in np.flatnonzero((self._counts == 0) & ~is_blank).tolist():
            alone = self._content(row).strip()
            is_blank[row] = not alone
            if alone.upper() in SECTIONS:
                reason = _r("the section %(section)s stands there twice.", section=alone.upper())
                raise refusal(self._votes.file, reason, self.line(row))
        if is_blank.any():
            self._ends, self._begins = self._ends[~is_blank], self._begins[~is_blank]
            self._skipped, self._counts = self._skipped[~is_blank], self._counts[~is_blank]
            self._rows = self._rows[~is_blank]

    def _refuse_more_fields_than_columns(self) -> None:
        columns = self._votes.columns
        if not len(self._counts) or int(self._counts.max()) < len(columns):
            return
        # Where nothing but semicolons follows, as spreadsheets write it, there is nothing to say.
        rest = self._borders[self._ends] - self._borders[self._border(len(columns))] - 1
        for row in np.flatnonzero((self._counts >= len(columns)) & (rest != self._counts - len(columns))).tolist():
            cells = self._content(row).split(";")
            if any(cell.strip() for cell in cells[len(columns) :]):
                raise refusal(self._votes.file, wrong_number_of_fields(cells, columns), self.line(row))

    def _content(self, row: int) -> str:
        return self.text[self._borders[self._begins[row]] + 1 : self._borders[self._ends[row]]].decode()


def blocks(votes: Votes, needed: tuple[str, ...]) -> Iterator[Block]:
    """Yield the lines of VOTES in blocks; of lines with quotes only the ``needed`` columns."""
    if b'"' in votes.body:
        yield from _blocks_with_quotes(votes, needed)
        return
    start, line, size = 0, votes.first_line, _FIRST_BLOCK
    while start < len(votes.body):
        end = votes.body.find(b"\n", min(start + size, len(votes.body) - 1)) + 1 or len(votes.body)
        text = votes.body[start:end]
        if end - start > MAX_LINE:
            _refuse_long_lines(votes, text, line)
        text = text if text.endswith(b"\n") else text + b"\n"
        after = line + text.count(b"\n")
        yield Block(votes, text, range(line, after))
        start, line, size = end, after, _BLOCK


def _refuse_long_lines(votes: Votes, text: bytes, first_line: int) -> None:
    for line, each in enumerate(text.split(b"\n"), first_line):
        if is_too_long(each, 0, len(each)):
            raise refusal(votes.file, LINE_TOO_LONG, line)


def _blocks_with_quotes(votes: Votes, needed: tuple[str, ...]) -> Iterator[Block]:
    columns = [column for column in needed if column in votes.columns]
    # Every line holds something in its first field, so that a ballot without a choice is no blank line.
    plain = Votes(("voter_id", *columns), b"", 0, votes.file)
    for first in range(0, len(votes.rows), 2000):
        rows = votes.rows[first : first + 2000]
        places = [votes.columns.index(column) for column in columns]
        cells = [";".join(["-", *(row[place].translate(_HIDDEN) for place in places)]) + "\n" for row in rows]
        yield Block(plain, "".join(cells).encode(), votes.lines[first : first + 2000])
