"""What each column of a table holds: what can be asked for, and a first guess by the names of the columns."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence

from buurtbegroting.civic.reasons import Reason, _r

from .kinds import plain


class Target(enum.StrEnum):
    """What a line of spending is made of."""

    YEAR = "year"
    AREA = "area"
    FIELD = "field"
    NAME = "name"
    AMOUNT = "amount"
    KIND = "kind"
    ALLOCATION = "allocation"
    SOURCE = "source"


TARGET_WORDS: Mapping[Target, Reason] = {
    Target.YEAR: _r("Year"),
    Target.AREA: _r("Wijk"),
    Target.FIELD: _r("Task field"),
    Target.NAME: _r("What it is, in plain words"),
    Target.AMOUNT: _r("Amount"),
    Target.KIND: _r("Planned or really spent"),
    Target.ALLOCATION: _r("How it was divided"),
    Target.SOURCE: _r("Source"),
}

# Names of columns that officials use, as `plain` leaves them.
_NAMES: Mapping[Target, tuple[str, ...]] = {
    Target.YEAR: ("jaar", "boekjaar", "begrotingsjaar", "year"),
    Target.AREA: ("wijk", "wijkcode", "wijknaam", "gebied", "gebiedscode", "buurt"),
    Target.FIELD: ("taakveld", "onderwerp", "categorie", "programma", "thema"),
    Target.NAME: ("omschrijving", "naam", "post", "product", "waarvoor", "toelichting"),
    Target.AMOUNT: ("bedrag", "lasten", "kosten", "uitgaven", "euro", "bedrag in euro", "bedrag euro"),
    Target.KIND: ("soort", "begroot of werkelijk", "begroting of rekening", "type"),
    Target.ALLOCATION: ("verdeling", "hoe verdeeld", "verdeeld", "toerekening", "toedeling"),
    Target.SOURCE: ("bron", "herkomst"),
}
# The head of the example that officials can take away.
EXAMPLE_HEAD = ("jaar", "wijk", "taakveld", "omschrijving", "bedrag", "soort", "verdeling", "bron")

COLUMN, FIXED = "column:", "fixed:"


def column(index: int) -> str:
    """Return the choice of a column."""
    return f"{COLUMN}{index}"


def guess(head: Sequence[str]) -> dict[str, str]:
    """Return per target the column that is probably meant; a target without one is left out."""
    names = [plain(each) for each in head]
    found: dict[str, str] = {}
    for target, known in _NAMES.items():
        exact = [names.index(name) for name in known if name in names]
        begun = [place for place, name in enumerate(names) if name.startswith(known[0])]
        if exact or begun:
            found[target.value] = column((exact or begun)[0])
    return found


def title_of(target: Target, head: Sequence[str], chosen: Mapping[str, str]) -> str | Reason:
    """Return how people know a target: by the name of its column in the file, or else by our own word."""
    choice = chosen.get(target, "")
    name = head[int(choice.removeprefix(COLUMN))] if choice.startswith(COLUMN) else ""
    return name or TARGET_WORDS[target]
