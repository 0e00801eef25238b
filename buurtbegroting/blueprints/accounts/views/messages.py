"""Messages that are read on the site, and the way out of news that an overview holds."""

from __future__ import annotations

import uuid
from typing import Any

import flask

from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.foundation import crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.forms import press
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import overviews, people
from ..forms.account import ButtonForm
from ..models import Person
from ..policy import may_change_person
from .account import me

blueprint = flask.Blueprint("messages", __name__)
PAGE_SIZE = 25


@blueprint.get("/mijn/berichten")
@requires(may_change_person, load=me)
def messages(person: Person) -> str:
    """Show what we told somebody, newest first."""
    number = page_number()
    found, total = outbox.messages_on_site(db.session(), person.id, number, PAGE_SIZE)
    page = PageOf([(each, outbox.rendered(each)) for each in found], number, PAGE_SIZE, total)
    return flask.render_template(
        "accounts/messages.html", page=page, unread=outbox.unread(db.session(), person.id), form=ButtonForm()
    )


@blueprint.post("/mijn/berichten")
@requires(may_change_person, load=me)
def read_messages(person: Person) -> Any:
    """Note that somebody saw all messages."""
    press(lambda: people.note_messages_read(current_actor(), person))
    return flask.redirect(flask.url_for(".messages"), 303)


def _whom(person_id: uuid.UUID, mark: str) -> Person:
    person = queries.person_by_id(person_id)
    if person is None or not crypto.is_same(overviews.stop_mark(person), mark):
        flask.abort(404)
    return person


@blueprint.get("/afmelden/<uuid:person_id>/<mark>")
@public
def stop_page(person_id: uuid.UUID, mark: str) -> str:
    """Ask whether somebody wants no more mail with news."""
    _whom(person_id, mark)
    return flask.render_template("accounts/stop.html", is_done=False)


@blueprint.post("/afmelden/<uuid:person_id>/<mark>")
@public
def stop(person_id: uuid.UUID, mark: str) -> str:
    """Stop mail with news; a mail program sends this by itself when its reader asks (RFC 8058), without any token."""
    overviews.stop_news(ANONYMOUS, _whom(person_id, mark))
    return flask.render_template("accounts/stop.html", is_done=True)
