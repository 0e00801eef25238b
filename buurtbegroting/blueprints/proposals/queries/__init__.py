"""Reads of proposals: one, a page of a filtered list, points on a map, counts."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, false, func, select
from sqlalchemy.orm import defer, joinedload, selectinload

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.municipalities.queries import area_by_code, local_term
from buurtbegroting.blueprints.rounds.models import Pot, Round, Theme
from buurtbegroting.blueprints.rounds.queries import WHOLE_ROUND
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.search import keys_holding

from ..models import Authorship, Proposal, ProposalDraft, ProposalVersion
from ..promises import ANSWER
from ..states import PUBLIC, ProposalState
from .support import Supporters as Supporters
from .support import support_of as support_of
from .support import supported_by as supported_by
from .support import supporters_of as supporters_of

PAGE_SIZE = 12
GLIMPSE_SIZE = 4
MAX_PINS = 400

# Which states a resident means by "the answer of the municipality".
ANSWERS: dict[str, frozenset[ProposalState]] = {
    "nog-geen": frozenset({ProposalState.SUBMITTED}),
    "kan": frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED, ProposalState.NOT_ELECTED}),
    "kan-anders": frozenset({ProposalState.CHANGEABLE}),
    "kan-niet": frozenset({ProposalState.INFEASIBLE}),
    "gekozen": frozenset({ProposalState.ELECTED}),
    "ingetrokken": frozenset({ProposalState.WITHDRAWN}),
    "samengevoegd": frozenset({ProposalState.MERGED}),
}
ORDERS = ("nieuwste", "bedrag", "bedrag-hoog", "willekeurig")


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; empty means everything. ``seed`` fixes the random order from page to page."""

    search: str = ""
    theme: str = ""
    wijk: str = ""
    round: str = ""
    answer: str = ""
    order: str = "nieuwste"
    seed: str = ""


def visible() -> Select[Proposal]:
    """Select the plans that the public may know of: the one answer for page, API, export and search."""
    states = sorted(state.value for state in PUBLIC)
    return select(Proposal).join(Proposal.round).where(Round.state == "published", Proposal.state_name.in_(states))


def found(filters: Filters) -> Select[Proposal]:
    """Select the visible plans that fit the filters."""
    query = visible().outerjoin(Proposal.theme)
    if filters.search:
        held = keys_holding(filters.search, "plan")
        query = query.where(false() if held is None else Proposal.number.in_(held))
    if filters.theme:
        query = query.where(Theme.slug == filters.theme)
    if filters.wijk:
        query = query.where(Proposal.wijk_code == filters.wijk)
    if filters.round:
        query = query.where(Round.number == filters.round)
    if filters.answer in ANSWERS:
        query = query.where(Proposal.state_name.in_(sorted(ANSWERS[filters.answer])))
    return query


def count(filters: Filters) -> int:
    """Return how many visible plans fit the filters."""
    return db.session.scalar(found(filters).with_only_columns(func.count(Proposal.id))) or 0


def counts_by_answer(filters: Filters) -> dict[str, int]:
    """Return per answer how many plans fit the other filters."""
    query = found(replace(filters, answer="")).with_only_columns(Proposal.state_name, func.count())
    states = dict(db.session.execute(query.group_by(Proposal.state_name)).all())
    return {answer: sum(states.get(state.value, 0) for state in meant) for answer, meant in ANSWERS.items()}


def page(filters: Filters, number: int, size: int = PAGE_SIZE) -> Sequence[Proposal]:
    """Return one page of the plans that fit the filters, with round and theme; ``number`` counts from 1."""
    if filters.order == "willekeurig":
        return _shuffled_page(filters, number, size)
    orders: dict[str, tuple[ColumnElement[Any], ...]] = {
        "nieuwste": (Proposal.submitted_on.desc().nulls_last(), Proposal.number.desc()),
        "bedrag": (Proposal.cost_cents.asc(), Proposal.number.asc()),
        "bedrag-hoog": (Proposal.cost_cents.desc(), Proposal.number.asc()),
    }
    query = found(filters).order_by(*orders.get(filters.order, orders["nieuwste"]))
    return db.session.scalars(_with_surroundings(query).limit(size).offset((number - 1) * size)).all()


def all_found(filters: Filters) -> Sequence[Proposal]:
    """Return every plan that fits the filters, by number, with round and theme."""
    return db.session.scalars(_with_surroundings(found(filters).order_by(Proposal.number))).all()


def _with_surroundings(query: Select[Proposal]) -> Select[Proposal]:
    return query.options(
        joinedload(Proposal.round),
        joinedload(Proposal.theme),
        joinedload(Proposal.merged_into),
        joinedload(Proposal.pot).joinedload(Pot.area),
    )


def _shuffled_page(filters: Filters, number: int, size: int) -> Sequence[Proposal]:
    """Order by a hash of seed and number: fair to every plan, the same on every page and on both engines."""
    rows = db.session.execute(found(filters).with_only_columns(Proposal.id, Proposal.number)).all()
    shuffled = sorted(rows, key=lambda row: hashlib.sha256(f"{filters.seed}|{row.number}".encode()).digest())
    ids = [row.id for row in shuffled[(number - 1) * size : number * size]]
    by_id = {each.id: each for each in db.session.scalars(_with_surroundings(visible().where(Proposal.id.in_(ids))))}
    return [by_id[each] for each in ids]


@dataclass(frozen=True)
class Pin:
    """A plan on a map."""

    number: str
    title: str
    longitude: float | None
    latitude: float | None


def pins(filters: Filters) -> Sequence[Pin]:
    """Return the newest plans that fit the filters and have a point, as many as a map can show."""
    columns = (Proposal.number, Proposal.title, Proposal.longitude, Proposal.latitude)
    query = found(filters).where(Proposal.longitude.is_not(None)).with_only_columns(*columns)
    return [Pin(*row) for row in db.session.execute(query.order_by(Proposal.number.desc()).limit(MAX_PINS))]


def proposal_by_number(number: str) -> Proposal | None:
    """Return the plan with this number in any state, with its round, pot and theme."""
    query = select(Proposal).where(Proposal.number == number)
    return db.session.scalar(
        query.options(
            joinedload(Proposal.round).options(selectinload(Round.phases), selectinload(Round.rulebook)),
            joinedload(Proposal.theme),
            joinedload(Proposal.thread),
            joinedload(Proposal.merged_into),
            joinedload(Proposal.pot).joinedload(Pot.area).selectinload(Area.buurten),
            selectinload(Proposal.authorships).joinedload(Authorship.person),
        )
    )


def all_numbers() -> Sequence[str]:
    """Return the numbers of all plans, in any state."""
    return db.session.scalars(select(Proposal.number).order_by(Proposal.number)).all()


def numbers_of_round(round_id: uuid.UUID) -> Sequence[str]:
    """Return the numbers of all plans of a round, in any state."""
    return db.session.scalars(select(Proposal.number).where(Proposal.round_id == round_id)).all()


def answer_due(start: date) -> date:
    """Return by when a plan that the municipality has from a day on is to be answered."""
    return local_term(ANSWER).last_day(start)


def last_version_number(proposal: Proposal) -> int:
    """Return the number of the newest version of a plan; 0 when there is none yet."""
    newest = select(func.max(ProposalVersion.number)).where(ProposalVersion.proposal_id == proposal.id)
    return db.session.scalar(newest) or 0


def versions_of(proposal: Proposal) -> Sequence[ProposalVersion]:
    """Return the versions of a plan, oldest first."""
    query = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id)
    return db.session.scalars(query.order_by(ProposalVersion.number)).all()


def plans_of(person_id: uuid.UUID) -> Sequence[Proposal]:
    """Return the plans that somebody wrote, alone or with others, in any state, newest first."""
    query = select(Proposal).join(Authorship).where(Authorship.person_id == person_id)
    return db.session.scalars(
        _with_surroundings(query.order_by(Proposal.number.desc())).options(
            selectinload(Proposal.authorships).joinedload(Authorship.person)
        )
    ).all()


def number_in_round(person_id: uuid.UUID, round_id: uuid.UUID) -> int:
    """Return how many plans of a round somebody wrote, alone or with others; those taken back do not count."""
    query = select(func.count()).select_from(Authorship).join(Proposal, Proposal.id == Authorship.proposal_id)
    gone = (ProposalState.WITHDRAWN.value, ProposalState.MERGED.value)
    mine = query.where(Authorship.person_id == person_id, Proposal.round_id == round_id)
    return db.session.scalar(mine.where(Proposal.state_name.not_in(gone))) or 0


def area_of(pot: Pot) -> Area | None:
    """Return the area that a pot is for, with the buurten that it is made of; None for the whole municipality."""
    query = select(Area).where(Area.id == pot.area_id).options(selectinload(Area.buurten), defer(Area.geometry))
    return db.session.scalar(query)


def number_handed_in_since(person_id: uuid.UUID, moment: datetime) -> int:
    """Return of how many plans somebody became an author since a moment."""
    query = select(func.count()).where(Authorship.person_id == person_id, Authorship.since > moment)
    return db.session.scalar(query.select_from(Authorship)) or 0


def drafts_of(person_id: uuid.UUID) -> Sequence[ProposalDraft]:
    """Return the plans that somebody is writing, last changed first."""
    query = select(ProposalDraft).where(ProposalDraft.person_id == person_id).options(joinedload(ProposalDraft.round))
    return db.session.scalars(query.order_by(ProposalDraft.changed_on.desc(), ProposalDraft.id)).all()


def draft_by_id(draft_id: uuid.UUID) -> ProposalDraft | None:
    """Return a plan that somebody is writing, with all of its round."""
    query = select(ProposalDraft).where(ProposalDraft.id == draft_id)
    whole_round = joinedload(ProposalDraft.round).options(*WHOLE_ROUND)
    return db.session.scalar(query.options(whole_round))


def wijk_of(proposal: Proposal) -> Area | None:
    """Return the wijk in which a plan lies."""
    return area_by_code(proposal.wijk_code) if proposal.wijk_code else None


def buurt_of(proposal: Proposal) -> Area | None:
    """Return the buurt in which a plan lies, as far as that is known."""
    return area_by_code(proposal.buurt_code) if proposal.buurt_code else None


def proposals_of_pot(pot: Pot) -> Sequence[Proposal]:
    """Return the plans of a pot in any state, with their round and theme, by number."""
    query = select(Proposal).where(Proposal.pot_id == pot.id)
    query = query.options(joinedload(Proposal.round), joinedload(Proposal.theme))
    return db.session.scalars(query.order_by(Proposal.number)).all()


@dataclass(frozen=True)
class Glimpse:
    """A few plans of a longer list, and how many there are."""

    total: int
    plans: Sequence[Proposal]


def newest_in_wijk(area: Area) -> Glimpse | None:
    """Return the newest plans of a wijk; None when it has none."""
    return _glimpse(Filters(wijk=area.code))


def summary_of_round(round_: Round) -> Glimpse | None:
    """Return the newest plans of a round; None when it has none."""
    return _glimpse(Filters(round=round_.number))


def _glimpse(filters: Filters) -> Glimpse | None:
    total = count(filters)
    return Glimpse(total, page(filters, 1, GLIMPSE_SIZE)) if total else None


def next_number(year: int) -> str:
    """Return the first free number of a year."""
    sequence = cast(func.substr(Proposal.number, 6), Integer)
    highest = db.session.scalar(select(func.max(sequence)).where(Proposal.number.startswith(f"{year}-")))
    return f"{year}-{(highest or 0) + 1:03d}"
