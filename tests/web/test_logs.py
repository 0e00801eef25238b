"""Canaries: what people are, type and hold while they sign in is in no log and in no error that is kept."""

from __future__ import annotations

import dataclasses
import io
import json
import logging
import socket
from collections.abc import Callable, Iterator
from urllib.parse import quote

import flask
import pyotp
import pytest
import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from buurtbegroting.app import create_app
from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.config import Settings
from buurtbegroting.foundation import crypto, jobs, tenancy
from buurtbegroting.foundation.database import db, read_anew, transaction
from buurtbegroting.foundation.jobs import Job
from buurtbegroting.foundation.outbox import Message
from buurtbegroting.web.access import public
from tests.factories.people import PASSWORD, code_in, let_in, link_in, mails, make_person, newest_mail_to, send
from tests.factories.towns import Town
from tests.pages import CheckedClient

EMAIL, NEW_EMAIL = "kanarie.vogelzang@voorbeeld.nl", "anders.gefloten@voorbeeld.nl"
NAME = "Kanarie Vogelzang"
WRONG_PASSWORD = "gele veren in een kooi"
NETWORK = "203.0.113"
BROWSER = "Kanariebrowser"
# What stands in a line by itself and may have the figures of a code by chance.
CHANCES = ("timestamp", "milliseconds")


@pytest.fixture
def log() -> io.StringIO:
    """Where our own log lines go."""
    return io.StringIO()


@pytest.fixture
def site(town: Town, settings: Settings, log: io.StringIO) -> Iterator[flask.Flask]:
    """The app as residents have it, saying all that it can say."""
    app = create_app(dataclasses.replace(settings, mode="production", secret_key="x" * 32, log_level="DEBUG"))
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
    app.config["PREFERRED_URL_SCHEME"] = "https"
    app.test_client_class = CheckedClient
    municipality = town.municipality.id
    with app.app_context():
        tenancy.enter(db.session(), municipality)
        yield app


@pytest.fixture
def browser(site: flask.Flask) -> CheckedClient:
    """A browser at an address of its own."""
    client = site.test_client()
    client.environ_base |= {"REMOTE_ADDR": f"{NETWORK}.77", "HTTP_USER_AGENT": BROWSER}
    return client  # type: ignore[return-value]


Said = Callable[[], str]


@pytest.fixture
def said(
    site: flask.Flask, log: io.StringIO, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Said:
    """Everything that was logged and printed until now, by us or a library, and the errors that are kept."""
    caplog.set_level(logging.DEBUG)
    # The mail server is not ours but of this test.
    caplog.set_level(logging.CRITICAL, "mail.log")

    def collect() -> str:
        read_anew(db.session())
        printed = capsys.readouterr()
        kept = [*db.session.scalars(select(Job.error)), *db.session.scalars(select(Message.error))]
        lines = [_without_chances(line) for line in log.getvalue().splitlines()]
        return "\n".join([*lines, printed.out, printed.err, caplog.text, *kept])

    return collect


def _without_chances(line: str) -> str:
    return "\n".join(str(value) for name, value in json.loads(line).items() if name not in CHANCES)


def assert_silent(text: str, *canaries: str) -> None:
    for canary in (*canaries, EMAIL, NEW_EMAIL, NAME, PASSWORD, WRONG_PASSWORD, NETWORK, BROWSER):
        for written in (canary, quote(canary), quote(canary, safe="")):
            assert written.lower() not in text.lower(), f"{canary} is in a log"


def held_by(browser: CheckedClient) -> str:
    """Return the token of the sign-in that a browser holds."""
    with browser.session_transaction() as session:
        return str(session["_user_id"])


def asked_mail(browser: CheckedClient) -> str:
    """Ask for a link and return the mail that came; two in one second have the same date."""
    before = {mail["Message-ID"] for mail in mails()}
    send(browser, "/inloggen", email=EMAIL)
    return str(next(mail.get_content() for mail in mails() if mail["Message-ID"] not in before))


def test_nothing_of_who_registers_and_comes_back_is_logged(browser: CheckedClient, said: Said) -> None:
    first, second, third = asked_mail(browser), asked_mail(browser), asked_mail(browser)
    send(browser, "/inloggen/code", code="kanarie")
    send(browser, "/inloggen/code", code=code_in(third))
    send(browser, "/aanmelden", name=NAME, age="adult", agrees="y")
    tokens = [held_by(browser)]
    for mail in (first, second):
        assert send(browser, link_in(mail)).headers["Location"] == "/mijn"
        tokens.append(held_by(browser))
    text = said()
    assert "/inloggen/link/<token>" in text
    assert len(set(tokens)) == 3
    links = [link_in(mail).rpartition("/")[2] for mail in (first, second, third)]
    assert_silent(text, *links, *map(code_in, (first, second, third)), *tokens)


def test_nothing_of_a_password_or_a_second_factor_is_logged(browser: CheckedClient, said: Said) -> None:
    person = make_person(NAME, RoleName.OFFICIAL, email=EMAIL, password=PASSWORD)
    wrong = send(browser, "/inloggen/wachtwoord", email=EMAIL, password=WRONG_PASSWORD)
    half = send(browser, "/inloggen/wachtwoord", email=EMAIL, password=PASSWORD)
    tokens = [held_by(browser)]
    browser.get(half.headers["Location"])
    read_anew(db.session())
    secret = crypto.keys().unseal("totp", db.session.get_one(Person, person.id).totp_sealed or "")
    code = pyotp.TOTP(secret).now()
    send(browser, "/inloggen/tweede-stap/instellen", code="kanarie")
    shown = send(browser, "/inloggen/tweede-stap/instellen", code=code)
    tokens.append(held_by(browser))
    assert (wrong.status_code, shown.status_code) == (422, 200)
    assert_silent(said(), secret, code, *tokens)


def test_nothing_of_a_changed_address_is_logged(browser: CheckedClient, said: Said) -> None:
    let_in(browser, make_person(NAME, email=EMAIL))
    send(browser, "/mijn/e-mail", email=NEW_EMAIL)
    link = link_in(newest_mail_to(NEW_EMAIL))
    assert send(browser, link).headers["Location"] == "/mijn?gelukt=e-mail"
    assert_silent(said(), link.rpartition("/")[2], held_by(browser))


class Chatty:
    """A mail server that repeats in its answers what it was told, as real ones do."""

    def __init__(self, code: int) -> None:
        self.code = code

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, _envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        return f"{self.code} <{address}> of {NAME} cannot be reached from {NETWORK}.77"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.mark.parametrize(("code", "error"), [(451, "451"), (550, "550"), (None, "ConnectionRefusedError")])
def test_nothing_of_a_mail_that_fails_is_logged(
    site: flask.Flask, browser: CheckedClient, said: Said, code: int | None, error: str
) -> None:
    make_person(NAME, email=EMAIL)
    port = free_port()
    site.extensions["buurtbegroting-outbox"].mail_url = f"smtp://127.0.0.1:{port}"
    send(browser, "/inloggen", email=EMAIL)
    controller = Controller(Chatty(code), hostname="127.0.0.1", port=port) if code else None
    if controller:
        controller.start()
    jobs.run_due(db.session())
    if controller:
        controller.stop()
    text = said()
    assert error in text
    assert_silent(text)


def fail_on(site: flask.Flask, mistake: Callable[[], object]) -> None:
    """Let the page /mis make a mistake of ours."""

    @public
    def page(token: str) -> str:
        mistake()
        return ""

    site.add_url_rule("/mis/<token>", view_func=page, methods=["GET", "POST"])


def test_nothing_of_who_saw_an_error_is_logged(site: flask.Flask, browser: CheckedClient, said: Said) -> None:
    fail_on(site, lambda: 1 // 0)
    let_in(browser, make_person(NAME, email=EMAIL))
    typed = {"email": EMAIL, "name": NAME, "password": WRONG_PASSWORD}
    assert browser.post(f"/mis/{crypto.new_token()}?q={EMAIL}", data=typed).status_code == 500
    text = said()
    assert "ZeroDivisionError" in text
    assert_silent(text, held_by(browser))


def _two_with_one_address() -> None:
    with transaction(db.session()):
        for _ in range(2):
            db.session.add(Person(name=NAME, email=EMAIL, channel="email"))


@pytest.mark.parametrize("mistake", [lambda: int(flask.request.form["name"]), _two_with_one_address])
def test_the_text_of_an_error_is_not_logged(
    site: flask.Flask, browser: CheckedClient, said: Said, mistake: Callable[[], object]
) -> None:
    fail_on(site, mistake)
    assert browser.post("/mis/x", data={"name": NAME}).status_code == 500
    text = said()
    assert "Error" in text
    assert_silent(text)
