"""Who follows what, the news that they hear, what people say about a subject, and its photos."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.foundation.tenancy import TenantModel

from .states import CommentState


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


class Visibility(enum.StrEnum):
    """Who sees a thread: its owner moves it along with the subject."""

    PUBLIC = "public"
    HIDDEN = "hidden"


class Thread(TenantModel):
    """The talk about one subject; what is hidden hides its talk with it. ``is_open`` tells whether it goes on."""

    __tablename__ = "thread"
    __table_args__ = (
        CheckConstraint("visibility IN ('public', 'hidden')", name="visibility"),
        UniqueConstraint("municipality_id", "kind", "key"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    visibility: Mapped[str] = mapped_column(String(10), default=Visibility.HIDDEN)
    is_open: Mapped[bool] = mapped_column(default=True)
    last_number: Mapped[int] = mapped_column(default=0)


class Stance(enum.StrEnum):
    """What somebody says it as."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"
    QUESTION = "question"


class Comment(TenantModel):
    """What somebody said in a thread; ``number`` counts in the thread and stands in addresses.

    ``author_name`` is what stood there when it was said, empty for who is forgotten. ``department`` marks an answer by
    the municipality. ``reason`` is why who moderates held or hid it, ``objection`` the author's one answer to that.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("state IN ('published', 'held', 'hidden', 'withdrawn')", name="state"),
        CheckConstraint("stance IN ('for', 'against', 'neutral', 'question')", name="stance"),
        CheckConstraint("state <> 'hidden' OR reason <> ''", name="reason"),
        CheckConstraint("state <> 'withdrawn' OR body = ''", name="withdrawn"),
        UniqueConstraint("thread_id", "number"),
        Index("ix_comment_parent_id", "parent_id"),
    )

    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(120))
    department: Mapped[str] = mapped_column(String(80), default="")
    stance: Mapped[str] = mapped_column(String(10), default=Stance.NEUTRAL)
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    made_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    state_name: Mapped[str] = mapped_column("state", String(10), default=CommentState.PUBLISHED)
    reason: Mapped[str] = mapped_column(String(500), default="")
    objection: Mapped[str] = mapped_column(String(1000), default="")
    objection_settled: Mapped[bool] = mapped_column(default=False)
    seconds: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    thread: Mapped[Thread] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> CommentState:
        """Where the comment stands."""
        return CommentState(self.state_name)


class Seconding(TenantModel):
    """Somebody who agrees with a comment, once."""

    __tablename__ = "seconding"
    __table_args__ = (UniqueConstraint("comment_id", "person_id"),)

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class AbuseReport(TenantModel):
    """Somebody who says that a comment cannot stay, once; settled when who moderates has looked."""

    __tablename__ = "abuse_report"
    __table_args__ = (UniqueConstraint("comment_id", "person_id"),)

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    why: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    comment: Mapped[Comment] = relationship()


class AttachmentState(enum.StrEnum):
    """Whether a photo or PDF is shown; who moderates hides, and what is hidden is kept."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class Album(TenantModel):
    """The photos and PDFs of one subject; what is hidden hides its album with it."""

    __tablename__ = "album"
    __table_args__ = (
        CheckConstraint("visibility IN ('public', 'hidden')", name="visibility"),
        UniqueConstraint("municipality_id", "kind", "key"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    visibility: Mapped[str] = mapped_column(String(10), default=Visibility.HIDDEN)


class Attachment(TenantModel):
    """A photo, drawn anew in two sizes, or a PDF; ``text`` says what is on it, for who cannot see it.

    ``width`` and ``height`` are in pixels, ``size`` in bytes. The bytes are read only when they are sent.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("kind IN ('photo', 'pdf')", name="kind"),
        CheckConstraint("state IN ('shown', 'hidden')", name="state"),
        CheckConstraint("state <> 'hidden' OR reason <> ''", name="reason"),
        CheckConstraint("(kind = 'photo') = (small IS NOT NULL)", name="small"),
    )

    album_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("album.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(300))
    width: Mapped[int | None]
    height: Mapped[int | None]
    size: Mapped[int]
    large: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=AttachmentState.SHOWN)
    reason: Mapped[str] = mapped_column(String(500), default="")
    album: Mapped[Album] = relationship()
