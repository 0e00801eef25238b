"""From a table to lines: what officials write is understood, and everything that is wrong is named at once."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.insight.checking import Checked, cents, checked
from buurtbegroting.blueprints.insight.columns import guess
from buurtbegroting.blueprints.insight.kinds import (
    Allocation,
    SpendingKind,
    TaskField,
    allocation_called,
    field_called,
    kind_called,
)
from buurtbegroting.foundation.tables import Row, Table
from tests.factories.spending import HEAD, Cells, line

AREAS = {"wk999801": "WK999801", "noord": "WK999801"}


def check(*lines: Cells, **chosen: str) -> Checked:
    rows = [Row(place, [str(cell) for cell in cells]) for place, cells in enumerate(lines, 2)]
    return checked(Table(HEAD, rows), guess(HEAD) | chosen, AREAS, "Begroting")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1250", 125000), ("1.250", 125000), ("1.250,50", 125050), ("1250,5", 125050), ("€ 1.250,-", 125000),
        ("1,250.50", 125050), ("12.50", 1250), ("1.250.000", 125000000), ("0", 0), ("EUR 12", 1200),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_in_the_netherlands_write_it(typed: str, expected: int) -> None:
    assert cents(typed) == expected


def test_amounts_can_be_in_thousands() -> None:
    (read,) = check(line(amount="1.250,5"), unit="1000").lines
    assert read.amount_cents == 125_050_000


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Groen", TaskField.GREEN), ("5.7 Openbaar groen", TaskField.GREEN), ("5,7", TaskField.GREEN),
        ("Wmo", TaskField.CARE), ("6.71a Maatwerk 18+", TaskField.CARE), ("6.72", TaskField.YOUTH),
        ("6.821 Jeugdbescherming", TaskField.YOUTH), ("0.4 Overhead", TaskField.OTHER), ("5.6", TaskField.LIBRARY),
        ("Ruimtevaart", None), ("9.9", None), ("2026", None),
    ],
)  # fmt: skip
def test_a_task_field_is_known_by_its_word_or_its_number_in_the_list_of_the_state(
    words: str, field: TaskField | None
) -> None:
    assert field_called(words) is field


def test_other_words_for_the_same_are_understood() -> None:
    assert kind_called("Jaarrekening") is SpendingKind.ACTUAL
    assert kind_called("begroting") is SpendingKind.BUDGET
    assert allocation_called("per m²") is Allocation.PER_M2
    assert allocation_called("Naar inwoners") is Allocation.PER_INHABITANT


def test_the_columns_are_guessed_by_their_names() -> None:
    found = guess(["Boekjaar", "Wijkcode", "Taakveld", "Omschrijving lang", "Lasten", "Iets"])
    assert found == {
        "year": "column:0", "area": "column:1", "field": "column:2", "name": "column:3", "amount": "column:4",
    }  # fmt: skip


def test_a_line_that_is_right_becomes_spending() -> None:
    (read,) = check(line()).lines
    assert (read.number, read.year, read.area_code, read.field) == (2, 2026, "WK999801", TaskField.GREEN)
    assert (read.amount_cents, read.kind, read.allocation) == (100000, SpendingKind.BUDGET, Allocation.DIRECT)
    assert read.source == "Begroting"


@pytest.mark.parametrize("words", ["", "hele gemeente", "Gemeente"])
def test_without_a_wijk_a_line_is_for_the_whole_municipality(words: str) -> None:
    assert check(line(area=words)).lines[0].area_code is None


def test_a_wijk_is_known_by_its_name_too() -> None:
    assert check(line(area="Noord")).lines[0].area_code == "WK999801"


def test_what_holds_for_all_lines_need_not_stand_in_the_file() -> None:
    (read,) = check(
        line(year=0, kind="?", how="?"), year="fixed:2025", kind="fixed:werkelijk", allocation="fixed:direct"
    ).lines
    assert (read.year, read.kind) == (2025, SpendingKind.ACTUAL)


def test_everything_that_is_wrong_is_named_at_once_with_line_and_column() -> None:
    found = check(
        line(),
        line(year=26, area="WK999909", field="x", name="", amount="p.m.", kind="misschien", how="gevoel"),
        line(area="BU99980101", amount="-5", name="n" * 201),
    )
    assert [read.number for read in found.lines] == [2]
    assert [(fault.line, str(fault.column)) for fault in found.faults] == [
        *((3, column) for column in ("jaar", "wijk", "taakveld", "omschrijving", "bedrag", "soort", "verdeling")),
        *((4, column) for column in ("wijk", "omschrijving", "bedrag")),
    ]
    assert all(fault.remedy.msgid for fault in found.faults)
    assert "WK999801" in str(found.faults[7].remedy)


def test_a_line_with_more_cells_than_columns_is_not_right() -> None:
    (fault,) = check((*line(), "te veel")).faults
    assert "more cells" in str(fault.what)


def test_an_amount_can_be_too_much_to_be_true() -> None:
    assert "too much" in str(check(line(amount="1" + "0" * 13)).faults[0].what)
