"""Reads of needs, offers, matches and funds."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from buurtbegroting.blueprints.accounts.models import OrganisationMember, Person
from buurtbegroting.blueprints.initiatives.models import Initiative, Member
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.search import keys_holding

from .models import Block, Fund, LastingAnswer, LastingQuestion, Match, MatchCount, Posting
from .states import Kind, MatchState, Side, State
from .suggesting import Asked

PAGE_SIZE = 12
# A group of so few, or one that just begins, is young; what an independent or active group offers comes first for it.
FEW_MEMBERS = 2


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; empty means everything."""

    search: str = ""
    side: str = ""
    kind: str = ""
    wijk: str = ""


def _loaded() -> tuple[ORMOption, ...]:
    with_members = joinedload(Posting.initiative).selectinload(Initiative.members).joinedload(Member.person)
    return with_members, joinedload(Posting.organisation), joinedload(Posting.person)


def _is_for_broker() -> ColumnElement[bool]:
    of_person = and_(Posting.initiative_id.is_(None), Posting.organisation_id.is_(None))
    return or_(Posting.is_brokered, and_(of_person, Posting.side_name == Side.NEED))


def visible() -> Select[Posting]:
    """Select the needs and offers that the public may know of: the one answer for page, API, panel and search."""
    query = select(Posting).outerjoin(Posting.initiative)
    seen = or_(Initiative.id.is_(None), Initiative.is_hidden.is_(False))
    return query.where(~_is_for_broker(), Posting.is_hidden.is_(False), seen)


def found(filters: Filters) -> Select[Posting]:
    """Select the public needs and offers that are open and fit the filters; those for everywhere fit each wijk."""
    query = visible().where(Posting.state_name == State.OPEN)
    if filters.search:
        held = keys_holding(filters.search, "hulp")
        keys = () if held is None else [uuid.UUID(key) for key in db.session.scalars(held)]
        query = query.where(Posting.id.in_(keys) if keys else false())
    if filters.side:
        query = query.where(Posting.side_name == filters.side)
    if filters.kind:
        query = query.where(Posting.kind_name == filters.kind)
    if filters.wijk:
        query = query.where(or_(Posting.wijk_code == filters.wijk, Posting.wijk_code.is_(None)))
    return query


def count(filters: Filters) -> int:
    """Return how many public needs and offers fit the filters."""
    return db.session.scalar(found(filters).with_only_columns(func.count(Posting.id))) or 0


def page(filters: Filters, number: int, size: int = PAGE_SIZE) -> Sequence[Posting]:
    """Return one page of the public needs and offers that fit, newest first; ``number`` counts from 1."""
    query = found(filters).order_by(Posting.placed_on.desc(), Posting.title, Posting.id).options(*_loaded())
    return db.session.scalars(query.limit(size).offset((number - 1) * size)).all()


def posting_by_id(posting_id: uuid.UUID) -> Posting | None:
    """Return a need or an offer with whose it is."""
    return db.session.scalar(select(Posting).where(Posting.id == posting_id).options(*_loaded()))


def need_by_id(posting_id: uuid.UUID) -> Posting | None:
    """Return a need with whose it is."""
    found_ = posting_by_id(posting_id)
    return found_ if found_ is not None and found_.side is Side.NEED else None


def offer_by_id(posting_id: uuid.UUID) -> Posting | None:
    """Return an offer with whose it is."""
    found_ = posting_by_id(posting_id)
    return found_ if found_ is not None and found_.side is Side.OFFER else None


def all_keys() -> Sequence[str]:
    """Return the id of every need and offer, as text."""
    return [str(each) for each in db.session.scalars(select(Posting.id))]


def of_initiative(initiative_id: uuid.UUID) -> Sequence[Posting]:
    """Return the open public needs and offers of an initiative, newest first."""
    query = visible().where(Posting.initiative_id == initiative_id, Posting.state_name == State.OPEN)
    return db.session.scalars(query.order_by(Posting.placed_on.desc(), Posting.title).options(*_loaded())).all()


def kept_by(person_id: uuid.UUID, organisations: Collection[str] = ()) -> Sequence[Posting]:
    """Return what somebody keeps: their own, that of their initiatives and of organisations they speak for."""
    groups = select(Member.initiative_id).where(Member.person_id == person_id)
    own = and_(Posting.person_id == person_id, Posting.organisation_id.is_(None), Posting.initiative_id.is_(None))
    ids = [uuid.UUID(each) for each in organisations]
    whose = or_(own, Posting.initiative_id.in_(groups), Posting.organisation_id.in_(ids))
    query = select(Posting).where(whose).order_by(Posting.placed_on.desc(), Posting.title, Posting.id)
    return db.session.scalars(query.options(*_loaded())).all()


def of_person(person_id: uuid.UUID) -> Sequence[Posting]:
    """Return every need and offer that hangs on somebody's account."""
    return db.session.scalars(select(Posting).where(Posting.person_id == person_id).options(*_loaded())).all()


def people_of(posting: Posting) -> Sequence[Person]:
    """Return whom a message about a need or an offer reaches; nobody for what a broker entered."""
    if posting.initiative is not None:
        return [each.person for each in posting.initiative.members]
    if posting.organisation_id is not None:
        query = select(OrganisationMember).where(OrganisationMember.organisation_id == posting.organisation_id)
        return [each.person for each in db.session.scalars(query.options(joinedload(OrganisationMember.person)))]
    return [posting.person] if posting.person is not None else []


def candidates(posting: Posting, *, with_private: bool) -> Sequence[Posting]:
    """Return what is open on the other side, oldest first; what is for brokers only when asked for by one."""
    base = select(Posting).where(Posting.is_hidden.is_(False)) if with_private else visible()
    other = base.where(Posting.side_name == posting.side.other, Posting.state_name == State.OPEN)
    tied = select(Match.offer_id if posting.side is Side.NEED else Match.need_id)
    tied = tied.where((Match.need_id if posting.side is Side.NEED else Match.offer_id) == posting.id)
    query = other.where(Posting.id.not_in(tied)).order_by(Posting.placed_on, Posting.id).options(*_loaded())
    people = {str(each.id) for each in people_of(posting)}
    return [each for each in db.session.scalars(query) if not people & each.keeper_ids]


def as_asked(posting: Posting) -> Asked[Posting]:
    """Return a need or an offer as the suggestions read it; its initiative and members are loaded."""
    group = posting.initiative
    return Asked(
        posting,
        posting.kind,
        f"{posting.title} {posting.what}",
        posting.wijk_code,
        frozenset(posting.days.split()),
        frozenset(posting.parts.split()),
        posting.from_on,
        posting.until_on,
        is_young=group is not None
        and (group.stage in (Stage.IDEA, Stage.STARTING) or len(group.members) <= FEW_MEMBERS)
        and group.stage is not Stage.INDEPENDENT,
        is_strong=group is not None
        and (group.stage is Stage.INDEPENDENT or (group.stage is Stage.ACTIVE and len(group.members) > FEW_MEMBERS)),
    )


def _matches() -> Select[Match]:
    sides = []
    for side in (Match.need, Match.offer):
        of_group = joinedload(side).joinedload(Posting.initiative)
        sides += [of_group.selectinload(Initiative.members).joinedload(Member.person)]
        sides += [joinedload(side).joinedload(Posting.organisation), joinedload(side).joinedload(Posting.person)]
    return select(Match).options(joinedload(Match.asker), *sides)


def match_by_id(match_id: uuid.UUID) -> Match | None:
    """Return a match with both sides."""
    return db.session.scalar(_matches().where(Match.id == match_id))


def match_between(need_id: uuid.UUID, offer_id: uuid.UUID) -> Match | None:
    """Return the match of a need and an offer."""
    return db.session.scalar(select(Match).where(Match.need_id == need_id, Match.offer_id == offer_id))


def matches_of(posting_ids: Collection[uuid.UUID]) -> Sequence[Match]:
    """Return the matches of these needs and offers, newest first, with both sides."""
    of = or_(Match.need_id.in_(posting_ids), Match.offer_id.in_(posting_ids))
    return db.session.scalars(_matches().where(of).order_by(Match.proposed_on.desc(), Match.id)).all()


def asked_by(person_id: uuid.UUID) -> Sequence[Match]:
    """Return what somebody asked others."""
    return db.session.scalars(_matches().where(Match.asker_id == person_id)).all()


def is_blocked(blocked_id: uuid.UUID, people: Collection[uuid.UUID]) -> bool:
    """Tell whether one of these people wants no more questions of somebody."""
    query = select(Block.id).where(Block.blocked_id == blocked_id, Block.blocker_id.in_(people))
    return db.session.scalar(query.limit(1)) is not None


def blocks_of(person_id: uuid.UUID) -> Sequence[Block]:
    """Return whom somebody blocked."""
    return db.session.scalars(select(Block).where(Block.blocker_id == person_id).order_by(Block.since)).all()


def block_between(blocker_id: uuid.UUID, blocked_id: uuid.UUID) -> Block | None:
    """Return that somebody blocked somebody else."""
    return db.session.scalar(select(Block).where(Block.blocker_id == blocker_id, Block.blocked_id == blocked_id))


def desk(side: str = "") -> Sequence[Posting]:
    """Return what waits for a broker, longest waiting first."""
    query = select(Posting).where(_is_for_broker(), Posting.state_name == State.OPEN)
    query = query.where(Posting.side_name == side) if side else query
    return db.session.scalars(query.order_by(Posting.placed_on, Posting.title, Posting.id).options(*_loaded())).all()


def waiting_needs() -> Sequence[Posting]:
    """Return the needs that wait for a broker and for which nothing was tied or asked yet."""
    tied = select(Match.need_id).where(Match.state_name.in_((MatchState.PROPOSED, MatchState.AGREED)))
    query = select(Posting).where(_is_for_broker(), Posting.state_name == State.OPEN, Posting.side_name == Side.NEED)
    return db.session.scalars(query.where(Posting.id.not_in(tied)).order_by(Posting.placed_on)).all()


def lapsed_on(today: date) -> Sequence[Posting]:
    """Return what is open and whose last day was before a day."""
    query = select(Posting).where(Posting.state_name == State.OPEN, Posting.lapses_on < today)
    return db.session.scalars(query.options(*_loaded())).all()


def not_drawn(settled_until: date) -> Sequence[Match]:
    """Return the agreed matches of at least as long ago that were not put in a draw yet."""
    was_agreed = Match.state_name.in_((MatchState.AGREED, MatchState.ENDED))
    return db.session.scalars(
        _matches().where(was_agreed, Match.settled_on <= settled_until, Match.drawn_on.is_(None)).order_by(Match.id)
    ).all()


def question_by_hash(token_hash: str) -> LastingQuestion | None:
    """Return the question that a link leads to."""
    return db.session.scalar(select(LastingQuestion).where(LastingQuestion.token_hash == token_hash))


def counted(year: int, kind: Kind, wijk_code: str) -> MatchCount | None:
    """Return the count of matches of a kind in a wijk in a year."""
    which = (MatchCount.year == year, MatchCount.kind == kind.value, MatchCount.wijk_code == wijk_code)
    return db.session.scalar(select(MatchCount).where(*which))


def counts() -> Sequence[MatchCount]:
    """Return every count of matches."""
    return db.session.scalars(select(MatchCount).order_by(MatchCount.year.desc(), MatchCount.kind)).all()


def lasting_answers() -> Sequence[LastingAnswer]:
    """Return what was answered to the question whether a match lasts."""
    return db.session.scalars(select(LastingAnswer)).all()


def funds() -> Sequence[Fund]:
    """Return the funds by name."""
    return db.session.scalars(select(Fund).order_by(func.lower(Fund.name))).all()


def fund_by_id(fund_id: uuid.UUID) -> Fund | None:
    """Return one fund."""
    return db.session.get(Fund, fund_id)


def closed_before(day: date) -> Sequence[Posting]:
    """Return the needs and offers of people that were closed before a day."""
    of_person = and_(Posting.initiative_id.is_(None), Posting.organisation_id.is_(None))
    return db.session.scalars(select(Posting).where(of_person, Posting.closed_on < day)).all()


def all_of_initiative(initiative_id: uuid.UUID) -> Sequence[Posting]:
    """Return every need and offer of an initiative, whatever its state."""
    return db.session.scalars(select(Posting).where(Posting.initiative_id == initiative_id)).all()


def block_by_id(block_id: uuid.UUID) -> Block | None:
    """Return one block."""
    return db.session.get(Block, block_id)
