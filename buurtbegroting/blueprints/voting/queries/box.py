"""Reads of the ballot box and its board. None of them tells anybody but the system whether somebody voted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.deciding.queries import packages_of
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import current_areas
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Pot, Round, RoundPhase, Rulebook
from buurtbegroting.blueprints.rounds.queries import WHOLE_ROUND
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation.database import db

from ..ballot_paper import BallotPaper, Option
from ..models import Ballot, BoardEntry, Closing, Participation, PendingLeaf, Turnout
from ..policy import WITH_BOOTH
from .results import listed_on_ballot, plans_on_ballot


def pots_to_vote(round_: Round) -> list[Pot]:
    """Return the pots of a round for which ballots are cast."""
    return [pot for pot in round_.pots if pot.kind == "plans"]


def rounds_to_vote(now: datetime) -> Sequence[Round]:
    """Return the rounds whose list is fixed and whose booth is open or will be, whole."""
    query = select(Round).join(RoundPhase).join(Rulebook)
    is_coming = (RoundPhase.kind_name == PhaseKind.VOTE.value) & (RoundPhase.ends_at > now)
    is_ready = Round.list_frozen_at.is_not(None) & (Round.state == "published")
    has_booth = Rulebook.decision_form.in_(WITH_BOOTH)
    return db.session.scalars(query.where(is_coming, is_ready, has_booth).options(*WHOLE_ROUND)).unique().all()


def paper_of(pot: Pot) -> BallotPaper:
    """Return the ballot of a pot as its voters get it; its round and rulebook must be loaded."""
    round_, book = pot.round, pot.round.rulebook
    is_packages = book.decision_form == "packages"
    return BallotPaper(
        round_id=round_.id,
        pot_id=pot.id,
        position=pot.position,
        kind="choose-1" if is_packages else book.ballot_type,
        options=tuple(Option(each.key, each.title, each.cents) for each in listed_on_ballot(pot)),
        amount_cents=pot.amount_cents,
        currency=round_.currency,
        min_choices=None if is_packages else book.min_choices,
        max_choices=None if is_packages else book.max_choices,
        max_points=None if is_packages else book.max_points,
    )


def ballot_papers(pots: Sequence[Pot]) -> dict[int, BallotPaper]:
    """Return the ballots of some pots, by their place in the round."""
    return {pot.position: paper_of(pot) for pot in pots}


@dataclass(frozen=True)
class Leaflet:
    """What a voter can read about an option in the booth."""

    number: str
    summary: str
    what: str
    why: str
    place: str
    theme: str
    carrier: str
    maintenance_cents: int
    parts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything in it in which a word is looked for."""
        return " ".join((self.number, self.summary, self.what, self.why, self.place, self.theme, *self.parts))


def leaflets_of(pot: Pot, language: str) -> dict[str, Leaflet]:
    """Return what there is to read about every option of a pot, by key; its title is in the text too."""
    if pot.round.rulebook.decision_form == "packages":
        return {
            each.letter: Leaflet(
                *(each.letter, each.summary, each.title, "", "", "", "", 0),
                tuple(part.proposal.title for part in each.parts),
            )
            for each in packages_of(pot.round)
            if each.pot_id == pot.id
        }
    return {each.ballot_key: _leaflet(each, language) for each in plans_on_ballot(pot)}


def _leaflet(plan: Proposal, language: str) -> Leaflet:
    theme = (plan.theme.name_nl if language == "nl" else plan.theme.name_en) if plan.theme else ""
    return Leaflet(
        number=plan.number,
        summary=plan.summary,
        what=plan.what or plan.title,
        why=plan.why,
        place=plan.address,
        theme=theme,
        carrier=plan.carrier,
        maintenance_cents=plan.maintenance_cents,
    )


def names_of_wijken() -> dict[str, str]:
    """Return what the wijken are called, by code."""
    return {each.code: each.name for each in current_areas(AreaKind.WIJK)}


def newest_entry(pot_id: uuid.UUID) -> BoardEntry | None:
    """Return the last entry on the board of a pot; None before its box was opened."""
    query = select(BoardEntry).where(BoardEntry.pot_id == pot_id)
    return db.session.scalar(query.order_by(BoardEntry.sequence.desc()).limit(1))


def first_entry(pot_id: uuid.UUID) -> BoardEntry:
    """Return the entry with which the box of a pot was opened."""
    query = select(BoardEntry).where(BoardEntry.pot_id == pot_id, BoardEntry.sequence == 1)
    return db.session.scalars(query).one()


def entries_of_board(pot_id: uuid.UUID) -> Sequence[BoardEntry]:
    """Return the whole board of a pot, the first entry first."""
    return db.session.scalars(select(BoardEntry).where(BoardEntry.pot_id == pot_id).order_by(BoardEntry.sequence)).all()


def is_closed(pot_id: uuid.UUID) -> bool:
    """Tell whether the board of a pot has its last entry."""
    newest = newest_entry(pot_id)
    return newest is not None and newest.content["kind"] == "close"


def entry_with_leaf(pot_ids: Sequence[uuid.UUID], leaf: str) -> BoardEntry | None:
    """Return the entry that put a leaf on a board."""
    query = select(BoardEntry).where(BoardEntry.pot_id.in_(pot_ids), BoardEntry.body.contains(f'"{leaf}"'))
    return db.session.scalar(query.order_by(BoardEntry.sequence).limit(1))


def is_waiting(pot_ids: Sequence[uuid.UUID], leaf: str) -> bool:
    """Tell whether a leaf was received and is not on a board yet."""
    query = select(PendingLeaf.id).where(PendingLeaf.pot_id.in_(pot_ids), PendingLeaf.leaf == leaf)
    return db.session.scalar(query) is not None


def ballots_in_box(pot_id: uuid.UUID) -> Sequence[Ballot]:
    """Return every ballot in the box of a pot."""
    return db.session.scalars(select(Ballot).where(Ballot.pot_id == pot_id)).all()


def filled_slots(pot_id: uuid.UUID) -> frozenset[str]:
    """Return the slots of a pot in which a ballot lies."""
    return frozenset(db.session.scalars(select(Ballot.slot).where(Ballot.pot_id == pot_id)))


def number_of_ballots(pot_id: uuid.UUID) -> int:
    """Return how many ballots are in the box of a pot."""
    return db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.pot_id == pot_id)) or 0


def newest_turnout(pot_id: uuid.UUID) -> Turnout | None:
    """Return how many had voted for a pot when that was last noted."""
    return db.session.scalar(select(Turnout).where(Turnout.pot_id == pot_id).order_by(Turnout.day.desc()).limit(1))


def participation_of(pot_id: uuid.UUID) -> Sequence[Participation]:
    """Return how many voted per wijk, where that is a group of ten or more."""
    query = select(Participation).where(Participation.pot_id == pot_id)
    return db.session.scalars(query.order_by(Participation.wijk_code)).all()


def closing_of(round_id: uuid.UUID) -> Closing | None:
    """Return the closing of a round's vote, with the whole round; None as long as nobody asked for it."""
    query = select(Closing).where(Closing.round_id == round_id)
    return db.session.scalar(query.options(joinedload(Closing.round).options(*WHOLE_ROUND)))


def closing_by_id(closing_id: uuid.UUID) -> Closing | None:
    """Return a closing with the whole round."""
    query = select(Closing).where(Closing.id == closing_id)
    return db.session.scalar(query.options(joinedload(Closing.round).options(*WHOLE_ROUND)))


def closings_that_wait() -> Sequence[Closing]:
    """Return the votes that wait for a second official to be closed."""
    return db.session.scalars(select(Closing).where(Closing.step == "asked").options(joinedload(Closing.round))).all()
