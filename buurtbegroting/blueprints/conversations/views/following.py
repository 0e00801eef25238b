"""Residents' pages about following and news."""

from __future__ import annotations

import uuid
from typing import Any

import flask

from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.web import letters, subjects
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.forms import Form, press
from buurtbegroting.web.pages import PageOf, page_number, slug
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.subjects import Subject

from .. import queries
from ..actions import following
from ..models import Follow, NewsItem
from ..policy import may_follow, may_see_news, may_stop_following

blueprint = flask.Blueprint("following", __name__, template_folder="../templates")
news_blueprint = flask.Blueprint("news", __name__)
PAGE_SIZE = 20
FEED_SIZE = 30
OF_REGIONS = 3


@blueprint.get("/volgen/<kind>/<key>")
@requires(may_follow, load=subjects.find)
def follow_page(subject: Subject) -> str:
    """Ask whether somebody wants to follow a subject, or say that they do already."""
    found = queries.follow_of(str(current_actor().person_id), subject.kind, subject.key)
    return flask.render_template("conversations/follow.html", subject=subject, follow=found, form=Form())


@blueprint.post("/volgen/<kind>/<key>")
@requires(may_follow, load=subjects.find)
def follow(subject: Subject) -> Any:
    """Follow a subject."""
    press(lambda: following.follow(current_actor(), subject.kind, subject.key))
    return flask.redirect(flask.url_for(".follows", gelukt="volgt"), 303)


@blueprint.get("/mijn/volgen")
@requires(may_follow)
def follows() -> str:
    """Show what somebody follows."""
    found = queries.follows_of(str(current_actor().person_id))
    shown = [(each, subjects.find(each.kind, each.key)) for each in found]
    return flask.render_template("conversations/follows.html", follows=shown, form=Form())


@blueprint.post("/mijn/volgen/<uuid:follow_id>/stoppen")
@requires(may_stop_following, load=queries.follow_by_id)
def stop(follow: Follow) -> Any:
    """Stop following a subject."""
    press(lambda: following.stop_following(current_actor(), follow))
    return flask.redirect(flask.url_for(".follows", gelukt="gestopt"), 303)


def _followed(follow_id: uuid.UUID) -> Follow:
    return queries.follow_by_id(follow_id) or flask.abort(404)


@blueprint.get("/afmelden/<uuid:follow_id>")
@public
def stop_by_mail_page(follow_id: uuid.UUID) -> str:
    """Ask whether somebody who came from a mail wants to stop following."""
    follow = _followed(follow_id)
    found = subjects.find(follow.kind, follow.key)
    return flask.render_template("conversations/stop.html", subject=found, is_done=False)


@blueprint.post("/afmelden/<uuid:follow_id>")
@public
def stop_by_mail(follow_id: uuid.UUID) -> str:
    """Stop following; a mail program sends this by itself when its reader asks (RFC 8058), without any token."""
    follow = _followed(follow_id)
    found = subjects.find(follow.kind, follow.key)
    following.stop_by_mail(ANONYMOUS, follow)
    return flask.render_template("conversations/stop.html", subject=found, is_done=True)


def _asked_subject() -> Subject | None:
    """Return the subject that a list of news is limited to; none for all news, a missing page for nonsense."""
    asked = flask.request.args.get("over", "")
    if not asked:
        return None
    kind, _, key = asked.partition("/")
    return subjects.find(kind, key) or flask.abort(404)


@news_blueprint.get("/nieuws")
@public
def news() -> str:
    """Show the news, newest first."""
    subject, number = _asked_subject(), page_number()
    kind, key = (subject.kind, subject.key) if subject else ("", "")
    found, total = queries.published_news(kind, key, number, PAGE_SIZE)
    settings = flask.current_app.config["SETTINGS"]
    of_regions = queries.news_of_regions(flask.g.tenant.id, OF_REGIONS) if not subject and number == 1 else []
    return flask.render_template(
        "conversations/news.html",
        page=PageOf(found, number, PAGE_SIZE, total),
        subject=subject,
        of_regions=[(region, item, letters.address_of(settings, region)) for region, item in of_regions],
    )


@news_blueprint.get("/nieuws.rss")
@public
def feed() -> flask.Response:
    """Answer with the newest news for a feed reader."""
    subject = _asked_subject()
    kind, key = (subject.kind, subject.key) if subject else ("", "")
    found, _ = queries.published_news(kind, key, 1, FEED_SIZE)
    body = flask.render_template("conversations/feed.xml", items=found, subject=subject)
    return flask.Response(body, content_type="application/rss+xml; charset=utf-8")


@news_blueprint.get("/nieuws/<human_number:number>")
@news_blueprint.get("/nieuws/<human_number:number>-<name>")
@requires(may_see_news, load=queries.news_by_number)
def item(found: NewsItem) -> Any:
    """Show one piece of news."""
    return elsewhere(".item", number=found.number, name=slug(found.title)) or flask.render_template(
        "conversations/news_item.html", item=found, subject=subjects.find(found.kind, found.key)
    )
