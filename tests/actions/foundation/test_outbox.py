"""Messages: sealed until sent, sent once, tried again, given up, and never in a log."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import flask
import pytest
import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select, text, update

from buurtbegroting.foundation import clock, jobs, outbox
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.jobs import Job
from buurtbegroting.foundation.outbox import Message, MessageState, Recipient, delivery
from tests.factories.people import mails, make_person
from tests.factories.towns import Town

# These give the app another mail server.
pytestmark = pytest.mark.own_app

NOTICE = "accounts:role-given"


def recipient(address: str = "fatima@voorbeeld.nl", channel: str = "email") -> Recipient:
    return Recipient(None, "nl", channel, address, "Fatima")


def write(to: Recipient | None = None, **facts: str) -> None:
    with transaction(db.session()):
        outbox.send(db.session(), NOTICE, to or recipient(), **{"role": "moderator"} | facts)


def message() -> Message:
    return db.session.scalars(select(Message)).one()


def try_again() -> None:
    with transaction(db.session()):
        past = clock.now(db.session()) - timedelta(seconds=1)
        db.session.execute(update(Job).values(run_after=past))
    jobs.run_due(db.session())


class Script:
    """A mail server that answers as told, one answer per mail, the last one from then on."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.taken: list[bytes] = []
        self.goodbye = "221 bye"

    def _next(self) -> str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answers[0].startswith("RCPT "):
            return self._next().removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self._next()
        if answer.startswith("2") or answer == "die":
            self.taken.append(bytes(envelope.content or b""))
        if answer == "die":
            server.transport.close()
        return answer

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        return self.goodbye


class AnyPort(Controller):
    """A server on a port that is free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


Serve = Callable[[Script], None]


@pytest.fixture
def serve(app: flask.Flask) -> Iterator[Serve]:
    """Start a real mail server with a script, and let the app send to it."""
    with contextlib.ExitStack() as stack:

        def start(script: Script) -> None:
            controller = AnyPort(script, hostname="127.0.0.1", port=0)
            controller.start()
            stack.callback(controller.stop)
            app.extensions["buurtbegroting-outbox"].mail_url = f"smtp://127.0.0.1:{controller.port}"

        yield start


def test_a_mail_goes_out_once_in_the_language_of_its_reader(town: Town, serve: Serve) -> None:
    script = Script("250 OK")
    serve(script)
    write()
    jobs.run_due(db.session())
    jobs.run_due(db.session())
    assert len(script.taken) == 1
    assert b"U hebt een nieuwe rol: Moderator." in script.taken[0]
    assert b"From: Buurtbegroting <buurtbegroting@localhost>" in script.taken[0]
    sent = message()
    assert (sent.state, sent.sealed, sent.sent_at is not None) == (MessageState.SENT, None, True)


def test_what_waits_cannot_be_read_in_the_database(town: Town) -> None:
    write(recipient("canary@voorbeeld.nl"), who="CANARY")
    rows = db.session.execute(text("SELECT * FROM message")).all() + db.session.execute(text("SELECT * FROM job")).all()
    assert "canary" not in str(rows).lower()
    assert message().content["address"] == "canary@voorbeeld.nl"


def test_a_deed_that_fails_sends_nothing(town: Town) -> None:
    def fail() -> None:
        with transaction(db.session()):
            outbox.send(db.session(), NOTICE, recipient(), role="moderator")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert mails() == []


def test_a_mail_that_was_taken_is_not_sent_again_for_a_bad_goodbye(town: Town, serve: Serve) -> None:
    script = Script("250 OK")
    script.goodbye = "421 closing"
    serve(script)
    write()
    jobs.run_due(db.session())
    assert message().state == MessageState.SENT


@pytest.mark.parametrize("answer", ["451 later", "421 closing", "RCPT 450 greylisted", "die"])
def test_a_server_that_cannot_take_it_now_is_asked_again(town: Town, serve: Serve, answer: str) -> None:
    script = Script(answer, "250 OK")
    serve(script)
    write()
    jobs.run_due(db.session())
    assert message().state == MessageState.WAITING
    assert message().attempts == 1
    try_again()
    assert message().state == MessageState.SENT
    assert len(script.taken) == (2 if answer == "die" else 1)


@pytest.mark.parametrize("answer", ["550 no such mailbox", "RCPT 550 no such mailbox", "554 refused"])
def test_what_the_server_will_never_take_comes_back(town: Town, serve: Serve, answer: str) -> None:
    serve(Script(answer))
    write()
    jobs.run_due(db.session())
    sent = message()
    assert (sent.state, sent.sealed, sent.error) == (MessageState.BOUNCED, None, answer.removeprefix("RCPT ")[:3])
    assert outbox.health(db.session()).bounced == 1


def test_a_server_that_is_not_there_is_asked_again_and_given_up_in_the_end(
    app: flask.Flask, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["buurtbegroting-outbox"].mail_url = "smtp://127.0.0.1:1"
    monkeypatch.setattr(delivery, "ATTEMPTS", 2)
    write()
    jobs.run_due(db.session())
    assert (message().state, message().error) == (MessageState.WAITING, "ConnectionRefusedError")
    try_again()
    assert (message().state, message().sealed) == (MessageState.GIVEN_UP, None)


def test_a_server_that_says_nothing_is_not_waited_for(
    app: flask.Flask, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr(delivery, "TIME_LIMIT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        app.extensions["buurtbegroting-outbox"].mail_url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        write()
        jobs.run_due(db.session())
    assert (message().state, message().error) == (MessageState.WAITING, "SMTPServerDisconnected")


@pytest.mark.parametrize("address", ["a@b.nl\r\nBcc: x@y.nl", "a@b.nl\nX: y", "a@b.nl, c@d.nl"])
def test_an_address_that_would_add_a_header_is_not_mailed(town: Town, address: str) -> None:
    write(recipient(address))
    assert mails() == []
    assert message().state == MessageState.WAITING


def test_a_letter_waits_to_be_printed(town: Town) -> None:
    write(recipient("Dorpsstraat 1", "letter"))
    assert mails() == []
    assert outbox.health(db.session()).letters == 1


def test_everybody_whom_an_event_concerns_is_told_once(app: flask.Flask, town: Town) -> None:
    people = [make_person(), make_person("Gerrit")]
    told: list[Any] = [
        (NOTICE, Recipient(each.id, "nl", "email", each.email or "", each.name), {"role": "moderator"})
        for each in people
    ]
    app.extensions["buurtbegroting-outbox"].events = {"test:event": lambda what: [*told, told[0]]}
    with transaction(db.session()):
        outbox.announce(db.session(), "test:event", what="x")
    assert sorted(str(mail["To"]) for mail in mails()) == ["fatima@voorbeeld.nl", "gerrit@voorbeeld.nl"]


def test_nothing_of_a_mail_stands_in_the_log(app: flask.Flask, town: Town, serve: Serve) -> None:
    log = io.StringIO()
    everything = structlog.make_filtering_bound_logger(0)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log), wrapper_class=everything)
    serve(Script("451 CANARY-SERVER"))
    write(recipient("canary@voorbeeld.nl"), who="CANARY-WHO")
    jobs.run_due(db.session())
    assert "TryLater" in log.getvalue()
    assert "canary" not in log.getvalue().lower()


def test_two_workers_do_not_send_the_same_mail_twice(app: flask.Flask, town: Town, serve: Serve) -> None:
    script = Script("250 OK")
    serve(script)
    for _ in range(10):
        write()

    def work() -> None:
        with app.app_context():
            jobs.run_due(db.session())

    threads = [threading.Thread(target=work) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(script.taken) == 10


def test_a_forgotten_person_is_told_nothing_more(town: Town) -> None:
    fatima = make_person()
    write(Recipient(fatima.id, "nl", "email", "fatima@voorbeeld.nl", "Fatima"))
    with transaction(db.session()):
        outbox.forget(db.session(), fatima.id)
    assert mails() == []
