"""Who hears of news, and in which words."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient

from . import queries
from .models import Follow, NewsItem

NEWS = "conversations:news"
# A mail is plain text: the marks of headings and of bold say nothing there.
MARKS = re.compile(r"^#+ *|\*\*", re.MULTILINE)
PUBLISHED = "conversations:news published"

NOTICES = (Notice(NEWS, _r("%(title)s"), "conversations/mail/news.txt"),)


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


EVENTS = {PUBLISHED: tell_of_news}
