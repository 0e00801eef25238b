"""What changed from one text to the next, word by word, for people who read and do not program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word or two that stayed the same between two changes reads as part of one change.
SHORT = 2
# Of a long passage that stayed the same, this many words are shown on both sides of a change.
AROUND = 12
WORDS = re.compile(r"\n+|[^\s]+")


@dataclass(frozen=True)
class Passage:
    """Some words that stayed (``same``), went (``gone``) or came (``new``)."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Passage]:
    """Return how one text became another: passages in reading order, what went before what came instead."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    passages = []
    for is_same, left, right in _runs(old, new):
        if is_same:
            passages.append(Passage("same", _joined(left)))
            continue
        passages += [Passage(kind, _joined(words)) for kind, words in (("gone", left), ("new", right)) if words]
    return passages


def folded(passages: list[Passage]) -> list[Passage]:
    """Return the passages with the middle of what stayed the same left out where it is long."""
    return [
        Passage("same", _fold(each.text, is_first=place == 0, is_last=place == len(passages) - 1))
        if each.kind == "same" and len(passages) > 1
        else each
        for place, each in enumerate(passages)
    ]


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Yield runs of words that stayed or changed; what stayed for only a word or two joins the change around it."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left: list[str] = []
    right: list[str] = []
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        is_between = 0 < place < len(codes) - 1
        is_kept = tag == "equal" and not (is_between and i2 - i1 <= SHORT and "\n" not in "".join(old[i1:i2]))
        if is_kept:
            if left or right:
                yield False, left, right
                left, right = [], []
            yield True, old[i1:i2], new[j1:j2]
        else:
            left, right = left + old[i1:i2], right + new[j1:j2]
    if left or right:
        yield False, left, right


def _joined(words: list[str]) -> str:
    return re.sub(r" ?(\n+) ?", r"\1", " ".join(words))


def _fold(text: str, *, is_first: bool, is_last: bool) -> str:
    words = WORDS.findall(text)
    head, tail = (0 if is_first else AROUND), (0 if is_last else AROUND)
    if len(words) <= head + tail + AROUND:
        return text
    return " ".join(filter(None, (_joined(words[:head]), "…", _joined(words[len(words) - tail :] if tail else []))))
