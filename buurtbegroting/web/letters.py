"""Messages in words: a template in the reader's language, with links that work outside the site."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

import flask

from buurtbegroting.civic.reasons import Reason
from buurtbegroting.config import Settings
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.outbox import Notice, Outbox, Rendered
from buurtbegroting.foundation.outbox import init_app as _init_outbox

from . import i18n
from .slices import Slice


class Sender(Protocol):
    """The municipality that writes."""

    @property
    def name(self) -> str: ...
    @property
    def full_name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def host(self) -> str: ...


def init_app(app: flask.Flask, settings: Settings, slices: list[Slice], sender: Callable[[uuid.UUID], Sender]) -> None:
    """Give the app an outbox with the notices of all slices."""

    def render(notice: Notice, language: str, channel: str, content: dict[str, Any]) -> Rendered:
        """Say a message in a language and for a channel, as the municipality that was entered."""
        municipality = sender(tenancy.current(db.session()))
        base = address_of(settings, municipality)
        with i18n.speaking(language):
            link, facts = _links(app, base, language), content["facts"]
            words = {
                "name": content["name"],
                "sender": municipality,
                "home": base + i18n.prefix(language) + "/",
                "link": link,
                "channel": channel,
                "way_out": None,
                **facts,
            }
            body = app.jinja_env.get_template(notice.template).render(words).strip() + "\n"
            about = i18n.say(Reason(notice.subject.msgid, facts))
            subject = about if channel == "site" else f"{about} – Buurtbegroting {municipality.name}"
            # A mail program presses this address by itself; the page behind it asks.
            out = link(words["way_out"]["endpoint"], **words["way_out"]["values"]) if words["way_out"] else ""
            return Rendered(subject, body, out)

    outbox = Outbox(
        notices={notice.name: notice for each in slices for notice in each.notices},
        events={name: told for each in slices for name, told in each.events.items()},
        render=render,
        mail_url=settings.mail_url,
        mail_from=settings.mail_from,
        mail_folder=settings.data_dir / "mail",
    )
    _init_outbox(app, outbox)


def address_of(settings: Settings, municipality: Sender) -> str:
    """Return where a municipality is found: its own host name, or the address of the installation."""
    if not municipality.host:
        return settings.base_url
    return f"{urlsplit(settings.base_url).scheme}://{municipality.host}"


def _links(app: flask.Flask, base: str, language: str) -> Callable[..., str]:
    parts = urlsplit(base)
    adapter = app.url_map.bind(parts.netloc, parts.path + i18n.prefix(language), url_scheme=parts.scheme)

    def link(endpoint: str, **values: Any) -> str:
        """Return the full address of a page."""
        return adapter.build(endpoint, values, force_external=True)

    return link
