"""Looking things up in the index: by words that were typed, and by a text that may be about the same."""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from . import words
from .index import SearchEntry, SearchTerm

MOST_WORDS = 8
# The word itself counts more than a longer word that begins with it, and that more than one that holds it.
SAME, BEGINS, HOLDS = 8, 3, 1
MOST_FORMS_COMPARED = 40
# Two texts are about the same when they share more than one word that few others have.
FEWEST_SHARED = 2
MOST_SUGGESTED_FROM = 5000


@dataclass(frozen=True)
class Query:
    """What somebody looks for; empty means everything. ``kinds`` are those that may be found at all."""

    text: str
    kinds: Sequence[str]
    wijk_code: str = ""
    theme: str = ""
    since: date | None = None
    is_newest_first: bool = False

    @property
    def asked(self) -> list[frozenset[str]]:
        """The words that were asked for, each with the forms under which it may stand in the index."""
        said = list(dict.fromkeys(words.words(self.text[: words.LONGEST_QUERY])))[:MOST_WORDS]
        return [words.variants(word) for word in said]


@dataclass(frozen=True)
class Hit:
    """Something that was found."""

    entry: SearchEntry
    pieces: list[tuple[bool, str]]


@dataclass(frozen=True)
class Found:
    """A page of what was found, and how much there is; ``is_partial`` when nothing held all the words."""

    total: int
    hits: Sequence[Hit]
    is_partial: bool
    by_kind: dict[str, int]


AROUND = 240


def find(session: Session, query: Query, page: int, size: int) -> Found:
    """Return one page of what was found, in as many statements however much that is; ``page`` counts from 1."""
    asked = query.asked
    if not asked:
        return Found(0, [], is_partial=False, by_kind={})
    ranked = _ranked(asked)
    for needed in sorted({len(asked), 1}, reverse=True):
        narrowed = _narrowed(select(SearchEntry), query).join(ranked, ranked.c.entry_id == SearchEntry.id)
        narrowed = narrowed.where(ranked.c.number >= needed)
        counts = narrowed.with_only_columns(SearchEntry.kind, func.count()).group_by(SearchEntry.kind)
        by_kind = {kind: count for kind, count in session.execute(counts) if kind in query.kinds}
        if by_kind:
            rank = (ranked.c.number.desc(), ranked.c.score.desc(), SearchEntry.day.desc().nulls_last())
            newest = (SearchEntry.day.desc().nulls_last(),)
            order = newest if query.is_newest_first else rank
            rows = session.scalars(
                narrowed.order_by(*order, SearchEntry.kind, SearchEntry.key).limit(size).offset((page - 1) * size)
            )
            hits = [Hit(row, words.pieces(row.text, asked, AROUND)) for row in rows]
            return Found(sum(by_kind.values()), hits, is_partial=needed < len(asked), by_kind=by_kind)
    return Found(0, [], is_partial=False, by_kind={})


def _ranked(asked: Sequence[frozenset[str]]) -> Subquery:
    """Return per entry how many of the words it holds, and how well."""
    parts = []
    for place, forms in enumerate(asked):
        for form in sorted(forms):
            same = SearchTerm.term == form
            begins = SearchTerm.term.startswith(form)
            holds = SearchTerm.term.contains(form) if len(form) >= words.SHORTEST_PART else same
            score = SearchTerm.weight * case((same, SAME), (begins, BEGINS), else_=HOLDS)
            parts.append(select(SearchTerm.entry_id, literal(place).label("place"), score.label("score")).where(holds))
    matched = union_all(*parts).subquery()
    return (
        select(
            matched.c.entry_id,
            func.count(matched.c.place.distinct()).label("number"),
            func.sum(matched.c.score).label("score"),
        )
        .group_by(matched.c.entry_id)
        .subquery()
    )


def _narrowed(statement: Select[SearchEntry], query: Query) -> Select[SearchEntry]:
    conditions: list[ColumnElement[bool]] = [SearchEntry.kind.in_(query.kinds)]
    if query.wijk_code:
        conditions.append(SearchEntry.wijk_code == query.wijk_code)
    if query.theme:
        conditions.append(SearchEntry.theme == query.theme)
    if query.since:
        conditions.append(SearchEntry.day >= query.since)
    return statement.where(*conditions)


def keys_holding(text: str, kind: str) -> Select[str] | None:
    """Return a selection of the keys of a kind that hold all words of a text; None when it has no words to look for."""
    asked = Query(text, [kind]).asked
    if not asked:
        return None
    ranked = _ranked(asked)
    query = select(SearchEntry.key).join(ranked, ranked.c.entry_id == SearchEntry.id)
    return query.where(SearchEntry.kind == kind, ranked.c.number == len(asked))


def suggestions(session: Session, query: Query) -> list[str]:
    """Return other spellings for what was typed, made of words that there is something to find for."""
    typed = list(words.words(query.text[: words.LONGEST_QUERY]))[:MOST_WORDS]
    if not typed:
        return []
    # Somebody who mistypes mostly has the first sign right; that keeps the list short.
    first = or_(*(SearchTerm.word.startswith(sign) for sign in sorted({word[0] for word in typed})))
    known = select(SearchTerm.word).join(SearchEntry).where(SearchEntry.kind.in_(query.kinds), first).distinct()
    vocabulary = session.scalars(known.limit(MOST_SUGGESTED_FROM)).all()
    better = [next(iter(get_close_matches(word, vocabulary, n=1, cutoff=0.75)), word) for word in typed]
    return [" ".join(better)] if better != typed else []


def similar(session: Session, text: str, kinds: Iterable[str], most: int) -> list[SearchEntry]:
    """Return public entries that may be about the same as a text, the likest first."""
    forms = sorted({form for word in words.words(text) for form in words.variants(word)})
    kinds = list(kinds)
    total = session.scalar(select(func.count()).select_from(SearchEntry).where(SearchEntry.kind.in_(kinds))) or 0
    if not forms or not total:
        return []
    held = select(SearchTerm.term, SearchTerm.entry_id, SearchTerm.weight).join(SearchEntry)
    rows = session.execute(held.where(SearchEntry.kind.in_(kinds), SearchTerm.term.in_(forms[:200]))).all()
    by_term: dict[str, list[uuid.UUID]] = defaultdict(list)
    for row in rows:
        by_term[row.term].append(row.entry_id)
    rarest = sorted(by_term, key=lambda term: (len(by_term[term]), term))[:MOST_FORMS_COMPARED]
    scores: dict[uuid.UUID, float] = defaultdict(float)
    shared: dict[uuid.UUID, int] = defaultdict(int)
    for term in rarest:
        for entry_id in by_term[term]:
            scores[entry_id] += math.log1p(total / len(by_term[term]))
            shared[entry_id] += 1
    likest = sorted((each for each in scores if shared[each] >= FEWEST_SHARED), key=lambda each: -scores[each])[:most]
    found = {each.id: each for each in session.scalars(select(SearchEntry).where(SearchEntry.id.in_(likest)))}
    return [found[each] for each in likest]
