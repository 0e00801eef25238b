"""Reads of who follows what, and of news."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.municipalities.queries import Tenant, regions_of
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db

from .models import AbuseReport, Attachment, AttachmentState, Comment, Follow, NewsItem, NewsState, Seconding, Thread
from .states import CommentState


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


def keys_of_comments(thread_id: uuid.UUID | None = None) -> Sequence[str]:
    """Return the ids of all comments, or of those in one thread, as texts."""
    query = select(Comment.id) if thread_id is None else select(Comment.id).where(Comment.thread_id == thread_id)
    return [str(each) for each in db.session.scalars(query)]


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


def thread_by_id(thread_id: uuid.UUID) -> Thread | None:
    """Return one thread."""
    return db.session.scalar(select(Thread).where(Thread.id == thread_id))


def comment_by_number(thread_id: uuid.UUID, number: int) -> Comment | None:
    """Return one comment of a thread, with the thread."""
    query = select(Comment).where(Comment.thread_id == thread_id, Comment.number == number)
    return db.session.scalar(query.options(joinedload(Comment.thread)))


ORDERS = {
    "nieuwste": (Comment.number.desc(),),
    "oudste": (Comment.number.asc(),),
    "bijval": (Comment.seconds.desc(), Comment.number.desc()),
}


def _shown_to(person_id: str | None) -> ColumnElement[bool]:
    """Return what somebody may read: what is published or taken back, and their own."""
    seen = Comment.state_name.in_((CommentState.PUBLISHED, CommentState.WITHDRAWN))
    return or_(seen, Comment.author_id == uuid.UUID(person_id)) if person_id else seen


def comments(
    thread_id: uuid.UUID, order: str, page: int, size: int, person_id: str | None
) -> tuple[Sequence[Comment], dict[uuid.UUID, list[Comment]], int]:
    """Return a page of what was said in a thread, the answers by what they answer, and how much was said."""
    here = (Comment.thread_id == thread_id, _shown_to(person_id))
    count = select(func.count()).select_from(Comment).where(*here, Comment.parent_id.is_(None))
    query = select(Comment).where(*here, Comment.parent_id.is_(None)).options(joinedload(Comment.thread))
    tops = db.session.scalars(query.order_by(*ORDERS[order]).offset((page - 1) * size).limit(size)).all()
    answers: dict[uuid.UUID, list[Comment]] = {}
    below = select(Comment).where(*here, Comment.parent_id.in_([each.id for each in tops]))
    for each in db.session.scalars(below.order_by(Comment.number).options(joinedload(Comment.thread))):
        if each.parent_id:
            answers.setdefault(each.parent_id, []).append(each)
    return tops, answers, db.session.scalar(count) or 0


def number_of_comments(thread_id: uuid.UUID) -> int:
    """Return how much was said in a thread that everybody may read."""
    here = (Comment.thread_id == thread_id, Comment.state_name == CommentState.PUBLISHED)
    return db.session.scalar(select(func.count()).select_from(Comment).where(*here)) or 0


def seconded_by(person_id: str, thread_id: uuid.UUID) -> set[uuid.UUID]:
    """Return with which comments of a thread somebody agrees."""
    query = select(Seconding.comment_id).join(Comment, Comment.id == Seconding.comment_id)
    mine = (Seconding.person_id == uuid.UUID(person_id), Comment.thread_id == thread_id)
    return set(db.session.scalars(query.where(*mine)))


def seconding_of(person_id: str, comment_id: uuid.UUID) -> Seconding | None:
    """Return that somebody agrees with a comment, if so."""
    query = select(Seconding).where(Seconding.person_id == uuid.UUID(person_id), Seconding.comment_id == comment_id)
    return db.session.scalar(query)


def abuse_report_of(person_id: uuid.UUID, comment_id: uuid.UUID) -> AbuseReport | None:
    """Return that somebody reported a comment, if so."""
    query = select(AbuseReport).where(AbuseReport.person_id == person_id, AbuseReport.comment_id == comment_id)
    return db.session.scalar(query)


def open_reports_of(comment_id: uuid.UUID) -> Sequence[AbuseReport]:
    """Return the reports about a comment that nobody has looked at."""
    query = select(AbuseReport).where(AbuseReport.comment_id == comment_id, AbuseReport.settled_at.is_(None))
    return db.session.scalars(query).all()


def comment_by_id(comment_id: uuid.UUID) -> Comment | None:
    """Return one comment with its thread."""
    return db.session.scalar(select(Comment).where(Comment.id == comment_id).options(joinedload(Comment.thread)))


def page_of(comment: Comment, size: int) -> int:
    """Return on which page of the oldest-first order a comment stands, by the comment that it answers."""
    top = comment.parent_id or comment.id
    number = db.session.scalar(select(Comment.number).where(Comment.id == top)) or 1
    before = (Comment.thread_id == comment.thread_id, Comment.parent_id.is_(None), Comment.number < number)
    count = db.session.scalar(select(func.count()).select_from(Comment).where(*before, _shown_to(None))) or 0
    return count // size + 1


def recent_by(author_id: str, since: datetime) -> Sequence[Comment]:
    """Return what somebody said since a moment."""
    query = select(Comment).where(Comment.author_id == uuid.UUID(author_id), Comment.made_at > since)
    return db.session.scalars(query.order_by(Comment.made_at)).all()


def has_published(author_id: str) -> bool:
    """Tell whether anything that somebody said was ever published."""
    query = select(Comment.id).where(
        Comment.author_id == uuid.UUID(author_id), Comment.state_name == CommentState.PUBLISHED
    )
    return db.session.scalar(query.limit(1)) is not None


def waiting_for_moderation() -> list[tuple[Comment, list[AbuseReport]]]:
    """Return what waits for who moderates, oldest first: what is held, what was reported, and objections."""
    open_reports = select(AbuseReport).where(AbuseReport.settled_at.is_(None)).order_by(AbuseReport.made_at)
    reports: dict[uuid.UUID, list[AbuseReport]] = {}
    for each in db.session.scalars(open_reports):
        reports.setdefault(each.comment_id, []).append(each)
    waits = or_(
        Comment.state_name == CommentState.HELD,
        Comment.id.in_(reports),
        (Comment.state_name == CommentState.HIDDEN) & (Comment.objection != "") & ~Comment.objection_settled,
    )
    query = select(Comment).where(waits).options(joinedload(Comment.thread)).order_by(Comment.made_at)
    return [(each, reports.get(each.id, [])) for each in db.session.scalars(query)]


def everything_said_by(person_id: uuid.UUID) -> Sequence[Comment]:
    """Return everything that somebody said and did not take back, in whatever state, oldest first."""
    query = select(Comment).where(Comment.author_id == person_id, Comment.body != "")
    return db.session.scalars(query.options(joinedload(Comment.thread)).order_by(Comment.made_at)).all()


def attachments_of(album_id: uuid.UUID, *, with_hidden: bool = False) -> Sequence[Attachment]:
    """Return the photos and PDFs of an album without their bytes, oldest first."""
    query = select(Attachment).where(Attachment.album_id == album_id).order_by(Attachment.made_at, Attachment.id)
    shown = query if with_hidden else query.where(Attachment.state == AttachmentState.SHOWN)
    return db.session.scalars(shown.options(joinedload(Attachment.album))).all()


def attachment_by_id(attachment_id: uuid.UUID) -> Attachment | None:
    """Return a photo or PDF with its album, without its bytes."""
    query = select(Attachment).where(Attachment.id == attachment_id)
    return db.session.scalar(query.options(joinedload(Attachment.album)))


def bytes_of(attachment_id: uuid.UUID, *, is_small: bool) -> bytes:
    """Return the bytes of a photo in one of its sizes, or of a PDF."""
    column = Attachment.small if is_small else Attachment.large
    return db.session.scalar(select(column).where(Attachment.id == attachment_id)) or b""


def number_in_album(album_id: uuid.UUID) -> int:
    """Return how many photos and PDFs an album holds, hidden ones too."""
    return db.session.scalar(select(func.count(Attachment.id)).where(Attachment.album_id == album_id)) or 0


def number_added_since(person_id: str, moment: datetime) -> int:
    """Return how many photos and PDFs somebody added since a moment."""
    added = select(func.count(Attachment.id)).where(Attachment.made_at > moment)
    return db.session.scalar(added.where(Attachment.added_by_id == uuid.UUID(person_id))) or 0
