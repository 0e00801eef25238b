"""Where officials write news."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.web import subjects
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor, current_visitor

from .. import queries
from ..actions import news as actions
from ..forms import NewsForm
from ..models import NewsItem
from ..policy import may_write_news, may_write_some_news

blueprint = flask.Blueprint("newsroom", __name__, url_prefix="/beheer/nieuws")


@blueprint.get("")
@requires(may_write_some_news)
def newsroom() -> str:
    """Show drafts and what was published."""
    found = [(each, subjects.find(each.kind, each.key)) for each in queries.all_news()]
    return flask.render_template("conversations/manage/newsroom.html", news=found)


def _form(news: NewsItem | None, **how: Any) -> NewsForm:
    known: dict[str, str] = {}
    if news:
        known = {name: getattr(news, name) for name in ("title", "body", "sender")}
        known |= {"subject": f"{news.kind}/{news.key}", "version": str(news.version)}
    form = NewsForm(**how, data=known)
    form.offer()
    return form


def _text(form: NewsForm) -> actions.NewsText:
    kind, _, key = form.subject.data.partition("/")
    return actions.NewsText(kind, key, form.title.data, form.body.data, form.sender.data)


@blueprint.get("/nieuw")
@requires(may_write_some_news)
def new_page() -> str:
    """Ask for a piece of news."""
    return flask.render_template("conversations/manage/write.html", form=_form(None), news=None)


@blueprint.post("/nieuw")
@requires(may_write_some_news)
def draft() -> Any:
    """Keep a draft."""
    form = _form(None)
    made = submit(form, lambda: actions.draft_news(current_actor(), _text(form)))
    if made is None:
        return page_with_errors("conversations/manage/write.html", form=form, news=None)
    return flask.redirect(flask.url_for(".draft_page", news_id=made.id, gelukt="bewaard"), 303)


@blueprint.get("/<uuid:news_id>")
@requires(may_write_news, load=queries.news_by_id)
def draft_page(news: NewsItem) -> str:
    """Show a draft as others will see it, with how many people hear of it."""
    return flask.render_template(
        "conversations/manage/draft.html",
        news=news,
        subject=subjects.find(news.kind, news.key),
        hearers=queries.number_of_followers(news.kind, news.key),
        form=Form(),
    )


@blueprint.get("/<uuid:news_id>/wijzigen")
@requires(may_write_news, load=queries.news_by_id)
def change_page(news: NewsItem) -> str:
    """Show a draft to be changed."""
    return flask.render_template("conversations/manage/write.html", form=_form(news), news=news)


@blueprint.post("/<uuid:news_id>/wijzigen")
@requires(may_write_news, load=queries.news_by_id)
def change(news: NewsItem) -> Any:
    """Keep what was changed in a draft."""
    form = _form(news)

    def change() -> NewsItem:
        return actions.change_news(current_actor(), news, _text(form), form.version_seen)

    if submit(form, change, lambda: _form(news, formdata=None)) is None:
        return page_with_errors("conversations/manage/write.html", form=form, news=news)
    return flask.redirect(flask.url_for(".draft_page", news_id=news.id, gelukt="bewaard"), 303)


@blueprint.post("/<uuid:news_id>/proef")
@requires(may_write_news, load=queries.news_by_id)
def try_out(news: NewsItem) -> Any:
    """Mail a draft to who looks at it."""
    visitor = current_visitor()
    reader = person_by_id(visitor.person_id) if visitor else None
    if reader:
        press(lambda: actions.try_news(current_actor(), news, reader))
    return flask.redirect(flask.url_for(".draft_page", news_id=news.id, gelukt="proef"), 303)


@blueprint.post("/<uuid:news_id>/publiceren")
@requires(may_write_news, load=queries.news_by_id)
def publish(news: NewsItem) -> Any:
    """Publish a draft."""
    if submit(Form(), lambda: actions.publish_news(current_actor(), news)) is None:
        return flask.redirect(flask.url_for(".draft_page", news_id=news.id), 303)
    return flask.redirect(flask.url_for(".newsroom", gelukt="gepubliceerd"), 303)


@blueprint.post("/<uuid:news_id>/weggooien")
@requires(may_write_news, load=queries.news_by_id)
def throw_away(news: NewsItem) -> Any:
    """Throw a draft away."""
    press(lambda: actions.throw_away(current_actor(), news))
    return flask.redirect(flask.url_for(".newsroom", gelukt="weg"), 303)
