"""CSV with semicolons, commas or tabs, in UTF-8, UTF-16 or the signs of Windows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from buurtbegroting.civic.reasons import _r

from .tables import Row, Table, refusal, table_of

SEPARATORS = ";,\t"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(data: bytes) -> Table:
    """Read a CSV file; raise Invalid for what is none."""
    text = _decoded(data)
    if "\x00" in text:
        raise refusal(_r("We cannot read this as a table. Choose a CSV or XLSX file."))
    try:
        return table_of(_rows(text))
    except csv.Error:
        raise refusal(_r("We cannot read this as a table. Choose a CSV or XLSX file.")) from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        # Every byte means something in the signs of Windows, but for five.
        return data.decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[Row]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    # A line of its own, "sep=;", tells spreadsheets what separates the columns.
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) == len("sep=") + 1:
        separator = told[-1]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    for cells in reader:
        line, before = before + 1, reader.line_num
        if line == 1 and told.startswith("sep="):
            continue
        yield Row(line, cells)
