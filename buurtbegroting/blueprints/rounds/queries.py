"""Reads of rounds, pots and themes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.foundation.database import db

from .models import (
    Criterion,
    LedgerEntry,
    MaatwerkSpending,
    PhaseMove,
    Pot,
    Round,
    RoundPhase,
    RulebookVersion,
    Theme,
    ThemeShare,
)

# What every page about a round shows, in a fixed number of queries however many rounds there are.
WHOLE_ROUND = (
    selectinload(Round.phases),
    selectinload(Round.pots).options(joinedload(Pot.area).defer(Area.geometry)),
    selectinload(Round.pots).joinedload(Pot.theme),
    selectinload(Round.rulebook),
    selectinload(Round.criteria),
)


def published_rounds() -> Sequence[Round]:
    """Return the published rounds with phases, pots and rulebook, the one that ends last first."""
    latest = select(RoundPhase.round_id, RoundPhase.starts_at).where(RoundPhase.kind_name == "result").subquery()
    query = select(Round).where(Round.state == "published").outerjoin(latest, latest.c.round_id == Round.id)
    return db.session.scalars(
        query.order_by(latest.c.starts_at.desc(), Round.number.desc()).options(*WHOLE_ROUND)
    ).all()


def round_by_number(number: str) -> Round | None:
    """Return the round with this number, whole."""
    return db.session.scalar(select(Round).where(Round.number == number).options(*WHOLE_ROUND))


def all_numbers() -> Sequence[str]:
    """Return the numbers of all rounds, in any state."""
    return db.session.scalars(select(Round.number).order_by(Round.number)).all()


def inhabitants_by_code() -> dict[str, int]:
    """Return how many people live in each wijk of which that is known, by its code."""
    query = select(Area.code, Area.inhabitants).where(Area.kind == AreaKind.WIJK.value, Area.is_current)
    return {code: number for code, number in db.session.execute(query) if number}


def all_rounds() -> Sequence[Round]:
    """Return every round in any state, whole, the newest first."""
    return db.session.scalars(select(Round).order_by(Round.number.desc()).options(*WHOLE_ROUND)).all()


def moves_of(round_id: uuid.UUID) -> Sequence[PhaseMove]:
    """Return how the dates of a round moved, the last first."""
    query = select(PhaseMove).where(PhaseMove.round_id == round_id)
    return db.session.scalars(query.order_by(PhaseMove.moved_at.desc())).all()


def versions_of(round_id: uuid.UUID) -> Sequence[RulebookVersion]:
    """Return the versions of a rulebook, the newest first."""
    query = select(RulebookVersion).where(RulebookVersion.round_id == round_id)
    return db.session.scalars(query.order_by(RulebookVersion.number.desc())).all()


def newest_version(round_id: uuid.UUID) -> RulebookVersion | None:
    """Return the rulebook of a round as it was kept last."""
    query = select(RulebookVersion).where(RulebookVersion.round_id == round_id)
    return db.session.scalar(query.order_by(RulebookVersion.number.desc()).limit(1))


@dataclass(frozen=True)
class Balance:
    """What became of the money of a pot, in cents; ``sums`` per kind of entry."""

    amount_cents: int
    sums: Mapping[str, int]

    @property
    def left_cents(self) -> int:
        """What nobody was promised yet."""
        return self.amount_cents - self.sums["voted"]


KINDS_OF_ENTRY = ("voted", "committed", "spent")


def balances_of(round_: Round) -> dict[uuid.UUID, Balance]:
    """Return the balance of every pot of a round, by the pot's id."""
    query = select(LedgerEntry.pot_id, LedgerEntry.kind, func.sum(LedgerEntry.cents))
    query = query.where(LedgerEntry.pot_id.in_([pot.id for pot in round_.pots]))
    query = query.group_by(LedgerEntry.pot_id, LedgerEntry.kind)
    sums = {(pot, kind): int(cents) for pot, kind, cents in db.session.execute(query)}
    return {
        pot.id: Balance(pot.amount_cents, {kind: sums.get((pot.id, kind), 0) for kind in KINDS_OF_ENTRY})
        for pot in round_.pots
    }


def balance_of(pot: Pot) -> Balance:
    """Return the balance of one pot."""
    query = select(LedgerEntry.kind, func.sum(LedgerEntry.cents)).where(LedgerEntry.pot_id == pot.id)
    sums = {kind: int(cents) for kind, cents in db.session.execute(query.group_by(LedgerEntry.kind))}
    return Balance(pot.amount_cents, {kind: sums.get(kind, 0) for kind in KINDS_OF_ENTRY})


def entries_of(round_: Round) -> Sequence[LedgerEntry]:
    """Return the lines in the books of all pots of a round, oldest first."""
    query = select(LedgerEntry).where(LedgerEntry.pot_id.in_([pot.id for pot in round_.pots]))
    return db.session.scalars(query.order_by(LedgerEntry.entered_at, LedgerEntry.id)).all()


def maatwerk_of(round_: Round) -> Sequence[MaatwerkSpending]:
    """Return what was spent from the maatwerk pots of a round, the newest first."""
    query = select(MaatwerkSpending).where(MaatwerkSpending.pot_id.in_([pot.id for pot in round_.pots]))
    return db.session.scalars(query.order_by(MaatwerkSpending.spent_on.desc(), MaatwerkSpending.id)).all()


@dataclass(frozen=True)
class Share:
    """What residents gave one theme together; ``euros`` of the hundreds of all who divided."""

    theme: Theme
    euros: int


def shares_of(round_: Round) -> list[Share]:
    """Return what residents gave each theme, the most first; a theme that nobody chose is not there."""
    total = func.sum(ThemeShare.euros).label("total")
    query = select(Theme, total).join(ThemeShare, ThemeShare.theme_id == Theme.id)
    found = query.where(ThemeShare.round_id == round_.id).group_by(Theme.id).order_by(total.desc(), Theme.name_nl)
    return [Share(theme, int(euros)) for theme, euros in db.session.execute(found)]


def people_who_divided(round_: Round) -> int:
    """Return how many people divided the money of a round."""
    query = select(func.count(func.distinct(ThemeShare.person_id))).where(ThemeShare.round_id == round_.id)
    return db.session.scalar(query) or 0


def own_shares(round_: Round, person_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return how somebody divided every 100 euros of a round, by theme."""
    query = select(ThemeShare).where(ThemeShare.round_id == round_.id, ThemeShare.person_id == person_id)
    return {each.theme_id: each.euros for each in db.session.scalars(query)}


def shares_by(person_id: uuid.UUID) -> Sequence[tuple[ThemeShare, Theme, Round]]:
    """Return how somebody divided the money of rounds."""
    query = select(ThemeShare, Theme, Round).join(Theme, Theme.id == ThemeShare.theme_id)
    found = query.join(Round, Round.id == ThemeShare.round_id).where(ThemeShare.person_id == person_id)
    return [(share, theme, round_) for share, theme, round_ in db.session.execute(found.order_by(Round.number))]


def next_number(year: int) -> str:
    """Return the first free number of a year."""
    taken = db.session.scalars(select(Round.number).where(Round.number.startswith(f"{year}-"))).all()
    return f"{year}-{max((int(number.split('-')[1]) for number in taken), default=0) + 1}"


def criteria() -> Sequence[Criterion]:
    """Return the questions by which plans are judged, in their order."""
    return db.session.scalars(select(Criterion).order_by(Criterion.position, Criterion.question)).all()


def criterion_by_id(criterion_id: uuid.UUID) -> Criterion | None:
    """Return one of these questions."""
    return db.session.scalar(select(Criterion).where(Criterion.id == criterion_id))


def themes() -> Sequence[Theme]:
    """Return the themes of the municipality, by their Dutch name."""
    return db.session.scalars(select(Theme).order_by(Theme.name_nl)).all()
