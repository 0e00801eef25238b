"""XLSX: looked at from outside before anything of it is unpacked, and then only its values are read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

from .tables import MOST_COLUMNS, MOST_ROWS, NoTable, Row, Table, refusal, table_of

MOST_PARTS = 200
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
# Small parts may pack very well without being a trap.
SMALL_PART = 1024 * 1024
# A sheet may be made up far below its last line.
MOST_SHEET_ROWS = 3 * MOST_ROWS

NOT_READABLE = _r("We cannot read this file. Open it in your spreadsheet program and save it again as .xlsx or .csv.")


def read_workbook(data: bytes) -> Table:
    """Read the first sheet with something on it; raise Invalid for what is no XLSX, or is more than a table."""
    if reason := _danger(data):
        raise refusal(reason)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return _first_table(book)
    except Invalid:
        raise
    except Exception:  # a damaged file makes the library fail in any way it likes
        raise refusal(NOT_READABLE) from None


def _danger(data: bytes) -> Reason | None:
    """Return why a file is not opened at all. What the head of a part says of its size also ends its unpacking."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return NOT_READABLE
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        return _r("This is not an XLSX file. Save it as .xlsx or as .csv.")
    if any(name.startswith("xl/externallinks/") for name in names):
        return _r("This file fetches figures from other files. Paste them as values, and save it again.")
    if any(name.endswith("vbaproject.bin") for name in names):
        return _r("There is a program (macro) in this file. Save it as .xlsx, without macros.")
    unpacked, large = sum(part.file_size for part in parts), [part for part in parts if part.file_size > SMALL_PART]
    is_bomb = any(part.file_size > MOST_RATIO * max(1, part.compress_size) for part in large)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or is_bomb:
        return _r("This file unpacks to far more than a table. Keep only the sheet with the lines, or save it as .csv.")
    return None


def _first_table(book: Any) -> Table:
    empty: NoTable | None = None
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        try:
            return table_of(_rows(sheet))
        except NoTable as found:
            empty = found
    raise empty or refusal(NOT_READABLE)


def _rows(sheet: Any) -> Iterator[Row]:
    # What a sheet says of its own size is often wrong.
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
        if line > MOST_SHEET_ROWS:
            raise refusal(_r("There are more than 20,000 lines in this file. Make two files of it."))
        yield Row(line, [_written(cell) for cell in cells])


def _written(value: object) -> str:
    """Write a value as somebody in the Netherlands types it."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.2f}".replace(".", ",")
        case datetime() | date():
            return f"{value:%d-%m-%Y}"
    return str(value)
