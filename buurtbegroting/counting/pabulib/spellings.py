"""Short texts in a long one, looked up all at once, for the number that each spelling stands for.

The ids of projects stand in a file of votes some millions of times. Python objects for each would take more time than
all else, so their bytes are read as whole numbers of eight bytes and looked up in tables of NumPy.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from buurtbegroting.counting.ballots import Ints

Words = NDArray[np.uint64]

_WORD = 8
# Longer spellings are met so seldom that they are looked up one by one.
_MAX_LENGTH = 4 * _WORD
# Stands after a text, so that reading all words at its last sign stays within it.
PADDING = bytes(_MAX_LENGTH)
# The first so many bytes of a word; no spelling holds a zero byte, so zeros after it make no other spelling.
_FIRST = np.array([2 ** (8 * size) - 1 for size in range(_WORD + 1)], dtype=np.uint64)
_SPREAD = 0x9E3779B97F4A7C15
_MISSING = -1


class Spellings:
    """What spellings stand for; ``meaning`` is asked once for each that is new, and may answer less than zero."""

    def __init__(self, known: dict[bytes, int], meaning: Callable[[bytes], int]) -> None:
        self._known = known
        self._meaning = meaning
        self._tables = _tables(known)

    def numbers(self, text: bytes, starts: Ints, ends: Ints) -> NDArray[np.int32]:
        """Return the number of each text from ``starts`` to ``ends``; ``text`` ends in ``PADDING``."""
        if not len(starts):
            return np.empty(0, dtype=np.int32)
        lengths = ends - starts
        words = _words(text, starts, lengths)
        found = self._tables[0].numbers(words)
        for table in self._tables[1:]:
            places = np.flatnonzero(found < 0)
            found[places] = table.numbers([word[places] for word in words])
        if int(lengths.max()) > _MAX_LENGTH:
            found[lengths > _MAX_LENGTH] = _MISSING
        if int(found.min()) < 0:
            self._ask(text, starts, ends, found)
        return found

    def _ask(self, text: bytes, starts: Ints, ends: Ints, found: NDArray[np.int32]) -> None:
        """Look up what no table has, one by one, and remember it for the next time."""
        missing = np.flatnonzero(found < 0)
        before = len(self._known)
        for place, start, end in zip(missing.tolist(), starts[missing].tolist(), ends[missing].tolist(), strict=True):
            spelling = text[start:end]
            number = self._known.get(spelling)
            if number is None:
                number = self._known[spelling] = self._meaning(spelling)
            found[place] = number
        if len(self._known) > before:
            self._tables = _tables(self._known)


class _Table:
    """Spellings by a hash of their words; every slot holds one, and what was read there is compared."""

    def __init__(self, words: list[Words], numbers: Ints, seed: int) -> None:
        bits = min(24, len(numbers).bit_length() + 4)
        self._shift = np.uint64(64 - bits)
        self._factor = np.uint64(_SPREAD * (2 * seed + 1) % 2**64)
        slots = self._slots(words)
        self._numbers = np.full(2**bits, _MISSING, dtype=np.int32)
        self._numbers[slots] = numbers
        self._words = [np.zeros(2**bits, dtype=np.uint64) for _ in words]
        for kept, word in zip(self._words, words, strict=True):
            kept[slots] = word
        self.left_over = np.flatnonzero(self._is_other(words, slots))

    def _slots(self, words: list[Words]) -> NDArray[np.int64]:
        mixed = words[0] * self._factor
        for word in words[1:]:
            mixed = ((mixed ^ (mixed >> np.uint64(29))) + word) * self._factor
        return (mixed >> self._shift).view(np.int64)

    def _is_other(self, words: list[Words], slots: NDArray[np.int64]) -> NDArray[np.bool_]:
        is_other: NDArray[np.bool_] = self._words[0].take(slots) != words[0]
        for kept, word in zip(self._words[1:], words[1:], strict=True):
            is_other |= kept.take(slots) != word
        return is_other

    def numbers(self, words: list[Words]) -> NDArray[np.int32]:
        """Return the number of each spelling, or less than zero where it is not in this table."""
        size = len(self._words)
        padded = words[:size] + [np.zeros_like(words[0])] * (size - len(words))
        slots = self._slots(padded)
        found = self._numbers.take(slots)
        is_other = self._is_other(padded, slots)
        for word in words[size:]:
            is_other |= word != 0
        if is_other.any():
            found[is_other] = _MISSING
        return found


def _tables(known: dict[bytes, int]) -> list[_Table]:
    """Return tables that hold all short spellings: what shares a slot in one goes into the next."""
    short = [spelling for spelling in known if len(spelling) <= _MAX_LENGTH] or [b""]
    numbers = np.array([known.get(spelling, _MISSING) for spelling in short], dtype=np.int32)
    lengths = np.array([len(spelling) for spelling in short], dtype=np.int64)
    words = _words(b"".join(short) + PADDING, np.cumsum(lengths) - lengths, lengths)
    tables: list[_Table] = []
    while len(numbers):
        table = _Table(words, numbers, len(tables))
        tables.append(table)
        words, numbers = [word[table.left_over] for word in words], numbers[table.left_over]
    return tables


def _words(text: bytes, starts: Ints, lengths: Ints) -> list[Words]:
    """Return the first eight bytes of every text, then the second if any text has them, and so on."""
    eights: Words = np.ndarray((len(text) - _WORD + 1,), dtype="<u8", buffer=text, strides=(1,))
    longest = int(lengths.max())
    words = [eights.take(starts) & _FIRST.take(lengths if longest <= _WORD else np.minimum(lengths, _WORD))]
    for skipped in range(_WORD, min(longest, _MAX_LENGTH), _WORD):
        words.append(eights.take(starts + skipped) & _FIRST.take(np.clip(lengths - skipped, 0, _WORD)))
    return words
