"""A file with voters is read line by line, and every fault has its line."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.electorate.checking import check
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation.tables import read_table

HEAD = "kenmerk;naam;straat;huisnummer;postcode;plaats;toevoeging;taal;grote letters;brief;identiteit"
GOOD = "1;J. Jansen;Polderpad;12;1234 ab;Waterveld;A;en;ja;;x1"


def checked(*lines: str, head: str = HEAD) -> list[tuple[int, str]]:
    found = check(read_table("\n".join([head, *lines]).encode()))
    return [(each.line, str(each.reason)) for each in found.faults]


def test_a_line_becomes_a_person() -> None:
    (person,) = check(read_table(f"{HEAD}\n{GOOD}".encode())).people
    assert person.address == ("J. Jansen", "Polderpad 12A", "1234 AB  WATERVELD")
    assert (person.postcode, person.house_number, person.language) == ("1234AB", 12, "en")
    assert (person.is_large_print, person.gets_letter, person.identity) == (True, True, "x1")


def test_columns_may_stand_in_any_order_and_others_are_left_alone() -> None:
    head = "Postcode;plaats;HUISNUMMER;straat;naam;kenmerk;geboren"
    assert checked("1234AB;Waterveld;1;Plein;An;7;1950", head=head) == []


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Invalid, match="postcode"):
        checked("1;An", head="kenmerk;naam;straat;huisnummer;plaats")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GOOD.replace("J. Jansen", ""), "naam is empty"),
        (GOOD.replace(";12;", ";12a;"), "figures only"),
        (GOOD.replace("1234 ab", "0234 ab"), "postcode"),
        (GOOD.replace(";en;", ";fr;"), "nl or en"),
        (GOOD.replace(";ja;", ";groot;"), "ja or nee"),
        (GOOD.replace("J. Jansen", "J" * 121), "longer"),
    ],
)
def test_every_fault_is_told_with_its_line(line: str, words: str) -> None:
    ((number, reason),) = checked(GOOD.replace("1;J", "2;J"), line)
    assert number == 3
    assert words in reason


def test_a_reference_stands_once() -> None:
    assert [line for line, _ in checked(GOOD, GOOD)] == [3]
