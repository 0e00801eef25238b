"""Languages: the language stands in the address, words come from the catalogue, figures from Babel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from email.utils import format_datetime as format_rfc_date
from typing import Any

import flask
import flask_babel
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason
from buurtbegroting.foundation import paths
from buurtbegroting.foundation.clock import AMSTERDAM, local_day

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT_LANGUAGE = "nl"

# First parts of addresses that exist once, whatever the language of the reader.
WITHOUT_LANGUAGE = ("api", "static", "thema", "gezond", "gereed")

StartResponse = Callable[..., Any]

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class LanguagePrefix:
    """Takes ``/en`` off the address before routing, so that every page exists in every language.

    The prefix moves to SCRIPT_NAME; addresses that are made while answering then carry it by themselves.
    """

    def __init__(self, app: Callable[[dict[str, Any], StartResponse], Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        _, _, rest = environ["PATH_INFO"].partition("/")
        code, slash, path = rest.partition("/")
        is_foreign = code in LANGUAGES and code != DEFAULT_LANGUAGE
        if is_foreign and path.partition("/")[0] not in WITHOUT_LANGUAGE:
            environ["buurtbegroting.language"] = code
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{code}"
            environ["PATH_INFO"] = f"/{path}" if slash else "/"
        return self.app(environ, start_response)


def init_app(app: flask.Flask) -> None:
    """Let pages speak the language of their address."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.TRANSLATIONS)
    flask_babel.Babel(app, locale_selector=language, default_timezone="Europe/Amsterdam")
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.filters.update(
        euros=euros, day=day, moment=moment, mail_date=mail_date, number=number, say=say, stamp=stamp, written=_written
    )


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say everything in one language, outside a request: on the command line, in a letter."""
    token = _spoken.set(code)
    try:
        with flask_babel.force_locale(code):
            yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return the language of this request's address, or the one that is spoken outside of requests."""
    if spoken := _spoken.get():
        return spoken
    if not flask.has_request_context():
        return DEFAULT_LANGUAGE
    code: str = flask.request.environ.get("buurtbegroting.language", DEFAULT_LANGUAGE)
    return code


def prefix(code: str) -> str:
    """Return what stands before the addresses of a language: nothing for the default one."""
    return "" if code == DEFAULT_LANGUAGE else f"/{code}"


def language_links(offered: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return ``(code, name, address)`` of this page in each other language that is offered."""
    root = flask.request.script_root.removesuffix(prefix(language()))
    query = flask.request.query_string.decode("ascii", "ignore")
    rest = flask.request.path + (f"?{query}" if query else "")
    return [(code, LANGUAGES[code], root + prefix(code) + rest) for code in offered if code != language()]


def say(reason: Reason) -> str:
    """Say a reason in the language of this request, its amounts and days written as people write them."""
    facts = {name: _written(fact) for name, fact in reason.facts.items()}
    words: str = flask_babel.gettext(reason.msgid, **facts)
    return words


def _written(fact: Any) -> Any:
    match fact:
        case Money():
            return euros(fact)
        case Reason():
            return say(fact)
        case datetime():
            return moment(fact)
        case date():
            return day(fact)
        case int():
            return number(fact)
    return fact


def euros(amount: Money, *, with_cents: bool = False) -> str:
    """Write an amount in the currency it is in: whole units without decimals, unless it stands in a row of cents."""
    is_whole = amount.cents % 100 == 0
    units = amount.cents // 100 if is_whole else amount.cents / 100
    pattern = "¤ #,##0" if is_whole and not with_cents else "¤ #,##0.00"
    written = format_currency(units, amount.currency, format=pattern, locale=language(), currency_digits=False)
    return written.replace(" ", "\N{NO-BREAK SPACE}")


def number(value: float) -> str:
    """Write a number with the marks of the reader's language."""
    return format_decimal(value, locale=language())


def day(value: date | datetime | str) -> str:
    """Write a day: 14 juni 2026."""
    return format_date(_as_day(value), "d MMMM y", locale=language())


def moment(value: datetime) -> str:
    """Write a moment: zondag 14 juni 2026, 20.00 uur."""
    local = value.astimezone(AMSTERDAM)
    pattern = "EEEE d MMMM y, HH.mm 'uur'" if language() == "nl" else "EEEE d MMMM y, HH:mm"
    return format_datetime(local, pattern, locale=language())


def stamp(value: datetime) -> str:
    """Write a moment briefly, for long lists: 14-06-2026 20.00."""
    return format_datetime(value.astimezone(AMSTERDAM), "dd-MM-y HH.mm", locale=language())


def mail_date(value: datetime) -> str:
    """Write a moment as mails and feeds do, whatever the language (RFC 5322)."""
    return format_rfc_date(value)


def _as_day(value: date | datetime | str) -> date:
    # The facts of a message are JSON, in which a day is a text.
    if isinstance(value, str):
        return date.fromisoformat(value)
    return local_day(value) if isinstance(value, datetime) else value
