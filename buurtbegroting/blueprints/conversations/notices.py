"""Who hears of news, and in which words."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient
from buurtbegroting.web import subjects

from . import queries
from .models import Comment, Follow, NewsItem
from .states import CommentState

NEWS = "conversations:news"
# A mail is plain text: the marks of headings and of bold say nothing there.
MARKS = re.compile(r"^#+ *|\*\*", re.MULTILINE)
PUBLISHED = "conversations:news published"

COMMENT = "conversations:comment"
ANSWER = "conversations:answer"
HIDDEN = "conversations:comment hidden"
SHOWN = "conversations:comment shown"
SAID = "conversations:comment said"

NOTICES = (
    Notice(NEWS, _r("%(title)s"), "conversations/mail/news.txt"),
    Notice(COMMENT, _r("Somebody said something about %(title)s"), "conversations/mail/comment.txt"),
    Notice(ANSWER, _r("Somebody answered you"), "conversations/mail/comment.txt"),
    Notice(HIDDEN, _r("We hid what you said"), "conversations/mail/hidden.txt"),
    Notice(SHOWN, _r("What you said stands again"), "conversations/mail/shown.txt"),
)


def news_facts(news: NewsItem, follow: Follow | None) -> dict[str, Any]:
    """Return what a message about news says; with the way out of who follows its subject."""
    text = MARKS.sub("", news.body)
    facts = {"title": news.title, "text": text, "from_whom": news.sender, "number": news.number or ""}
    return facts | ({"way_out": way_out(follow)} if follow else {})


def way_out(follow: Follow) -> dict[str, Any]:
    """Return the page where somebody stops following by one click in a mail."""
    return {"endpoint": "following.stop_by_mail_page", "values": {"follow_id": str(follow.id)}}


def tell_of_news(news_id: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told of a piece of news: everybody who follows its subject."""
    news = queries.news_by_id(uuid.UUID(news_id))
    if news is None:
        return
    for follow in queries.followers(news.kind, news.key):
        for to in hearers(follow.person, is_news=True):
            yield NEWS, to, news_facts(news, follow)


def tell_of_comment(comment_id: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told of a comment: whom it answers, at once, and who follows the subject."""
    comment = queries.comment_by_id(uuid.UUID(comment_id))
    if comment is None or comment.state is not CommentState.PUBLISHED or comment.thread.visibility != "public":
        return
    subject = subjects.find(comment.thread.kind, comment.thread.key)
    facts = {
        "title": subject.title if subject else "",
        "text": comment.body,
        "who": comment.author_name,
        "thread_id": str(comment.thread_id),
        "number": comment.number,
    }
    parent = queries.comment_by_id(comment.parent_id) if comment.parent_id else None
    answered = person_by_id(parent.author_id) if parent and parent.author_id else None
    if answered and answered.id != comment.author_id and answered.forgotten_on is None:
        for to in hearers(answered, is_news=False):
            yield ANSWER, to, facts
    for follow in queries.followers(comment.thread.kind, comment.thread.key):
        if follow.person_id not in (comment.author_id, answered.id if answered else None):
            for to in hearers(follow.person, is_news=True):
                yield COMMENT, to, facts | {"way_out": way_out(follow)}


def to_author(author: Person, comment: Comment) -> Iterator[tuple[Recipient, dict[str, Any]]]:
    """Yield how the author of a comment hears what who moderates decided."""
    facts = {
        "text": comment.body,
        "reason": comment.reason,
        "thread_id": str(comment.thread_id),
        "number": comment.number,
    }
    for to in hearers(author, is_news=False):
        yield to, facts


EVENTS = {PUBLISHED: tell_of_news, SAID: tell_of_comment}
