"""How a text is read: which words it has, and under which forms they are found again."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence

import snowballstemmer

LONGEST_QUERY = 200
LONGEST_WORD = 40
WORD = re.compile(r"[^\W_]+")
# Endings that make a thing small: bankje, tuintje, boompje, bruggetje. More than one may fit; all are kept.
SMALL = ("je", "tje", "pje", "etje")
SHORTEST_STEM = 3
# Words that stand in nearly every text and say nothing about it.
_STOP = (
    "aan al als ben bij daar dan dat de den der deze die dit doen dus een eens en er ge geen haar had heb hebben heeft"
    " hem het hier hij hoe hun ik in is ja je kan kon maar me meer men met mij mijn na naar niet nog nu of om omdat ons"
    " onze ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wie wij wil"
    " worden wordt zal ze zelf zich zij zijn zo zonder zou the a an and of to in is it for on with"
)
STOP = frozenset(_STOP.split())

_kept = threading.local()


def _stemmer() -> snowballstemmer.basestemmer.BaseStemmer:
    # A stemmer keeps the word it is at, so threads cannot share one.
    if not hasattr(_kept, "stemmer"):
        _kept.stemmer = snowballstemmer.stemmer("dutch")
    return _kept.stemmer


def folded(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def words(text: str) -> Iterator[str]:
    """Yield the words of a text that say something, folded, in their order."""
    for found in WORD.findall(folded(text)):
        if found not in STOP:
            yield found[:LONGEST_WORD]


def variants(word: str) -> frozenset[str]:
    """Return the forms under which a folded word is kept and looked up: its stem, and that without a small ending."""
    stem = _stemmer().stemWord
    forms = {stem(word)}
    plain = word.removesuffix("s") if word.endswith("jes") else word
    for ending in SMALL:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST_STEM:
            forms.add(stem(plain.removesuffix(ending)))
    return frozenset(form for form in forms if form)


def pieces(text: str, asked: Sequence[frozenset[str]], around: int) -> list[tuple[bool, str]]:
    """Return the part of a text around the first word that was asked for, cut at such words: whether one, and the text.

    ``around`` is how many signs are shown at most.
    """
    marks = [(found.start(), found.end()) for found in WORD.finditer(text) if _is_asked(found.group(), asked)]
    first = marks[0][0] if marks else 0
    start = 0 if first < around // 2 else text.rfind(" ", 0, max(0, first - around // 4)) + 1
    end = len(text) if start + around >= len(text) else text.rfind(" ", start, start + around)
    end = end if end > start else start + around
    cut: list[tuple[bool, str]] = [(False, "… ")] if start else []
    place = start
    for begin, stop in marks:
        if begin >= place and stop <= end:
            cut += [(False, text[place:begin]), (True, text[begin:stop])]
            place = stop
    cut.append((False, text[place:end] + (" …" if end < len(text) else "")))
    return [each for each in cut if each[1]]


def _is_asked(word: str, asked: Sequence[frozenset[str]]) -> bool:
    forms = variants(folded(word)[:LONGEST_WORD])
    return any(is_found(term, form) for forms_asked in asked for term in forms_asked for form in forms)


# A shorter word inside another says too little: "rok" stands in "brokken".
SHORTEST_PART = 4


def is_found(term: str, form: str) -> bool:
    """Tell whether a form that is kept is found by a term: it is the same, or a longer word that holds it."""
    return form == term or (len(term) >= SHORTEST_PART and term in form)
