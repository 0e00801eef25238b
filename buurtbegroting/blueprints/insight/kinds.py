"""The fixed lists of this practice: what money is spent on, budgeted or really spent, and how it was divided."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Mapping

from buurtbegroting.civic.reasons import Reason, _r


class TaskField(enum.StrEnum):
    """What a municipality spends money on, in plain fields."""

    GREEN = "green"
    STREETS = "streets"
    YOUTH = "youth"
    CARE = "care"
    SAFETY = "safety"
    WASTE = "waste"
    SPORT = "sport"
    CULTURE = "culture"
    LIBRARY = "library"
    SCHOOLS = "schools"
    OTHER = "other"


class SpendingKind(enum.StrEnum):
    """What was planned before the year, or what was spent in it."""

    BUDGET = "budget"
    ACTUAL = "actual"


class Allocation(enum.StrEnum):
    """How it is known that an amount belongs to a wijk."""

    DIRECT = "direct"
    PER_INHABITANT = "per-inhabitant"
    PER_M2 = "per-m2"
    ESTIMATE = "estimate"


FIELD_WORDS: Mapping[TaskField, Reason] = {
    TaskField.GREEN: _r("Green and playing"),
    TaskField.STREETS: _r("Streets and traffic"),
    TaskField.YOUTH: _r("Youth"),
    TaskField.CARE: _r("Care and support (Wmo)"),
    TaskField.SAFETY: _r("Safety"),
    TaskField.WASTE: _r("Waste"),
    TaskField.SPORT: _r("Sport"),
    TaskField.CULTURE: _r("Culture"),
    TaskField.LIBRARY: _r("Library"),
    TaskField.SCHOOLS: _r("Schools"),
    TaskField.OTHER: _r("Other things"),
}
# How a field is called in addresses, and in the files of officials.
FIELD_SLUGS: Mapping[TaskField, str] = {
    TaskField.GREEN: "groen",
    TaskField.STREETS: "straten",
    TaskField.YOUTH: "jeugd",
    TaskField.CARE: "zorg",
    TaskField.SAFETY: "veiligheid",
    TaskField.WASTE: "afval",
    TaskField.SPORT: "sport",
    TaskField.CULTURE: "cultuur",
    TaskField.LIBRARY: "bibliotheek",
    TaskField.SCHOOLS: "scholen",
    TaskField.OTHER: "overig",
}
FIELD_BY_SLUG: Mapping[str, TaskField] = {slug: field for field, slug in FIELD_SLUGS.items()}
KIND_WORDS: Mapping[SpendingKind, Reason] = {
    SpendingKind.BUDGET: _r("Planned"),
    SpendingKind.ACTUAL: _r("Really spent"),
}
KIND_SLUGS: Mapping[SpendingKind, str] = {SpendingKind.BUDGET: "begroot", SpendingKind.ACTUAL: "werkelijk"}
KIND_BY_SLUG: Mapping[str, SpendingKind] = {slug: kind for kind, slug in KIND_SLUGS.items()}
ALLOCATION_WORDS: Mapping[Allocation, Reason] = {
    Allocation.DIRECT: _r("Exactly known"),
    Allocation.PER_INHABITANT: _r("Divided by inhabitants"),
    Allocation.PER_M2: _r("Divided by surface"),
    Allocation.ESTIMATE: _r("Estimated"),
}
ALLOCATION_SLUGS: Mapping[Allocation, str] = {
    Allocation.DIRECT: "direct",
    Allocation.PER_INHABITANT: "per inwoner",
    Allocation.PER_M2: "per m2",
    Allocation.ESTIMATE: "schatting",
}

# Other words that officials write for the same, as `plain` leaves them.
_FIELDS: Mapping[TaskField, tuple[str, ...]] = {
    TaskField.GREEN: ("openbaar groen", "groen en spelen", "groenonderhoud", "spelen", "natuur", "parken"),
    TaskField.STREETS: (
        "straten en verkeer",
        "wegen",
        "verkeer",
        "verkeer en vervoer",
        "straatverlichting",
        "parkeren",
    ),
    TaskField.YOUTH: ("jeugdzorg", "jeugdhulp", "jongeren", "jongerenwerk"),
    TaskField.CARE: (
        "zorg en hulp wmo",
        "zorg en hulp",
        "wmo",
        "zorg en ondersteuning",
        "maatschappelijke ondersteuning",
    ),
    TaskField.SAFETY: ("openbare orde", "openbare orde en veiligheid", "brandweer", "handhaving"),
    TaskField.WASTE: ("afvalinzameling", "afval en schoonmaken", "reiniging"),
    TaskField.SPORT: ("sportbeleid", "sportaccommodaties", "sport en bewegen"),
    TaskField.CULTURE: ("kunst en cultuur", "musea", "erfgoed", "cultureel erfgoed"),
    TaskField.LIBRARY: ("bibliotheken", "bieb", "media"),
    TaskField.SCHOOLS: ("onderwijs", "school", "onderwijshuisvesting"),
    TaskField.OTHER: ("overige", "anders", "overig", "overhead", "bestuur"),
}
_KINDS: Mapping[SpendingKind, tuple[str, ...]] = {
    SpendingKind.BUDGET: ("begroting", "gepland", "raming", "primitief"),
    SpendingKind.ACTUAL: ("realisatie", "rekening", "jaarrekening", "echt uitgegeven", "uitgegeven", "besteed"),
}
_ALLOCATIONS: Mapping[Allocation, tuple[str, ...]] = {
    Allocation.DIRECT: ("rechtstreeks", "directe kosten"),
    Allocation.PER_INHABITANT: ("inwoners", "naar inwoners", "inwoner", "per bewoner", "verdeeld naar inwoners"),
    Allocation.PER_M2: ("m2", "oppervlakte", "naar oppervlakte", "verdeeld naar oppervlakte"),
    Allocation.ESTIMATE: ("geschat", "schatting", "aanname"),
}

# The task fields of the state's own list for municipal accounts (Iv3), by the beginning of their number; the longest
# beginning counts, and every other number of that list is "other".
_IV3: Mapping[str, TaskField] = {
    "1": TaskField.SAFETY,
    "2.1": TaskField.STREETS,
    "2.2": TaskField.STREETS,
    "2.5": TaskField.STREETS,
    "4": TaskField.SCHOOLS,
    "5.1": TaskField.SPORT,
    "5.2": TaskField.SPORT,
    "5.3": TaskField.CULTURE,
    "5.4": TaskField.CULTURE,
    "5.5": TaskField.CULTURE,
    "5.6": TaskField.LIBRARY,
    "5.7": TaskField.GREEN,
    "6.2": TaskField.CARE,
    "6.6": TaskField.CARE,
    "6.71": TaskField.CARE,
    "6.72": TaskField.YOUTH,
    "6.73": TaskField.YOUTH,
    "6.74": TaskField.YOUTH,
    "6.75": TaskField.YOUTH,
    "6.76": TaskField.YOUTH,
    "6.791": TaskField.CARE,
    "6.792": TaskField.YOUTH,
    "6.81": TaskField.CARE,
    "6.82": TaskField.YOUTH,
    "6.91": TaskField.CARE,
    "6.92": TaskField.YOUTH,
    "7.3": TaskField.WASTE,
}
_IV3_NUMBER = re.compile(r"([0-8])[.,]([0-9]{1,3})(?![0-9.,])")


def plain(words: str) -> str:
    """Return words without capitals, accents and marks, so that they can be compared."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def _known(words: Mapping[enum.StrEnum, tuple[str, ...]], slugs: Mapping[enum.StrEnum, str]) -> dict[str, enum.StrEnum]:
    return {each: meant for meant, others in words.items() for each in (plain(slugs[meant]), meant.value, *others)}


_FIELD_OF = _known(_FIELDS, FIELD_SLUGS)  # type: ignore[arg-type]
_KIND_OF = _known(_KINDS, KIND_SLUGS)  # type: ignore[arg-type]
_ALLOCATION_OF = {plain(each): meant for each, meant in _known(_ALLOCATIONS, ALLOCATION_SLUGS).items()}  # type: ignore[arg-type]


def field_called(words: str) -> TaskField | None:
    """Return the field that somebody means by a word, or by a number of the state's list (5.7 is green)."""
    if found := _FIELD_OF.get(plain(words)):
        return TaskField(found)
    read = _IV3_NUMBER.match(words.strip())
    if read is None:
        return None
    number = f"{read[1]}.{read[2]}"
    begins = [number[:length] for length in range(len(number), 0, -1) if number[:length] in _IV3]
    return _IV3[begins[0]] if begins else TaskField.OTHER


def kind_called(words: str) -> SpendingKind | None:
    """Return whether somebody means planned or spent."""
    found = _KIND_OF.get(plain(words))
    return SpendingKind(found) if found else None


def allocation_called(words: str) -> Allocation | None:
    """Return what somebody says of how an amount was divided."""
    found = _ALLOCATION_OF.get(plain(words.replace("²", "2")))
    return Allocation(found) if found else None
