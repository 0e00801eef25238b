import zipfile
from pathlib import Path

import pytest

from buurtbegroting.blueprints.municipalities import postcodes
from buurtbegroting.blueprints.municipalities.postcodes import PostcodeRow, Postcodes, read_postcodes
from buurtbegroting.civic.refusals import Invalid

HEADING = "PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025"
LINES = [
    "1011AB;99;0363AF01;0363AF;0363",
    "3441AA;1;06320101;063201;0632",
    "3441AA;3;06320101;063201;0632",
    "3441AB;2;06320101;063201;0632",
    "3441AB;4;06320102;063201;0632",
]


@pytest.fixture(autouse=True)
def _few_rows_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "MIN_ROWS", 1)


def written(tmp_path: Path, *lines: str, heading: str = HEADING, start: str = "") -> Path:
    path = tmp_path / "pc6hnr20250801_gwb.csv"
    path.write_text(start + "\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return path


def read(path: Path, code: str = "GM0632") -> Postcodes:
    return read_postcodes(path, code, lambda _: None)


def refusal(path: Path, code: str = "GM0632") -> str:
    with pytest.raises(Invalid) as refused:
        read(path, code)
    assert path.name in str(refused.value)
    return str(refused.value)


EXPECTED = (
    PostcodeRow("3441AA", None, "BU06320101"),
    PostcodeRow("3441AB", 2, "BU06320101"),
    PostcodeRow("3441AB", 4, "BU06320102"),
)


def test_a_postcode_in_one_buurt_is_one_row_and_a_split_one_has_its_numbers(tmp_path: Path) -> None:
    found = read(written(tmp_path, *LINES))
    assert found.rows == EXPECTED
    assert (found.year, found.lines, found.municipality_code) == (2025, 6, "GM0632")


def test_codes_with_letters_are_read(tmp_path: Path) -> None:
    assert read(written(tmp_path, *LINES), "GM0363").rows == (PostcodeRow("1011AB", None, "BU0363AF01"),)


def test_commas_quotes_a_bom_and_missing_zeros_are_read(tmp_path: Path) -> None:
    heading = '"PC6","Huisnummer","Buurt2019","Wijk2019","Gemeente2019"'
    lines = [
        '"3441 aa","1","6320101","63201","632"',
        '"3441AB",2,6320101,63201,632',
        '"3441AB","4","6320102","63201","632"',
    ]
    found = read(written(tmp_path, *lines, heading=heading, start="\ufeff"))
    assert (found.rows, found.year) == (EXPECTED, 2019)


def test_the_zip_is_read_without_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "2025-cbs-pc6huisnr20250801_buurt.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("buurt2025.csv", "code;naam\n")
        archive.write(written(tmp_path, *LINES), "pc6hnr20250801_gwb.csv")
    assert read(path).rows == EXPECTED


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "PROGRESS_EVERY", 2)
    heard: list[int] = []
    read_postcodes(written(tmp_path, *LINES), "GM0632", heard.append)
    assert heard == [2, 4, 6, 6]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("3441A;1;06320101;063201;0632", "line 7: the field PC6 is “3441A”"),
        ("3441AA;nul;06320101;063201;0632", "line 7: the field Huisnummer is “nul”"),
        ("3441AA;0;06320101;063201;0632", "line 7: the field Huisnummer is “0”"),
        ("3441AA;5;063201;063201;0632", "line 7: the field Buurt is “00063201”"),
        ("3441AA;5;03630101;063201;0632", "line 7: the field Buurt is “03630101”"),
        ("3441AA;5;06320101;0632", "line 7: has 4 fields and the heading has 5"),
        ('"3441AA;5;06320101;063201;0632', "line 7: has"),
        ("3441AA;1;06320102;063201;0632", "line 7: 3441AA 1 already lies in BU06320101"),
    ],
)
def test_a_broken_line_is_refused_by_number_and_field(tmp_path: Path, line: str, says: str) -> None:
    assert says in refusal(written(tmp_path, *LINES, line))


@pytest.mark.parametrize("heading", ["postcode;nummer", "PC6;Huisnummer;Wijk2025;Gemeente2025", ""])
def test_another_heading_is_refused(tmp_path: Path, heading: str) -> None:
    assert "line 1: the heading must be like PC6;Huisnummer;Buurt2025" in refusal(written(tmp_path, heading=heading))


def test_too_few_addresses_of_ours_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "MIN_ROWS", 5)
    assert "has 4 addresses of GM0632 and at least 5 are expected" in refusal(written(tmp_path, *LINES))


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    assert "line 2: too long" in refusal(written(tmp_path, "0632" * 2_000))


def test_too_many_addresses_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "MAX_ROWS", 3)
    assert "line 6: too many addresses" in refusal(written(tmp_path, *LINES))


def test_what_is_not_text_or_not_a_file_is_refused(tmp_path: Path) -> None:
    assert "is not a file" in refusal(tmp_path)
    path = tmp_path / "latin.csv"
    path.write_bytes(HEADING.encode() + b"\n3441AA;1;\xff0632\n")
    assert "is not text in UTF-8" in refusal(path)


def test_a_zip_without_addresses_or_a_broken_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cbs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("buurt2025.csv", "code;naam\n")
    assert "holds 0" in refusal(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pc6hnr.csv", "\n".join([HEADING, *LINES * 50]))
    content = bytearray(path.read_bytes())
    content[60:90] = b"\x00" * 30
    path.write_bytes(content)
    with pytest.raises(Invalid):
        read(path)
