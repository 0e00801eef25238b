"""Reads of who follows what, and of news."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.municipalities.queries import Tenant, regions_of
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db

from .models import Follow, NewsItem, NewsState


def follow_of(person_id: str, kind: str, key: str) -> Follow | None:
    """Return that somebody follows a subject, if so."""
    query = select(Follow).where(Follow.person_id == uuid.UUID(person_id), Follow.kind == kind, Follow.key == key)
    return db.session.scalar(query)


def follow_by_id(follow_id: uuid.UUID) -> Follow | None:
    """Return one following with its person."""
    return db.session.scalar(select(Follow).where(Follow.id == follow_id).options(joinedload(Follow.person)))


def follows_of(person_id: str) -> Sequence[Follow]:
    """Return what somebody follows, the newest first."""
    query = select(Follow).where(Follow.person_id == uuid.UUID(person_id))
    return db.session.scalars(query.order_by(Follow.since.desc(), Follow.kind, Follow.key)).all()


def _followers(kind: str, key: str) -> Select[Follow]:
    here = (Follow.kind == kind, Follow.key == key, Person.forgotten_on.is_(None))
    return select(Follow).join(Follow.person).where(*here)


def followers(kind: str, key: str) -> Sequence[Follow]:
    """Return who follows a subject, with the people."""
    return db.session.scalars(_followers(kind, key).options(joinedload(Follow.person)).order_by(Follow.id)).all()


def number_of_followers(kind: str, key: str) -> int:
    """Return how many people follow a subject."""
    return db.session.scalar(_followers(kind, key).with_only_columns(func.count())) or 0


def news_by_id(news_id: uuid.UUID) -> NewsItem | None:
    """Return one piece of news, published or not."""
    return db.session.scalar(select(NewsItem).where(NewsItem.id == news_id))


def news_by_number(number: str) -> NewsItem | None:
    """Return the published news with this number."""
    return db.session.scalar(select(NewsItem).where(NewsItem.number == number))


def published_news(kind: str, key: str, page: int, size: int) -> tuple[Sequence[NewsItem], int]:
    """Return a page of the published news, newest first, and how much there is; of one subject or of all."""
    wanted = [NewsItem.state == NewsState.PUBLISHED]
    if kind:
        wanted += [NewsItem.kind == kind, NewsItem.key == key]
    total = db.session.scalar(select(func.count()).select_from(NewsItem).where(*wanted)) or 0
    query = select(NewsItem).where(*wanted).order_by(NewsItem.published_at.desc(), NewsItem.id)
    return db.session.scalars(query.offset((page - 1) * size).limit(size)).all(), total


def news_near(kind: str, key: str, most: int) -> Sequence[NewsItem]:
    """Return the newest published news about a subject or about the whole municipality."""
    about = or_((NewsItem.kind == kind) & (NewsItem.key == key), NewsItem.kind == "gemeente")
    query = select(NewsItem).where(NewsItem.state == NewsState.PUBLISHED, about)
    return db.session.scalars(query.order_by(NewsItem.published_at.desc()).limit(most)).all()


def news_of_regions(municipality_id: uuid.UUID, most: int) -> list[tuple[Tenant, NewsItem]]:
    """Return the newest news of the regions in which a municipality takes part, each with its region."""
    found = []
    for region in regions_of(municipality_id):
        with tenancy.inside(db.session(), region.id):
            found += [(region, item) for item in published_news("", "", 1, most)[0]]
    return found


def all_news() -> Sequence[NewsItem]:
    """Return drafts first, then what was published, newest first."""
    query = select(NewsItem).order_by(
        NewsItem.published_at.is_not(None), NewsItem.published_at.desc(), NewsItem.made_at
    )
    return db.session.scalars(query.limit(200)).all()


def next_number(year: int) -> str:
    """Return the first free number of a year."""
    taken = db.session.scalars(select(NewsItem.number).where(NewsItem.number.startswith(f"{year}-"))).all()
    return f"{year}-{max((int(each.split('-')[1]) for each in taken if each), default=0) + 1}"
