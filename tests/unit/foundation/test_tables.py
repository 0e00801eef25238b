"""Files of officials: every way in which spreadsheets write a table is read, and what is no table does no harm."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation.tables import MOST_BYTES, MOST_ROWS, read_table
from tests.factories.spending import packed, xlsx_file

HEAD = "jaar;omschrijving;bedrag"


def cells(data: bytes) -> list[list[str]]:
    table = read_table(data)
    return [list(table.head), *(list(row.cells) for row in table.rows)]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_whatever_separates_it_and_in_whichever_signs(separator: str, code: str) -> None:
    rows = [
        ["jaar", "omschrijving", "bedrag"],
        ["2026", "Cliënten, € en meer" if separator != "," else "Cliënten €", "1250"],
    ]
    text = "\r\n".join(separator.join(row) for row in rows)
    assert cells(text.encode(code)) == rows


def test_a_line_says_itself_what_separates() -> None:
    assert cells(b"sep=;\r\na,b;c\r\n1,2;3\r\n") == [["a,b", "c"], ["1,2", "3"]]


def test_every_row_knows_the_line_on_which_it_begins() -> None:
    table = read_table(b'\r\na;b\r\n1;"two\r\nlines"\r\n\r\n3;4\r\n')
    assert [(row.line, list(row.cells)) for row in table.rows] == [(3, ["1", "two  lines"]), (6, ["3", "4"])]


def test_a_workbook_is_read_as_people_type_it() -> None:
    data = xlsx_file((2026, "Bomen", 1250.5), (2026.0, None, 980000), head=("jaar", "omschrijving", "bedrag"))
    assert cells(data)[1:] == [["2026", "Bomen", "1250,50"], ["2026", "", "980000"]]


def test_the_first_sheet_with_a_table_counts() -> None:
    assert cells(xlsx_file((1, 2), head=("a", "b"), before=[("Toelichting",)])) == [["a", "b"], ["1", "2"]]


def test_a_table_is_kept_and_found_again() -> None:
    table = read_table(b"a;b\n1;2\n")
    assert type(table).from_json(table.to_json()) == type(table)(["a", "b"], table.rows)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
        (b"\xd0\xcf\x11\xe0 old", "old kind"),
        (b"PK\x03\x04 nothing", "cannot read this file"),
        (b"a;b\n\x00;1\n" + b"\x00" * 9, "read this as a table"),
        (b"a;b\n1;" + b"2" * 200_000, "read this as a table"),
        (b"only a head\n", "no table"),
        (b"\n".join([b"a;b", *([b"1;2"] * (MOST_ROWS + 1))]), "more than 20,000 lines"),
        (b";".join([b"a"] * 61) + b"\n1\n", "more than 60 columns"),
        (packed(), "cannot read this file"),
        (packed(xl__externalLinks__externalLink1_xml=b"<x/>"), "fetches figures from other files"),
        (packed(xl__vbaProject_bin=b"x"), "macro"),
        (packed(xl__worksheets__sheet1_xml=b"0" * 3_000_000), "far more than a table"),
        (packed(**{f"xl__part{place}_xml": b"x" for place in range(201)}), "far more than a table"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        read_table(data)
    assert "file" in refused.value.fields


@pytest.mark.parametrize("kind", [b"", b'<!DOCTYPE workbook [<!ENTITY a "aaaa">]>'])
def test_a_workbook_with_a_document_type_of_its_own_is_not_opened(kind: bytes) -> None:
    good, out = xlsx_file((1, 2), head=("a", "b")), BytesIO()
    with zipfile.ZipFile(BytesIO(good)) as source, zipfile.ZipFile(out, "w") as made:
        for part in source.infolist():
            content = source.read(part)
            made.writestr(part, kind + content if part.filename == "xl/workbook.xml" else content)
    if kind:
        with pytest.raises(Invalid, match="cannot read this file"):
            read_table(out.getvalue())
    else:
        assert cells(out.getvalue()) == [["a", "b"], ["1", "2"]]
