"""Who follows what, and the news that they hear."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.foundation.tenancy import TenantModel


class Follow(TenantModel):
    """Somebody who wants to hear of a subject; the id stands in mails, as the way out that nobody can guess."""

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "key"),
        Index("ix_follow_subject", "municipality_id", "kind", "key"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    since: Mapped[date]
    person: Mapped[Person] = relationship()


class NewsState(enum.StrEnum):
    """Where a piece of news stands."""

    DRAFT = "draft"
    PUBLISHED = "published"


class NewsItem(TenantModel):
    """A piece of news about a subject; published news has a number and is not changed any more."""

    __tablename__ = "news_item"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published')", name="state"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("(state = 'published') = (number IS NOT NULL)", name="number"),
        UniqueConstraint("municipality_id", "number"),
    )

    number: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    sender: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2), default="nl")
    state: Mapped[str] = mapped_column(String(20), default=NewsState.DRAFT)
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
