"""Which buurt an address lies in, out of the yearly CBS file of all Dutch postcodes and house numbers."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

MIN_ROWS = 100  # the smallest municipality has several hundred addresses
MAX_ROWS = 2_000_000
MAX_LINE = 4_000
MAX_LINES = 50_000_000
PROGRESS_EVERY = 100_000

_HEADINGS = {
    "postcode": re.compile(r"(?:pc6|postcode)"),
    "number": re.compile(r"(?:huisnummer|huisnr|hnr)"),
    "buurt": re.compile(r"(?:buurt|buurtcode)((?:19|20)\d\d)?"),
    "municipality": re.compile(r"(?:gemeente|gem|gemeentecode)((?:19|20)\d\d)?"),
}
_POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}")
_BUURT = re.compile(r"\d{4}[0-9A-Z]{4}")


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """The buurt of a whole postcode (``number`` is None), or of one house number in it."""

    postcode: str
    number: int | None
    buurt_code: str


@dataclass(frozen=True)
class Postcodes:
    """The addresses of one municipality; ``lines`` is how many lines the file held, its heading included."""

    municipality_code: str
    year: int | None
    rows: tuple[PostcodeRow, ...]
    lines: int


@dataclass(frozen=True)
class _Heading:
    delimiter: str
    columns: dict[str, int]
    width: int
    year: int | None


def read_postcodes(path: Path, municipality_code: str, progress: Callable[[int], None]) -> Postcodes:
    """Read the addresses of one municipality from the CBS file (.csv, or the .zip it comes in).

    Lines are read one at a time and only those of the municipality are kept; ``progress`` hears the number of lines
    now and then. Refuses (``Invalid``) with the line, the field and what to do.
    """
    try:
        with _opened(path) as stream:
            return _read(path.name, _lines(path.name, stream), municipality_code, progress)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise Invalid(
            _r("%(file)s cannot be read (%(error)s); download it again.", file=path.name, error=str(error)[:120])
        ) from None
    except UnicodeDecodeError:
        raise Invalid(_r("%(file)s is not text in UTF-8; take the file as CBS publishes it.", file=path.name)) from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    if not path.is_file():
        raise Invalid(_r("%(file)s is not a file that can be read; check its name.", file=path.name))
    if not zipfile.is_zipfile(path):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive, archive.open(_member(path.name, archive)) as raw:
        yield io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def _member(file: str, archive: zipfile.ZipFile) -> str:
    # Beside the addresses the zip holds small tables with the names of buurten, wijken and municipalities.
    found = [info for info in archive.infolist() if re.search(r"pc6.*\.csv$", info.filename, re.IGNORECASE)]
    if len(found) != 1:
        raise Invalid(
            _r(
                "%(file)s must hold one table of addresses (pc6….csv) and holds %(count)s; download it again.",
                file=file,
                count=len(found),
            )
        )
    return found[0].filename


def _lines(file: str, stream: IO[str]) -> Iterator[str]:
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE or number > MAX_LINES:
            raise Invalid(
                _r(
                    "%(file)s, line %(line)s: too long for a table of addresses; download it again.",
                    file=file,
                    line=number,
                )
            )
        yield line


def _read(file: str, lines: Iterator[str], municipality_code: str, progress: Callable[[int], None]) -> Postcodes:
    heading = _heading(file, next(lines, ""))
    ours = _Addresses(file, municipality_code, heading)
    number = 1
    # A line without these digits cannot be ours; skipping it unparsed makes eight million lines a matter of seconds.
    digits = municipality_code[2:].lstrip("0")
    for number, line in enumerate(lines, start=2):
        if digits in line:
            ours.add(number, line)
        if number % PROGRESS_EVERY == 0:
            progress(number)
    progress(number)
    if ours.count < MIN_ROWS:
        raise Invalid(
            _r(
                "%(file)s has %(count)s addresses of %(code)s and at least %(least)s are expected; "
                "check the municipality and the file.",
                file=file,
                count=ours.count,
                code=municipality_code,
                least=MIN_ROWS,
            )
        )
    return Postcodes(municipality_code, heading.year, tuple(ours.rows()), number)


def _heading(file: str, line: str) -> _Heading:
    delimiter = ";" if line.count(";") >= line.count(",") else ","
    names = [name.strip().strip('"').lower() for name in line.strip().split(delimiter)]
    columns: dict[str, int] = {}
    year: int | None = None
    for field, pattern in _HEADINGS.items():
        found = [(index, match) for index, name in enumerate(names) if (match := pattern.fullmatch(name))]
        if len(found) != 1:
            raise Invalid(
                _r(
                    "%(file)s, line 1: the heading must be like PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025 "
                    "and has %(count)s columns for “%(field)s”; take the file as CBS publishes it.",
                    file=file,
                    count=len(found),
                    field=field,
                )
            )
        index, match = found[0]
        columns[field] = index
        year = int(match.group(1)) if match.lastindex else year
    return _Heading(delimiter, columns, len(names), year)


class _Addresses:
    """The addresses of one municipality, by postcode and number."""

    def __init__(self, file: str, municipality_code: str, heading: _Heading) -> None:
        self.file = file
        self.gemeente = municipality_code[2:]
        self.heading = heading
        self.count = 0
        self.buurten: dict[str, dict[int, str]] = {}

    def add(self, line_number: int, line: str) -> None:
        """Keep the address on a line if it is ours; refuse a broken one."""
        cells = self._cells(line_number, line)
        if cells[self.heading.columns["municipality"]].upper().removeprefix("GM").zfill(4) != self.gemeente:
            return
        postcode = cells[self.heading.columns["postcode"]].replace(" ", "").upper()
        number = cells[self.heading.columns["number"]]
        buurt = cells[self.heading.columns["buurt"]].upper().removeprefix("BU").zfill(8)
        if not _POSTCODE.fullmatch(postcode):
            raise self._wrong(line_number, "PC6", postcode, "1234AB")
        if not (number.isascii() and number.isdecimal() and 0 < int(number) < 100_000):
            raise self._wrong(line_number, "Huisnummer", number, "12")
        if not _BUURT.fullmatch(buurt) or not buurt.startswith(self.gemeente):
            raise self._wrong(line_number, "Buurt", buurt, f"{self.gemeente}0101")
        self._keep(line_number, postcode, int(number), f"BU{buurt}")

    def rows(self) -> Iterator[PostcodeRow]:
        """Return one row for a postcode that lies in one buurt, otherwise one for each house number."""
        for postcode in sorted(self.buurten):
            numbers = self.buurten[postcode]
            codes = set(numbers.values())
            if len(codes) == 1:
                yield PostcodeRow(postcode, None, codes.pop())
            else:
                yield from (PostcodeRow(postcode, number, numbers[number]) for number in sorted(numbers))

    def _keep(self, line_number: int, postcode: str, number: int, buurt_code: str) -> None:
        numbers = self.buurten.setdefault(postcode, {})
        if numbers.setdefault(number, buurt_code) != buurt_code:
            raise Invalid(
                _r(
                    "%(file)s, line %(line)s: %(postcode)s %(number)s already lies in %(buurt)s; keep one of the two.",
                    file=self.file,
                    line=line_number,
                    postcode=postcode,
                    number=number,
                    buurt=numbers[number],
                )
            )
        self.count += 1
        if self.count > MAX_ROWS:
            raise Invalid(
                _r("%(file)s, line %(line)s: too many addresses; check the file.", file=self.file, line=line_number)
            )

    def _cells(self, line_number: int, line: str) -> list[str]:
        if '"' in line:
            try:
                cells = next(csv.reader([line], delimiter=self.heading.delimiter, strict=True), [])
            except csv.Error:
                cells = []
        else:
            cells = line.split(self.heading.delimiter)
        if len(cells) != self.heading.width:
            raise Invalid(
                _r(
                    "%(file)s, line %(line)s: has %(count)s fields and the heading has %(width)s; mend the line.",
                    file=self.file,
                    line=line_number,
                    count=len(cells),
                    width=self.heading.width,
                )
            )
        return [cell.strip() for cell in cells]

    def _wrong(self, line_number: int, field: str, value: str, example: str) -> Invalid:
        return Invalid(
            _r(
                "%(file)s, line %(line)s: the field %(field)s is “%(value)s”; it must look like %(example)s.",
                file=self.file,
                line=line_number,
                field=field,
                value=value[:40],
                example=example,
            )
        )
