"""Reads of spending: the places there are, what was spent there, what residents chose, and the imports."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import shapely
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from buurtbegroting.blueprints.conversations.models import Comment, Stance, Thread
from buurtbegroting.blueprints.conversations.states import CommentState
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.blueprints.municipalities.queries import current_areas, this_municipality
from buurtbegroting.blueprints.proposals import queries as proposals
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.voting import queries as voting
from buurtbegroting.blueprints.voting.models import Result
from buurtbegroting.blueprints.voting.policy import may_see_result
from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from .kinds import FIELD_BY_SLUG, FIELD_SLUGS, Allocation, SpendingKind, TaskField, plain
from .models import SpendingImport, SpendingLine
from .receipts import WHOLE, Chosen, Place, Receipt, Spent, receipt
from .states import ImportState

# Under which kind and key the talk about a line stands: "uitgaven", "WK999901-groen".
THREADS = "uitgaven"
BUDGET_PRACTICE = "neighbourhood-budget"
AREA_KINDS = (AreaKind.WIJK, AreaKind.OWN)


def whole() -> Place:
    """Return the whole municipality."""
    return Place(WHOLE, this_municipality().name, _inhabitants())


def _inhabitants() -> int | None:
    """Return how many people live in the municipality; None when that is not known of every wijk."""
    here = (Area.is_current, Area.kind == AreaKind.WIJK)
    query = select(func.sum(Area.inhabitants), func.count(Area.id), func.count(Area.inhabitants)).where(*here)
    total, every, known = db.session.execute(query).one()
    return total if every and every == known else None


def place_by_code(code: str) -> Place | None:
    """Return the whole municipality, a wijk or an own area."""
    if code == WHOLE:
        return whole()
    return next((each for each in _found(_areas().where(Area.code == code))), None)


def places() -> list[Place]:
    """Return every wijk and own area with a receipt, by name."""
    return _found(_areas().order_by(Area.kind.desc(), Area.name))


def _found(query: Select[str, str, int | None]) -> list[Place]:
    return [Place(code, name, inhabitants) for code, name, inhabitants in db.session.execute(query)]


def _areas() -> Select[str, str, int | None]:
    """Select the wijken, and the own areas that lines name; other own areas would have no more than shares."""
    named = published().with_only_columns(SpendingLine.area_code)
    own = (Area.kind == AreaKind.OWN) & Area.code.in_(named)
    here = (Area.is_current, or_(Area.kind == AreaKind.WIJK, own))
    return select(Area.code, Area.name, Area.inhabitants).where(*here)


def codes_by_word() -> dict[str, str]:
    """Return the code of every wijk and own area by its code and its name, as files may write them."""
    areas = current_areas(*AREA_KINDS)
    return {plain(word): each.code for each in areas for word in (each.name, each.code)}


def published() -> Select[SpendingLine]:
    """Select the lines that the public may know of: the one answer for page, API and export."""
    here = SpendingImport.state_name == ImportState.PUBLISHED
    return select(SpendingLine).join(SpendingLine.spending_import).where(here)


def years() -> dict[int, list[SpendingKind]]:
    """Return of which years there are figures, newest first, and of which kinds."""
    columns = (SpendingLine.year, SpendingLine.kind_name)
    query = published().with_only_columns(*columns).distinct().order_by(*columns)
    found: dict[int, list[SpendingKind]] = {}
    for year, kind in db.session.execute(query):
        found.setdefault(year, []).append(SpendingKind(kind))
    return {year: [each for each in SpendingKind if each in found[year]] for year in sorted(found, reverse=True)}


def receipt_of(place: Place, year: int, kind: SpendingKind) -> Receipt:
    """Return the receipt of a place: its own lines, and its share of what was for the whole municipality."""
    found = _spent(place, (year, year - 1), kind)
    divided = {each.allocation for each in found if each.is_whole} if not place.is_whole else set()
    return receipt(place, year, kind, found, _chosen(place), _shares(place, divided))


def _spent(place: Place, of_years: Sequence[int], kind: SpendingKind) -> list[Spent]:
    names = (SpendingLine.year, SpendingLine.field_name, SpendingLine.name, SpendingLine.allocation_name)
    groups = (*names, SpendingLine.source, SpendingLine.area_code.is_(None))
    query = published().with_only_columns(*groups, func.sum(SpendingLine.amount_cents)).group_by(*groups)
    query = query.where(SpendingLine.year.in_(of_years), SpendingLine.kind_name == kind)
    if not place.is_whole:
        query = query.where(or_(SpendingLine.area_code == place.code, SpendingLine.area_code.is_(None)))
    return [
        Spent(year, TaskField(field), name, Allocation(allocation), source, int(cents), bool(is_whole))
        for year, field, name, allocation, source, is_whole, cents in db.session.execute(query)
    ]


def _shares(place: Place, divided: set[Allocation]) -> dict[Allocation, Fraction]:
    """Return which part of the municipality a place is, in the ways that are asked for and known."""
    shares: dict[Allocation, Fraction] = {}
    everybody = _inhabitants() if Allocation.PER_INHABITANT in divided else None
    if everybody and place.inhabitants is not None:
        shares[Allocation.PER_INHABITANT] = Fraction(place.inhabitants, everybody)
    if Allocation.PER_M2 in divided:
        shares[Allocation.PER_M2] = _share_of_surface(place.code)
    return shares


def _share_of_surface(code: str) -> Fraction:
    # Degrees are of one size within one municipality, so that their ratio is that of square metres.
    here = (Area.is_current, or_(Area.kind == AreaKind.WIJK, Area.code == code))
    query = select(Area.code, Area.kind, Area.geometry).where(*here)
    surfaces = {
        (row.code, row.kind): Fraction(shapely.from_geojson(json.dumps(row.geometry)).area)
        for row in db.session.execute(query)
    }
    everything = sum((each for (_, kind), each in surfaces.items() if kind == AreaKind.WIJK), Fraction(0))
    own = sum((each for (known, _), each in surfaces.items() if known == code), Fraction(0))
    return own / everything if everything else Fraction(0)


def _chosen(place: Place) -> dict[int, Chosen]:
    """Return by year what residents chose themselves with the pots of a place, where that was decided in euros."""
    if BUDGET_PRACTICE in this_municipality().switched_off:
        return {}
    now = clock.now(db.session())
    year_of = {
        each.pot_id: each.pot.budget_year or each.decided_on.year
        for each in voting.newest_results()
        if each.decided_on and _is_of(each, place) and may_see_result(ANONYMOUS, each, now)
    }
    wanted = (Proposal.pot_id.in_(year_of), Proposal.state_name == ProposalState.ELECTED)
    found: dict[int, list[Proposal]] = {}
    for plan in db.session.scalars(proposals.visible().where(*wanted).order_by(Proposal.number)):
        found.setdefault(year_of[plan.pot_id], []).append(plan)
    return {
        year: Chosen(sum(each.cost_cents for each in plans), [(each.number, each.title) for each in plans])
        for year, plans in found.items()
    }


def _is_of(result: Result, place: Place) -> bool:
    area = result.pot.area
    return result.pot.round.currency == "EUR" and (place.is_whole or (area is not None and area.code == place.code))


@dataclass(frozen=True)
class LineFilters:
    """Which published lines somebody looks for; empty means all."""

    year: int | None = None
    kind: str = ""
    area: str = ""
    field: str = ""


def lines(filters: LineFilters) -> Select[SpendingLine]:
    """Select the published lines that fit the filters."""
    query = published()
    if filters.year is not None:
        query = query.where(SpendingLine.year == filters.year)
    if filters.kind:
        query = query.where(SpendingLine.kind_name == filters.kind)
    if filters.area:
        is_whole = filters.area == WHOLE
        query = query.where(SpendingLine.area_code.is_(None) if is_whole else SpendingLine.area_code == filters.area)
    if filters.field:
        query = query.where(SpendingLine.field_name == filters.field)
    return query


def page_of_lines(filters: LineFilters, number: int, size: int) -> tuple[Sequence[SpendingLine], int]:
    """Return one page of the published lines that fit the filters, and how many there are."""
    total = db.session.scalar(lines(filters).with_only_columns(func.count(SpendingLine.id))) or 0
    order = (SpendingLine.year.desc(), SpendingLine.area_code.nulls_first(), SpendingLine.number, SpendingLine.id)
    query = lines(filters).order_by(*order).offset((number - 1) * size).limit(size)
    return db.session.scalars(query).all(), total


def imports() -> Sequence[SpendingImport]:
    """Return every import, newest first, without its table."""
    query = select(SpendingImport).options(joinedload(SpendingImport.imported_by))
    return db.session.scalars(query.order_by(SpendingImport.imported_at.desc(), SpendingImport.id)).all()


def import_by_id(import_id: uuid.UUID) -> SpendingImport | None:
    """Return one import with who brought it in."""
    query = select(SpendingImport).where(SpendingImport.id == import_id)
    return db.session.scalar(query.options(joinedload(SpendingImport.imported_by)))


def content_of(found: SpendingImport) -> str | None:
    """Return the table of a draft as it is kept."""
    return db.session.scalar(select(SpendingImport.content).where(SpendingImport.id == found.id))


@dataclass(frozen=True)
class Total:
    """What lines of one year and kind come to in one place."""

    year: int
    kind: SpendingKind
    area_code: str | None
    lines: int
    cents: int


def totals_of(found: SpendingImport) -> list[Total]:
    """Return what the lines of an import come to, by year, kind and place."""
    groups = (SpendingLine.year, SpendingLine.kind_name, SpendingLine.area_code)
    query = select(*groups, func.count(SpendingLine.id), func.sum(SpendingLine.amount_cents))
    query = query.where(SpendingLine.import_id == found.id).group_by(*groups)
    return [Total(row[0], SpendingKind(row[1]), row[2], row[3], int(row[4])) for row in db.session.execute(query)]


def published_imports_of(years_and_kinds: set[tuple[int, SpendingKind]]) -> Sequence[SpendingImport]:
    """Return the published imports that have lines of one of these years and kinds, oldest first."""
    columns = (SpendingLine.import_id, SpendingLine.year, SpendingLine.kind_name)
    rows = db.session.execute(published().with_only_columns(*columns).distinct()).all()
    wanted = {each for each, year, kind in rows if (year, SpendingKind(kind)) in years_and_kinds}
    query = select(SpendingImport).where(SpendingImport.id.in_(wanted)).order_by(SpendingImport.published_at)
    return db.session.scalars(query).all()


def thread_key(place: Place, field: TaskField) -> str:
    """Return under which key the talk about a line of a receipt stands."""
    return f"{place.code}-{FIELD_SLUGS[field]}"


def subject_of(key: str) -> tuple[Place, TaskField] | None:
    """Return which line of which receipt a key stands for."""
    code, _, slug = key.rpartition("-")
    place, field = place_by_code(code) if slug in FIELD_BY_SLUG else None, FIELD_BY_SLUG.get(slug)
    return (place, field) if place and field else None


def thread_about(place: Place, field: TaskField) -> Thread | None:
    """Return the talk about a line of a receipt, when somebody began it."""
    return db.session.scalar(select(Thread).where(Thread.kind == THREADS, Thread.key == thread_key(place, field)))


def talks_about(place: Place) -> dict[TaskField, tuple[uuid.UUID, int]]:
    """Return by field the talk about it and how much was said that everybody may read."""
    said = (Comment.thread_id == Thread.id) & (Comment.state_name == CommentState.PUBLISHED)
    query = select(Thread.id, Thread.key, func.count(Comment.id)).outerjoin(Comment, said).group_by(Thread.id)
    keys = {thread_key(place, field): field for field in TaskField}
    query = query.where(Thread.kind == THREADS, Thread.key.in_(keys))
    return {keys[row.key]: (row.id, row[2]) for row in db.session.execute(query)}


def unanswered_questions() -> Sequence[Comment]:
    """Return the questions about spending that the municipality did not answer yet, oldest first, with their talk."""
    answer = aliased(Comment)
    answered = select(answer.id).where(
        answer.parent_id == Comment.id, answer.department != "", answer.state_name == CommentState.PUBLISHED
    )
    query = (
        select(Comment)
        .join(Comment.thread)
        .where(
            Thread.kind == THREADS,
            Comment.stance == Stance.QUESTION,
            Comment.parent_id.is_(None),
            Comment.department == "",
            Comment.state_name == CommentState.PUBLISHED,
            ~answered.exists(),
        )
    )
    return db.session.scalars(query.options(joinedload(Comment.thread)).order_by(Comment.made_at)).all()


def imports_by(person_id: uuid.UUID) -> Sequence[SpendingImport]:
    """Return what somebody brought in, newest first."""
    query = select(SpendingImport).where(SpendingImport.imported_by_id == person_id)
    return db.session.scalars(query.order_by(SpendingImport.imported_at.desc())).all()
