"""A real mail server on this machine that takes mail badly, in the same way for the same seed."""

from __future__ import annotations

import asyncio
import email
import enum
import random
import socket
from collections import Counter
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
# Longer than the product waits for an answer.
STALL_SECONDS = 60.0
# It thinks before it takes a mail, and between taking it and saying so; a worker may be killed in both.
THINKS_BEFORE, THINKS_AFTER = 0.4, 0.1


class Answer(enum.StrEnum):
    """What the server does with one try of one mail."""

    ACCEPTS = "accepts"
    LATER = "451 to DATA"
    CLOSING = "421 to RCPT"
    NO_MAILBOX = "550 to RCPT"
    STALLS = "stalls"
    DIES = "dies after taking it"
    QUITS_BADLY = "421 to QUIT after taking it"


SHARE_WITHOUT_MAILBOX = 0.03
CHANCES = {
    Answer.ACCEPTS: 0.75,
    Answer.LATER: 0.08,
    Answer.CLOSING: 0.06,
    Answer.STALLS: 0.02,
    Answer.DIES: 0.05,
    Answer.QUITS_BADLY: 0.04,
}


@dataclass(frozen=True)
class Taken:
    """A mail that the server took, and what it did then."""

    message_id: str
    address: str
    answer: Answer


class Faults:
    """Decides on each try of each mail by seed, address and how often that address was tried; keeps what it took."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.tries: Counter[str] = Counter()
        self.answers: Counter[Answer] = Counter()
        self.taken: list[Taken] = []
        self._next: dict[str, Answer] = {}
        self._quits_badly: set[object] = set()

    def has_no_mailbox(self, address: str) -> bool:
        """Tell whether the server refuses every mail to an address."""
        return random.Random(f"{self.seed} {address}").random() < SHARE_WITHOUT_MAILBOX

    def _decide(self, address: str) -> Answer:
        if self.has_no_mailbox(address):
            return Answer.NO_MAILBOX
        chance = random.Random(f"{self.seed} {address} {self.tries[address]}")
        return chance.choices(list(CHANCES), list(CHANCES.values()))[0]

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Refuse the address, or let the mail come."""
        self.tries[address] += 1
        answer = self._next[address] = self._decide(address)
        self.answers[answer] += 1
        if answer in (Answer.CLOSING, Answer.NO_MAILBOX):
            return "421 closing" if answer is Answer.CLOSING else "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail, or not; a client that is gone before it was taken has sent nothing."""
        address = envelope.rcpt_tos[0]
        answer = self._next[address]
        await asyncio.sleep(random.uniform(0, THINKS_BEFORE))
        if answer is Answer.STALLS:
            await asyncio.sleep(STALL_SECONDS)
        if answer in (Answer.STALLS, Answer.LATER):
            return "451 later"
        message_id = str(email.message_from_bytes(envelope.original_content or b"")["Message-ID"])
        self.taken.append(Taken(message_id, address, answer))
        if answer is Answer.DIES and server.transport is not None:
            server.transport.close()
        if answer is Answer.QUITS_BADLY:
            self._quits_badly.add(session.peer)
        await asyncio.sleep(random.uniform(0, THINKS_AFTER))
        return "250 OK"

    async def handle_QUIT(self, _server: SMTP, session: Session, _envelope: Envelope) -> str:  # noqa: N802
        """Say goodbye, or that there was no time for it."""
        return "421 closing" if session.peer in self._quits_badly else "221 Bye"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


class MailServer:
    """A server that can be away for a while and come back at the same port."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.port = _free_port()
        self._running: Controller | None = None

    def start(self) -> None:
        """Begin to answer."""
        self._running = Controller(self.faults, hostname=HOST, port=self.port)
        self._running.start()

    def stop(self) -> None:
        """Be gone: who connects is refused."""
        if self._running is not None:
            self._running.stop()
            self._running = None
