"""Receipts to take away, and an example of a file that can be brought in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from buurtbegroting.web.i18n import say

from .checking import Fault
from .kinds import ALLOCATION_SLUGS, FIELD_SLUGS, KIND_SLUGS
from .receipts import Receipt

HEAD = (
    "jaar",
    "soort",
    "gebied",
    "code",
    "taakveld",
    "omschrijving",
    "bedrag",
    "per_inwoner",
    "verdeling",
    "deel_van_hele_gemeente",
    "bron",
)
FAULTS_HEAD = ("regel", "kolom", "wat is er mis", "wat kunt u doen")


def example(year: int, code: str) -> Iterator[tuple[object, ...]]:
    """Yield the lines of an example: of one wijk, of the whole municipality, and with a number of the Iv3 list."""
    source = f"Begroting {year}"
    yield year, code, "groen", "Bomen en plantsoenen", "1.250.000,00", "begroot", "direct", source
    yield year, "", "bibliotheek", "De bibliotheek", "980.000", "begroot", "per inwoner", source
    yield year, code, "5.2", "Sporthal", "312.500,50", "begroot", "schatting", source


def rows(made: Receipt) -> Iterator[tuple[object, ...]]:
    """Yield one row per thing on a receipt, and one for what residents chose; amounts have a decimal comma."""
    place, start = made.place, (made.year, KIND_SLUGS[made.kind], made.place.name, made.place.code)
    for line in made.lines:
        for item in line.items:
            yield (
                *start, FIELD_SLUGS[line.field], item.spent.name, _decimal(item.amount),
                _each(item.amount, place.inhabitants), ALLOCATION_SLUGS[item.spent.allocation],
                "ja" if item.is_share else "nee", item.spent.source,
            )  # fmt: skip
    if made.chosen.cents:
        amount, plans = Fraction(made.chosen.cents), ", ".join(number for number, _ in made.chosen.plans)
        each = _each(amount, place.inhabitants)
        yield (*start, "gekozen door bewoners", f"Plannen {plans}", _decimal(amount), each, "direct", "nee", "")


def _each(amount: Fraction, people: int | None) -> str:
    return _decimal(amount / people) if people else ""


def _decimal(cents: Fraction) -> str:
    whole = round(cents)
    return f"{whole // 100},{whole % 100:02d}"


def fault_rows(faults: Iterable[Fault]) -> Iterator[tuple[object, ...]]:
    """Yield one row per thing that is wrong with a file."""
    for each in faults:
        column = each.column if isinstance(each.column, str) else say(each.column)
        yield each.line, column, say(each.what), say(each.remedy)
