"""What goes out: one row per message, sealed until it is sent."""

from __future__ import annotations

import enum
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import flask
from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from buurtbegroting.civic.reasons import Reason

from .. import clock, crypto, jobs, tenancy
from ..database import db, transaction
from ..tenancy import TenantModel

STUCK = timedelta(minutes=15)


class MessageState(enum.StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    BOUNCED = "bounced"
    GIVEN_UP = "given-up"
    PRINTED = "printed"


class Message(TenantModel):
    """A message to one person by one channel.

    ``waits_for_overview`` says that it goes along in the next mail that tells everything together.
    ``sealed`` holds address and facts as sealed JSON and is wiped when the message is out; a message that is read on
    the site keeps it, because it is said in the reader's language when it is read. ``error`` holds a code, never a
    text. ``event_id`` keeps one event from telling the same person twice.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'letter', 'site')", name="channel"),
        CheckConstraint("state IN ('waiting', 'sent', 'bounced', 'given-up', 'printed')", name="state"),
        CheckConstraint("(state IN ('sent', 'printed')) = (sent_at IS NOT NULL)", name="sent"),
        CheckConstraint("channel = 'site' OR (state = 'waiting') = (sealed IS NOT NULL)", name="sealed"),
        UniqueConstraint("event_id", "recipient_id", "channel"),
    )

    recipient_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    channel: Mapped[str] = mapped_column(String(10))
    notice: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2))
    event_id: Mapped[uuid.UUID]
    sealed: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=MessageState.WAITING)
    made_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    waits_for_overview: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(60), default="")

    @property
    def content(self) -> dict[str, Any]:
        """What was sealed: ``address``, ``name`` and ``facts``; empty once the message is out."""
        if self.sealed is None:
            return {"address": "", "name": "", "facts": {}}
        opened: dict[str, Any] = json.loads(crypto.keys().unseal("message", self.sealed))
        return opened


@dataclass(frozen=True)
class Notice:
    """A kind of message: its subject, and the template of its text."""

    name: str
    subject: Reason
    template: str


@dataclass(frozen=True)
class Recipient:
    """Who is told, by which channel, in which language; ``address`` is of mail, or lines for an envelope."""

    id: uuid.UUID | None
    language: str
    channel: str
    address: str
    name: str
    waits_for_overview: bool = False


@dataclass(frozen=True)
class Rendered:
    """A message in words; ``unsubscribe`` is the address where one click ends such mails."""

    subject: str
    body: str
    unsubscribe: str = ""


# A notice in a language for a channel, with the sealed content of its message.
Render = Callable[[Notice, str, str, dict[str, Any]], Rendered]
# Who hears of an event, with what each is told: a function of the event's arguments.
Told = Callable[..., Iterable[tuple[str, Recipient, dict[str, Any]]]]


@dataclass
class Outbox:
    """What an app needs to send: the notices of all slices, how they become words, and how mail leaves."""

    notices: Mapping[str, Notice]
    events: Mapping[str, Told]
    render: Render
    mail_url: str
    mail_from: str
    mail_folder: Path


def init_app(app: flask.Flask, outbox: Outbox) -> None:
    """Give the app its outbox."""
    app.extensions["buurtbegroting-outbox"] = outbox


def current() -> Outbox:
    """Return the outbox of the running app."""
    found: Outbox = flask.current_app.extensions["buurtbegroting-outbox"]
    return found


def mail_folder() -> Path:
    """Return where mail is kept when no server is named."""
    return current().mail_folder


def send(session: Session, notice: str, to: Recipient, event_id: uuid.UUID | None = None, **facts: Any) -> None:
    """Write a message inside the running deed; facts are texts, numbers and lists of them."""
    if notice not in current().notices:
        raise KeyError(notice)
    content = json.dumps({"address": to.address, "name": to.name, "facts": facts})
    message = Message(
        id=uuid.uuid4(),
        recipient_id=to.id,
        channel=to.channel,
        notice=notice,
        language=to.language,
        event_id=event_id or uuid.uuid4(),
        sealed=crypto.keys().seal("message", content),
        made_at=clock.now(session),
        waits_for_overview=to.waits_for_overview,
    )
    session.add(message)
    if to.channel == "email":
        jobs.post(session, "outbox:deliver", message_id=str(message.id))


def announce(session: Session, event: str, **args: str) -> None:
    """Let everybody whom an event concerns be told, after the running deed was kept."""
    if event not in current().events:
        raise KeyError(event)
    jobs.post(session, "outbox:announce", event=event, event_id=str(uuid.uuid4()), args=args)


@jobs.job("outbox:announce")
def tell_everybody(event: str, event_id: str, args: dict[str, str]) -> None:
    """Write a message to everybody whom an event concerns; who was told already is not told again."""
    session, known_event = db.session(), uuid.UUID(event_id)
    with transaction(session):
        query = select(Message.recipient_id, Message.channel).where(Message.event_id == known_event)
        told = {(person_id, channel) for person_id, channel in session.execute(query)}
        for notice, to, facts in current().events[event](**args):
            if to.id is None or (to.id, to.channel) not in told:
                send(session, notice, to, known_event, **facts)
                told.add((to.id, to.channel))


def waiting_letters(session: Session) -> Sequence[Message]:
    """Return the letters that wait to be printed, oldest first."""
    query = select(Message).where(Message.channel == "letter", Message.state == MessageState.WAITING)
    return session.scalars(query.order_by(Message.made_at, Message.id)).all()


def rendered(message: Message) -> Rendered:
    """Return a message in words, in the language of its reader."""
    outbox = current()
    return outbox.render(outbox.notices[message.notice], message.language, message.channel, message.content)


def messages_on_site(session: Session, person_id: uuid.UUID, page: int, size: int) -> tuple[Sequence[Message], int]:
    """Return a page of the messages that somebody reads on the site, newest first, and how many there are."""
    mine = (Message.channel == "site", Message.recipient_id == person_id)
    total = session.scalar(select(func.count()).select_from(Message).where(*mine)) or 0
    query = select(Message).where(*mine).order_by(Message.made_at.desc(), Message.id)
    return session.scalars(query.offset((page - 1) * size).limit(size)).all(), total


def unread(session: Session, person_id: uuid.UUID) -> int:
    """Return how many messages on the site somebody has not seen."""
    mine = (Message.channel == "site", Message.recipient_id == person_id, Message.read_at.is_(None))
    return session.scalar(select(func.count()).select_from(Message).where(*mine)) or 0


def settle_letters(letters: Sequence[Message], now: datetime) -> None:
    """Note that letters were printed, inside the running deed, and wipe what stood in them."""
    for each in letters:
        each.state, each.sent_at, each.sealed = MessageState.PRINTED, now, None


def forget(session: Session, person_id: uuid.UUID) -> None:
    """Throw away every message to a person."""
    session.execute(delete(Message).where(Message.recipient_id == person_id))


@dataclass(frozen=True)
class Health:
    """How the mail is going, in numbers of messages."""

    waiting: int
    stuck: int
    bounced: int
    given_up: int
    letters: int


def health(session: Session) -> Health:
    """Return how many messages wait, wait too long, came back, were given up, and wait to be printed."""
    tenancy.current(session)
    waits = Message.state == MessageState.WAITING
    mail, letter = Message.channel == "email", Message.channel == "letter"
    counted = (
        waits & mail,
        waits & mail & (Message.made_at < clock.now(session) - STUCK),
        Message.state == MessageState.BOUNCED,
        Message.state == MessageState.GIVEN_UP,
        waits & letter,
    )
    query = select(*(func.count().filter(each) for each in counted)).select_from(Message)
    numbers = tuple(session.execute(query).one())
    return Health(*numbers)
