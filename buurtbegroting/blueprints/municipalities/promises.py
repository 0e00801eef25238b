"""The page of promises: every term of every practice beside how often it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from buurtbegroting.civic.terms import Term
from buurtbegroting.web import practices, slices

from . import queries


@dataclass(frozen=True)
class PromiseLine:
    """A term as it is here, and how often it was kept in the year before: so many times, of so many."""

    term: Term
    kept: int
    of: int
    is_measured: bool


def terms() -> list[Term]:
    """Return the terms of the practices that this municipality uses, as the house says them."""
    return [promise.term for promise in _promises()]


def lines(today: date) -> list[PromiseLine]:
    """Return every promise of the practices that this municipality uses, with its figure."""
    promises = _promises()
    local = queries.local_terms([promise.term for promise in promises])
    return [_line(term, promise, today) for term, promise in zip(local, promises, strict=True)]


def _line(term: Term, promise: slices.Promise, today: date) -> PromiseLine:
    kept, of = promise.kept(term, today) if promise.kept else (0, 0)
    return PromiseLine(term, kept, of, promise.kept is not None)


def _promises() -> Sequence[slices.Promise]:
    return [promise for each in slices.discover() if practices.is_used(each) for promise in each.promises]
