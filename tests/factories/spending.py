"""Files with spending, and figures that are on the pages already."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl

from buurtbegroting.blueprints.insight.actions import Sent, choose_columns, publish_import, upload_spending
from buurtbegroting.blueprints.insight.columns import EXAMPLE_HEAD, guess
from buurtbegroting.blueprints.insight.models import SpendingImport
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.foundation.tables import read_table
from tests.factories.people import actor_of, make_person

HEAD = EXAMPLE_HEAD
NOORD, MIDDEN = "WK999801", "WK999802"
Cells = Sequence[object]


def line(
    year: int = 2026,
    area: str = NOORD,
    field: str = "groen",
    name: str = "Bomen",
    amount: str = "1.000,00",
    kind: str = "begroot",
    how: str = "direct",
) -> Cells:
    """One line of a file that is right, with what is different."""
    return (year, area, field, name, amount, kind, how, "")


def csv_file(*lines: Cells, head: Cells = HEAD) -> bytes:
    """A CSV file as a Dutch spreadsheet writes it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head, *lines])
    return text.getvalue().encode("cp1252")


def xlsx_file(*lines: Cells, head: Cells = HEAD, before: Sequence[Cells] = ()) -> bytes:
    """An XLSX file; ``before`` stands on a sheet of its own, before the table."""
    book = openpyxl.Workbook()
    if before:
        for row in before:
            book.active.append(list(row))
        book.create_sheet("Regels")
    sheet: Any = book.worksheets[-1]
    for row in (head, *lines):
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    """A ZIP that says it is a workbook, with more parts; in a name "__" stands for "/" and "_" for a point."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"<workbook/>")
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def official(name: str = "Griet") -> Actor:
    """An official of the whole municipality."""
    return actor_of(make_person(name, RoleName.OFFICIAL))


def draft(actor: Actor, *lines: Cells, source: str = "Begroting", head: Cells = HEAD) -> SpendingImport:
    """Bring in a file, with its columns chosen."""
    table = read_table(csv_file(*lines, head=head))
    made = upload_spending(actor, Sent("begroting.csv", source, table), guess(table.head))
    return choose_columns(actor, made, {**guess(table.head), "unit": "1"})


def publish(*lines: Cells, actor: Actor | None = None, takes_place: bool = False) -> SpendingImport:
    """Put lines on the pages of residents."""
    who = actor or official("Hans")
    return publish_import(who, draft(who, *lines), takes_place=takes_place)
