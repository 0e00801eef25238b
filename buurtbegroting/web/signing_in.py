"""Who makes this request: a thin coat around Flask-Login, with sign-ins that stand in the database.

The browser's cookie holds a token that means nothing by itself; ending a sign-in in the database ends it everywhere.
"""

from __future__ import annotations

import ipaddress
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import flask
import flask_login

from buurtbegroting.civic.actors import ANONYMOUS, Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotYours
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

# How often a sign-in is noted as still in use; pages in between write nothing.
NOTED_EVERY = timedelta(minutes=5)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
PLAIN_NAMES = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Mac OS": "Mac"}


class Visitor(Protocol):
    """What a page needs to know of who is signed in."""

    @property
    def sign_in_id(self) -> uuid.UUID: ...
    @property
    def person_id(self) -> uuid.UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def is_half(self) -> bool: ...
    @property
    def has_second_factor(self) -> bool: ...
    @property
    def seen_at(self) -> datetime: ...
    @property
    def behalf_name(self) -> str | None: ...


class _SignedIn(flask_login.UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps: the token, and who it belongs to."""

    def __init__(self, token: str, visitor: Visitor) -> None:
        self.token = token
        self.visitor = visitor

    def get_id(self) -> str:
        """Return the token; the cookie holds nothing else."""
        return self.token


def init_app(
    app: flask.Flask,
    find: Callable[[str, datetime], Visitor | None],
    note: Callable[[Actor, uuid.UUID], None],
    *,
    is_production: bool,
) -> None:
    """Let every request know its visitor; ``find`` looks up a token, ``note`` remembers that somebody is there."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-bb" if is_production else "bb",
        SESSION_COOKIE_SECURE=is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # A form may be filled in as long as its phase lasts.
        WTF_CSRF_TIME_LIMIT=None,
    )
    manager = flask_login.LoginManager(app)
    # It would keep a hash of network address and browser.
    manager.session_protection = None
    manager.anonymous_user = lambda: None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> _SignedIn | None:
        found = find(token, clock.now(db.session())) if "tenant" in flask.g else None
        return _SignedIn(token, found) if found else None

    @app.before_request
    def refuse_requests_of_other_sites() -> None:
        site = flask.request.headers.get("Sec-Fetch-Site", "none")
        if flask.request.method not in SAFE_METHODS and site not in ("same-origin", "none"):
            raise NotYours(_r("This was sent from another site."))

    @app.before_request
    def know_visitor() -> None:
        visitor = current_visitor()
        if visitor and clock.now(db.session()) - visitor.seen_at > NOTED_EVERY:
            note(visitor.actor, visitor.sign_in_id)

    @app.context_processor
    def surroundings() -> dict[str, Any]:
        return {"visitor": current_visitor()}


def current_visitor() -> Visitor | None:
    """Return who is signed in, perhaps by half, or None."""
    if "_user_id" not in flask.session:
        return None
    user = flask_login.current_user._get_current_object()
    visitor: Visitor | None = user.visitor if user else None
    return visitor


def current_actor() -> Actor:
    """Return who makes this request."""
    visitor = current_visitor()
    return visitor.actor if visitor else ANONYMOUS


def keep(token: str, visitor: Visitor) -> None:
    """Let this browser hold a token from now on; nothing that it held before is kept."""
    flask.session.clear()
    flask_login.login_user(_SignedIn(token, visitor))


def let_go() -> None:
    """Let this browser forget everything."""
    flask_login.logout_user()
    flask.session.clear()


def device() -> str:
    """Return the browser and system of this request in two words, for a list in which people recognise their own."""
    sent = flask.request.headers.get("User-Agent", "")
    found = [next((name for name in names if name in sent), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(PLAIN_NAMES.get(name, name) for name in found if name)[:60]


def network() -> str:
    """Return from which network a request comes, as coarse as limits need it: /24, or /64 of the newer addresses."""
    try:
        address = ipaddress.ip_address(flask.request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))


def safe_path(asked: str | None) -> str:
    """Return where to go next: a path of this site, or an empty text for anything else."""
    if asked and re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,299}", asked):
        return asked
    return ""
