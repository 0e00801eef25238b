"""Reading the tables that officials send: CSV in the ways that Dutch spreadsheets write it, and XLSX."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r

from .csv_tables import read_csv
from .tables import MOST_BYTES, MOST_ROWS, Row, Table, refusal
from .workbooks import read_workbook

__all__ = ["MOST_BYTES", "MOST_ROWS", "Row", "Table", "read_table"]

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_table(data: bytes) -> Table:
    """Read a CSV or XLSX file into its first row and the rows below it; raise Invalid with what to do instead."""
    if not data:
        raise refusal(_r("This file is empty. Choose another one."))
    if len(data) > MOST_BYTES:
        raise refusal(_r("This file is larger than 10 MB. Take out what is not needed, or make two files of it."))
    if data.startswith(OLD_WORKBOOK):
        raise refusal(_r("This is a spreadsheet of an old kind. Save it as .xlsx or as .csv."))
    return read_workbook(data) if data.startswith(b"PK") else read_csv(data)
