"""How news and what people said are found."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.foundation.search import Entry, Kind
from buurtbegroting.web import subjects
from buurtbegroting.web.pages import slug

from . import queries
from .models import Comment, NewsItem, NewsState, Thread, Visibility
from .notices import MARKS
from .states import CommentState


def _comment(key: str) -> Entry | None:
    found = queries.comment_by_id(uuid.UUID(key))
    if found is None or found.state is not CommentState.PUBLISHED or found.thread.visibility != Visibility.PUBLIC:
        return None
    subject = subjects.find(found.thread.kind, found.thread.key)
    return Entry(
        title=subject.title if subject else "",
        text=found.body,
        endpoint="talk.comment",
        values={"thread_id": str(found.thread_id), "number": found.number},
        day=local_day(found.made_at),
        language=found.language,
    )


def _comments_of(thread: Thread) -> Iterable[str]:
    return queries.keys_of_comments(thread.id)


def _news(key: str) -> Entry | None:
    found = queries.news_by_id(uuid.UUID(key))
    if found is None or found.state != NewsState.PUBLISHED or found.published_at is None:
        return None
    return Entry(
        title=found.title,
        text=MARKS.sub("", found.body),
        endpoint="news.item",
        values={"number": found.number, "name": slug(found.title)},
        wijk_code=found.key if found.kind == "wijk" else None,
        day=local_day(found.published_at),
        language=found.language,
    )


def _all_news() -> Iterable[str]:
    return [str(each.id) for each in queries.all_news()]


KINDS = {
    "nieuws": Kind(_r("News"), all_keys=_all_news, entry=_news, touched_by={NewsItem: lambda news: [str(news.id)]}),
    "reactie": Kind(
        _r("Talk"),
        all_keys=queries.keys_of_comments,
        entry=_comment,
        touched_by={Comment: lambda comment: [str(comment.id)], Thread: _comments_of},
    ),
}
