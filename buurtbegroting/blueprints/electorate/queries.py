"""Reads of the register: who may vote, for which pots, and which codes there are."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.proposals.policy.home import wijken_of
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.rounds.queries import WHOLE_ROUND
from buurtbegroting.foundation.database import db

from .models import CodeBatch, Proxy, RegisterEntry, Voter, VotingCode
from .states import CodeState

PAGE_SIZE = 50


def pots_of(round_: Round, voter: Voter) -> list[Pot]:
    """Return the pots of a round about which somebody votes: that of their own area, and those for everybody."""
    return [pot for pot in round_.pots if pot.kind == "plans" and _is_for(pot, round_.rulebook.vote_from, voter)]


def _is_for(pot: Pot, vote_from: str, voter: Voter) -> bool:
    if vote_from == "municipality" or pot.area is None:
        return True
    if pot.area.kind != "wijk" and voter.buurt_code is not None:
        return any(each.buurt_code == voter.buurt_code for each in pot.area.buurten)
    return voter.wijk_code in wijken_of(pot.area)


def round_to_enter(number: str) -> Round | None:
    """Return the round with this number, whole, with the buurten that own areas are made of."""
    query = select(Round).where(Round.number == number)
    buurten = selectinload(Round.pots).joinedload(Pot.area).selectinload(Area.buurten)
    return db.session.scalar(query.options(*WHOLE_ROUND, buurten))


def code_with(round_id: uuid.UUID, selector: str) -> VotingCode | None:
    """Return the code with this selector and its voter, in any state."""
    query = select(VotingCode).where(VotingCode.round_id == round_id, VotingCode.selector == selector)
    return db.session.scalar(query.options(joinedload(VotingCode.entry)))


def entry_by_id(entry_id: uuid.UUID) -> RegisterEntry | None:
    """Return somebody in a register, with the whole round."""
    query = select(RegisterEntry).where(RegisterEntry.id == entry_id)
    return db.session.scalar(query.options(joinedload(RegisterEntry.round).options(*WHOLE_ROUND)))


def entry_with_identity(round_id: uuid.UUID, identities: Sequence[str]) -> RegisterEntry | None:
    """Return who a provider of identities knows under one of these keyed hashes."""
    query = select(RegisterEntry).where(RegisterEntry.round_id == round_id, RegisterEntry.identity.in_(identities))
    return db.session.scalar(query.limit(1))


def entries_of(round_id: uuid.UUID) -> Sequence[RegisterEntry]:
    """Return everybody in the register of a round, by reference."""
    query = select(RegisterEntry).where(RegisterEntry.round_id == round_id)
    return db.session.scalars(query.order_by(RegisterEntry.reference)).all()


def references_of(round_id: uuid.UUID) -> frozenset[str]:
    """Return the references that a register holds."""
    return frozenset(db.session.scalars(select(RegisterEntry.reference).where(RegisterEntry.round_id == round_id)))


def electorate_of(pot: Pot) -> list[Voter]:
    """Return everybody in the register who may vote for a pot; empty where voters prove themselves by an account."""
    round_ = db.session.get_one(Round, pot.round_id)
    found = (entry.voter for entry in entries_of(pot.round_id) if not entry.struck_because)
    return [voter for voter in found if _is_for(pot, round_.rulebook.vote_from, voter)]


def number_in_register(round_id: uuid.UUID) -> int:
    """Return how many people are in the register of a round."""
    query = select(func.count()).select_from(RegisterEntry).where(RegisterEntry.round_id == round_id)
    return db.session.scalar(query) or 0


def found_in_register(round_id: uuid.UUID, reference: str, place: str | None) -> Sequence[RegisterEntry]:
    """Return who a help desk means: the one with a reference, and everybody at a place (a keyed hash)."""
    meant = [RegisterEntry.reference == reference] if reference else []
    meant += [RegisterEntry.place == place] if place else []
    query = select(RegisterEntry).where(RegisterEntry.round_id == round_id, or_(false(), *meant))
    return db.session.scalars(query.order_by(RegisterEntry.reference).limit(PAGE_SIZE)).all()


def codes_of(entry_id: uuid.UUID) -> Sequence[VotingCode]:
    """Return the codes that were made for somebody, in any state, the newest last."""
    query = select(VotingCode).join(VotingCode.batch).where(VotingCode.entry_id == entry_id)
    return db.session.scalars(query.order_by(CodeBatch.number).options(joinedload(VotingCode.batch))).all()


def entries_without_code(round_id: uuid.UUID) -> Sequence[RegisterEntry]:
    """Return who gets a letter and has no code yet, by reference."""
    has_code = (
        select(VotingCode.id)
        .where(VotingCode.entry_id == RegisterEntry.id, VotingCode.state_name != CodeState.WITHDRAWN.value)
        .exists()
    )
    query = select(RegisterEntry).where(RegisterEntry.round_id == round_id, RegisterEntry.gets_letter, ~has_code)
    query = query.where(RegisterEntry.struck_because == "")
    return db.session.scalars(query.order_by(RegisterEntry.reference)).all()


def selectors_of(round_id: uuid.UUID) -> set[str]:
    """Return the selectors that are taken in a round."""
    return set(db.session.scalars(select(VotingCode.selector).where(VotingCode.round_id == round_id)))


@dataclass(frozen=True)
class BatchLine:
    """A batch of codes, and how many of them are in which state."""

    batch: CodeBatch
    states: Counter[CodeState]

    @property
    def total(self) -> int:
        """How many codes it holds."""
        return self.states.total()


def batches_of(round_id: uuid.UUID) -> list[BatchLine]:
    """Return the batches of a round with their counts, the newest first."""
    counted = select(VotingCode.batch_id, VotingCode.state_name, func.count())
    counted = counted.where(VotingCode.round_id == round_id).group_by(VotingCode.batch_id, VotingCode.state_name)
    states: dict[uuid.UUID, Counter[CodeState]] = {}
    for batch_id, state, number in db.session.execute(counted):
        states.setdefault(batch_id, Counter())[CodeState(state)] = number
    query = select(CodeBatch).where(CodeBatch.round_id == round_id).order_by(CodeBatch.number.desc())
    return [BatchLine(each, states.get(each.id, Counter())) for each in db.session.scalars(query)]


def batch_by_id(batch_id: uuid.UUID) -> CodeBatch | None:
    """Return a batch with its round."""
    query = select(CodeBatch).where(CodeBatch.id == batch_id)
    return db.session.scalar(query.options(joinedload(CodeBatch.round).options(*WHOLE_ROUND)))


def codes_in(batch_id: uuid.UUID) -> Sequence[VotingCode]:
    """Return the codes of a batch."""
    return db.session.scalars(select(VotingCode).where(VotingCode.batch_id == batch_id)).all()


def next_batch_number(round_id: uuid.UUID) -> int:
    """Return the number of the next batch of a round."""
    return (db.session.scalar(select(func.max(CodeBatch.number)).where(CodeBatch.round_id == round_id)) or 0) + 1


def proxies_held_by(entry_id: uuid.UUID) -> Sequence[Proxy]:
    """Return for whom somebody votes besides themselves."""
    return db.session.scalars(select(Proxy).where(Proxy.holder_id == entry_id)).all()


def proxy_of(entry_id: uuid.UUID) -> Proxy | None:
    """Return to whom somebody gave their vote."""
    return db.session.scalar(select(Proxy).where(Proxy.giver_id == entry_id))


def number_of_proxies(round_id: uuid.UUID) -> int:
    """Return how many people let another vote for them."""
    return db.session.scalar(select(func.count()).select_from(Proxy).where(Proxy.round_id == round_id)) or 0


@dataclass(frozen=True)
class Numbers:
    """A register in numbers that everybody may know: people, letters by state, and proxies."""

    people: int
    struck: int
    without_letter: int
    letters: Counter[CodeState]
    at_the_desk: int
    proxies: int


def numbers_of(round_id: uuid.UUID) -> Numbers:
    """Return a register in numbers."""
    mine = RegisterEntry.round_id == round_id
    without = func.count().filter(~RegisterEntry.gets_letter)
    struck = func.count().filter(RegisterEntry.struck_because != "")
    counted = select(func.count(), without, struck).select_from(RegisterEntry).where(mine)
    people, without_letter, struck_off = db.session.execute(counted).one()
    letters: Counter[CodeState] = Counter()
    lines = batches_of(round_id)
    for line in (each for each in lines if each.batch.kind == "letters"):
        letters.update(line.states)
    at_the_desk = sum(line.total for line in lines if line.batch.kind == "desk")
    return Numbers(people, struck_off, without_letter, letters, at_the_desk, number_of_proxies(round_id))


def code_by_id(code_id: uuid.UUID) -> VotingCode | None:
    """Return a code with its voter and the whole round."""
    whole = joinedload(VotingCode.entry).joinedload(RegisterEntry.round).options(*WHOLE_ROUND)
    return db.session.scalar(select(VotingCode).where(VotingCode.id == code_id).options(whole))


def batches_that_wait() -> Sequence[CodeBatch]:
    """Return the letters that wait to be released, one batch of each round."""
    query = select(CodeBatch).where(CodeBatch.kind == "letters", CodeBatch.released_by.is_(None))
    found = db.session.scalars(query.order_by(CodeBatch.number).options(joinedload(CodeBatch.round))).all()
    return list({each.round_id: each for each in reversed(found)}.values())
