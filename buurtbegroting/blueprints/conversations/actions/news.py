"""Writing and publishing news."""

from __future__ import annotations

from dataclasses import dataclass

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.notices import recipient
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Changed
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import NewsItem, NewsState
from ..notices import NEWS, PUBLISHED, news_facts
from ..policy import may_write_news


@dataclass(frozen=True)
class NewsText:
    """What a piece of news says, about which subject, and on whose behalf; ``body`` has simple marks (Markdown)."""

    kind: str
    key: str
    title: str
    body: str
    sender: str


@deed("conversations:news:drafted")
def draft_news(actor: Actor, wanted: NewsText) -> NewsItem:
    """Keep a piece of news that nobody sees yet."""
    now = clock.now(db.session())
    news = NewsItem(**vars(wanted), state=NewsState.DRAFT, made_at=now)
    insist(may_write_news(actor, news, now))
    db.session.add(news)
    db.session.flush()
    return news


@deed("conversations:news:changed")
def change_news(actor: Actor, news: NewsItem, wanted: NewsText, version: int) -> NewsItem:
    """Change a draft; raise Changed when somebody else was first."""
    now = clock.now(db.session())
    insist(may_write_news(actor, news, now))
    if news.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    for name, value in vars(wanted).items():
        setattr(news, name, value)
    insist(may_write_news(actor, news, now))
    return news


@deed("conversations:news:thrown away")
def throw_away(actor: Actor, news: NewsItem) -> NewsItem:
    """Throw a draft away."""
    insist(may_write_news(actor, news, clock.now(db.session())))
    db.session.delete(news)
    return news


@deed(unaudited="a trial changes nothing")
def try_news(actor: Actor, news: NewsItem, reader: Person) -> Person:
    """Send a draft to who wrote it, to see what others will get."""
    insist(may_write_news(actor, news, clock.now(db.session())))
    outbox.send(db.session(), NEWS, recipient(reader), **news_facts(news, None))
    return reader


@deed("conversations:news:published")
def publish_news(actor: Actor, news: NewsItem) -> NewsItem:
    """Publish a draft, and let who follows its subject hear of it."""
    now = clock.now(db.session())
    insist(may_write_news(actor, news, now))
    news.number = queries.next_number(clock.local_day(now).year)
    news.state, news.published_at = NewsState.PUBLISHED, now
    outbox.announce(db.session(), PUBLISHED, news_id=str(news.id))
    return news
