"""Files that people take away: rows as CSV that opens well in a Dutch spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import flask

# A cell that begins with one of these would be run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> flask.Response:
    """Answer with rows as a CSV file: UTF-8 with a mark, semicolons, texts that cannot run as formulas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return file_response(name, ("\N{BYTE ORDER MARK}" + text.getvalue()).encode(), "text/csv; charset=utf-8")


def file_response(name: str, content: bytes, content_type: str) -> flask.Response:
    """Answer with a file to keep under this name."""
    response = flask.Response(content, content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _harmless(cell: Any) -> Any:
    is_formula = isinstance(cell, str) and cell.startswith(FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell
