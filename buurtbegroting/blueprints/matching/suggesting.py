"""Which offers fit a need, and why: pure, so that it can be measured on a written set without a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation.search.words import is_found, variants, words

from .states import DAYS, KINDS, PARTS, Kind

T = TypeVar("T")
# Who asks the one may be helped by the other; nothing else crosses kinds.
RELATED = {
    frozenset({Kind.HANDS, Kind.TAKE_OVER}),
    frozenset({Kind.HANDS, Kind.KNOWLEDGE}),
    frozenset({Kind.KNOWLEDGE, Kind.PERMIT}),
    frozenset({Kind.KNOWLEDGE, Kind.MONEY}),
    frozenset({Kind.HANDS, Kind.TOOLS}),
}
# Words of asking and offering that stand in every text here, in the stems of the analyser.
_PLAIN = (
    "zoeken gezocht bieden aanbod hulp helpen graag nodig iemand vraag vragen buurt wijk groep groepen initiatief"
    " bewoners samen keer week weken dag dagen uur komen kunnen willen mensen gebruiken goed maken elke"
)
PLAIN = frozenset(form for word in words(_PLAIN) for form in variants(word))
SAME_KIND, OTHER_KIND = 30, 10
PER_WORD, MOST_FOR_WORDS = 12, 48
SAME_WIJK, EVERYWHERE = 9, 4
SAME_DAY, SAME_PART = 4, 2
STRONG_WITH_WEAK = 5
# A kind that is only related needs a word in common besides.
ENOUGH = 25


@dataclass(frozen=True)
class Asked(Generic[T]):
    """A need or an offer as the suggestions read it; ``wijk`` None is everywhere, no ``days`` is any day.

    ``is_young`` is said of a group that just begins, ``is_strong`` of one that runs already. ``thing`` is whatever
    the caller keeps it by.
    """

    thing: T
    kind: Kind
    text: str
    wijk: str | None = None
    days: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    from_on: date | None = None
    until_on: date | None = None
    is_young: bool = False
    is_strong: bool = False


@dataclass(frozen=True)
class Suggestion(Generic[T]):
    """Something that fits, and in plain words why."""

    thing: T
    score: int
    reasons: Sequence[Reason] = field(default_factory=tuple)


def suggest(
    asked: Asked[Any], others: Iterable[Asked[T]], wijken: dict[str, str], most: int = 5
) -> list[Suggestion[T]]:
    """Return what fits best first; ``wijken`` are the names by which a reason calls them."""
    found = [each for other in others if (each := _weighed(asked, other, wijken)) is not None]
    # Sorting keeps the order in which others were given among equals: who waits longest comes first.
    return sorted(found, key=lambda each: -each.score)[:most]


def _weighed(asked: Asked[Any], other: Asked[T], wijken: dict[str, str]) -> Suggestion[T] | None:
    if asked.kind is not other.kind and frozenset({asked.kind, other.kind}) not in RELATED:
        return None
    if not _meets(asked, other):
        return None
    score, reasons = _kind(asked, other)
    common = shared_words(asked.text, other.text)
    if common:
        score += min(MOST_FOR_WORDS, PER_WORD * len(common))
        reasons.append(_r("Both speak of: %(words)s", words=", ".join(common[:3])))
    if score < ENOUGH or (asked.kind is not other.kind and not common):
        return None
    for more, reason in (_where(asked, other, wijken), _when(asked, other), _strength(asked, other)):
        score += more
        if reason is not None:
            reasons.append(reason)
    return Suggestion(other.thing, score, tuple(reasons))


def _kind(asked: Asked[Any], other: Asked[T]) -> tuple[int, list[Reason]]:
    if asked.kind is other.kind:
        return SAME_KIND, [_r("Asked and offered: %(kind)s", kind=KINDS[asked.kind])]
    return OTHER_KIND, [_r("%(one)s may help with %(other)s", one=KINDS[other.kind], other=KINDS[asked.kind])]


def shared_words(one: str, other: str) -> list[str]:
    """Return the words of a text that stand in another too, in whatever form, without those that say little."""
    theirs = {form for word in words(other) for form in variants(word)} - PLAIN
    found: dict[str, str] = {}
    for word in words(one):
        forms = variants(word) - PLAIN
        if forms and any(is_found(form, kept) or is_found(kept, form) for form in forms for kept in theirs):
            found.setdefault(min(forms), word)
    return list(found.values())


def _meets(asked: Asked[Any], other: Asked[T]) -> bool:
    """Tell whether there is a day on which both can."""
    ends = [day for day in (asked.until_on, other.until_on) if day]
    begins = [day for day in (asked.from_on, other.from_on) if day]
    return not ends or not begins or max(begins) <= min(ends)


def _where(asked: Asked[Any], other: Asked[T], wijken: dict[str, str]) -> tuple[int, Reason | None]:
    if asked.wijk and asked.wijk == other.wijk:
        return SAME_WIJK, _r("Both in %(wijk)s", wijk=wijken.get(asked.wijk, asked.wijk))
    if asked.wijk is None or other.wijk is None:
        return EVERYWHERE, _r("Possible in the whole municipality")
    return 0, _r("In another wijk: %(wijk)s", wijk=wijken.get(other.wijk, other.wijk))


def _when(asked: Asked[Any], other: Asked[T]) -> tuple[int, Reason | None]:
    days, parts = asked.days & other.days, asked.parts & other.parts
    if asked.days and other.days and not days:
        return -SAME_DAY, _r("Not on the same days")
    score = (SAME_DAY if days else 0) + (SAME_PART if parts else 0)
    if days:
        return score, _r("Both on %(day)s", day=DAYS[next(each for each in DAYS if each in days)])
    return score, _r("Both: %(part)s", part=PARTS[next(each for each in PARTS if each in parts)]) if parts else None


def _strength(asked: Asked[Any], other: Asked[T]) -> tuple[int, Reason | None]:
    if asked.is_young and other.is_strong:
        return STRONG_WITH_WEAK, _r("Runs well already, and can help who begins")
    if asked.is_strong and other.is_young:
        return STRONG_WITH_WEAK, _r("Just begins, and can use who runs well")
    return 0, None
