"""What every page needs around its own content: the municipality, the menu, files with a version, page numbers."""

from __future__ import annotations

import functools
import hashlib
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import flask
from jinja2 import StrictUndefined

from buurtbegroting.civic import roles
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation import clock, paths
from buurtbegroting.foundation.database import db

from . import i18n, markdown
from .access import can
from .differences import difference, folded
from .i18n import say
from .practices import is_used
from .slices import MenuItem, Slice


@dataclass(frozen=True)
class PageOf:
    """One page of a long list; ``number`` counts from 1."""

    items: Sequence[Any]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page."""
        return max(1, math.ceil(self.total / self.size))


def page_number(name: str = "pagina") -> int:
    """Return the page that the address asks for; nonsense is page 1."""
    asked = flask.request.args.get(name, default=1, type=int)
    return asked if 0 < asked < 1_000_000 else 1


def slug(title: str) -> str:
    """Return a title as a readable part of an address: at most 60 signs of a-z, 0-9 and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "x"


@functools.cache
def _version(path: str) -> str:
    return hashlib.sha256((paths.STATIC / path).read_bytes()).hexdigest()[:12]


def asset(path: str) -> str:
    """Return the address of a file under static/, with a version, so that browsers may keep it for a year."""
    return f"{_root()}/static/{path}?v={_version(path)}"


def _root() -> str:
    """Return where the app is mounted, without the language of this request."""
    return flask.request.script_root.removesuffix(i18n.prefix(i18n.language()))


def plain_address(path: str) -> str:
    """Return an address that has no language in it, such as ``/api/v1``."""
    return _root() + path


def init_app(app: flask.Flask, slices: Sequence[Slice]) -> None:
    """Give every template the same surroundings, and let a template with a mistake fail loudly."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset,
        plain_address=plain_address,
        can=can,
        slug=slug,
        difference=lambda before, after: folded(difference(before, after)),
        today=_today,
        panels=_panels(slices),
        role_title=role_title,
    )
    app.jinja_env.filters.update(markdown=markdown.html, paragraphs=markdown.paragraphs)

    def menu() -> list[dict[str, Any]]:
        return [_shown(item) for each in slices if is_used(each) for item in each.menu]

    def manage_menu() -> list[dict[str, Any]]:
        """Return the entries of the pages of who works here that this visitor may open."""
        items = [item for each in slices if is_used(each) for item in each.manage]
        return [_shown(item) for item in items if item.policy is None or can(item.policy, None)]

    app.jinja_env.globals.update(manage_menu=manage_menu)

    @app.context_processor
    def surroundings() -> dict[str, Any]:
        tenant = flask.g.get("tenant")
        return {
            "tenant": tenant,
            "language": i18n.language(),
            "language_links": i18n.language_links(tenant.languages if tenant else i18n.LANGUAGES),
            "menu": menu() if tenant else [],
            "page_has_errors": False,
            "theme_url": plain_address(f"/thema/{tenant.code}.css?v={tenant.theme_version}") if tenant else "",
        }


def role_title(name: str) -> str:
    """Return the name of a role in the reader's language."""
    return say(roles.TITLES[RoleName(name)])


def _today() -> date:
    if "today" not in flask.g:
        flask.g.today = clock.local_day(clock.now(db.session()))
    today: date = flask.g.today
    return today


def _shown(item: MenuItem) -> dict[str, Any]:
    path = flask.request.path
    is_current = any(path == prefix or path.startswith(f"{prefix}/") for prefix in item.prefixes)
    is_here = flask.request.endpoint == item.endpoint
    return {"title": say(item.title), "href": flask.url_for(item.endpoint), "is_current": is_current or is_here}


def _panels(slices: Sequence[Slice]) -> Any:
    def panels(page: str, thing: Any) -> list[dict[str, Any]]:
        """Return template and content of what each slice shows on a combining page."""
        shown = [each.panels[page] for each in slices if page in each.panels and is_used(each)]
        filled = [(panel.template, panel.query(thing)) for panel in shown]
        return [{"template": template, "content": content} for template, content in filled if content is not None]

    return panels


def panel_contents(page: str, thing: Any) -> list[Any]:
    """Return what each slice shows on a combining page, for a view that puts it together itself."""
    panels: Any = flask.current_app.jinja_env.globals["panels"]
    return [part["content"] for part in panels(page, thing)]
