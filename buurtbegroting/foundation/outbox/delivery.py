"""Mail that leaves: by SMTP, or into a folder in a demo.

At least once: when the worker dies after the server took a mail and before that was noted, the mail goes out twice,
both times with the same Message-ID.
"""

from __future__ import annotations

import email
import mailbox
import re
import smtplib
import ssl
import uuid
from contextlib import suppress
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy import select

from .. import clock, jobs, tenancy
from ..database import db, read_anew, transaction
from .messages import STUCK, Message, MessageState, Outbox, Rendered, current, rendered

TIME_LIMIT = 20.0
# Three days at most, as the big senders do: 48 tries five minutes apart is four hours, enough for a night's outage.
ATTEMPTS = 48
WAIT = timedelta(minutes=5)
LOCAL = ("localhost", "127.0.0.1", "::1")


class TryLater(Exception):
    """The mail server could not take it now."""


class Undeliverable(Exception):
    """The mail server said that it will never take this; ``code`` is its answer in three figures."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Transport(Protocol):
    """A way for mail to leave."""

    def __call__(self, mail: EmailMessage) -> None:
        """Hand a mail over; raise TryLater or Undeliverable."""
        ...


def transport_of(outbox: Outbox) -> Transport:
    """Return how mail leaves by these settings: a server, or a folder when none is named."""
    if not outbox.mail_url:
        return lambda mail: _keep_in_folder(outbox.mail_folder, mail)
    return lambda mail: _hand_to_server(outbox.mail_url, mail)


def _keep_in_folder(folder: Path, mail: EmailMessage) -> None:
    mailbox.Maildir(folder).add(mail)


def kept_in_folder(folder: Path) -> list[EmailMessage]:
    """Return the mails in a folder, in the order in which they came."""
    kept = mailbox.Maildir(folder)
    keys = sorted(kept.keys(), key=_arrival)
    return [email.message_from_bytes(kept.get_bytes(key), policy=SMTP) for key in keys]


def _arrival(key: str) -> tuple[int, ...]:
    # A mail is named after the second, the microsecond, and how many mails the process kept before.
    return tuple(int(number) for number in re.findall(r"^\d+|(?<=M)\d+(?=P)|(?<=Q)\d+", key))


def _hand_to_server(address: str, mail: EmailMessage) -> None:
    parts = urlsplit(address)
    host, is_local = parts.hostname or "", parts.hostname in LOCAL
    try:
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=TIME_LIMIT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=TIME_LIMIT)
        try:
            if parts.scheme == "smtp" and not is_local:
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(mail)
            # The mail is taken; whatever the server makes of our goodbye may not have it sent again.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        finally:
            server.close()
    except smtplib.SMTPRecipientsRefused as error:
        code = max(answer[0] for answer in error.recipients.values())
        raise (Undeliverable(code) if code >= 500 else TryLater(str(code))) from None
    except smtplib.SMTPResponseException as error:
        # A server that refuses our sign-in or sender is a matter of settings, which an operator mends.
        is_final = error.smtp_code >= 500 and isinstance(error, smtplib.SMTPDataError)
        raise (Undeliverable(error.smtp_code) if is_final else TryLater(str(error.smtp_code))) from None
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(type(error).__name__) from None


def mail_of(message: Message, address: str, words: Rendered, sender: str) -> EmailMessage:
    """Return a mail; raise ValueError for an address or subject that a header may not hold."""
    mail = EmailMessage(policy=SMTP)
    from_name, from_address = parseaddr(sender)
    domain = from_address.rpartition("@")[2]
    mail["From"] = Address(from_name, addr_spec=from_address)
    mail["To"] = Address("", addr_spec=address)
    mail["Subject"] = words.subject
    mail["Message-ID"] = f"<{message.id}@{domain}>"
    mail["Date"] = format_datetime(message.made_at)
    mail["Auto-Submitted"] = "auto-generated"
    if words.unsubscribe:
        mail["List-Unsubscribe"] = f"<{words.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(words.body)
    return mail


@jobs.job("outbox:deliver", attempts=ATTEMPTS, wait=WAIT)
def deliver(message_id: str) -> None:
    """Send one mail, unless it is out already."""
    session, outbox = db.session(), current()
    message = session.scalar(select(Message).where(Message.id == uuid.UUID(message_id)))
    if message is None or message.state != MessageState.WAITING:
        return
    mail = mail_of(message, message.content["address"], rendered(message), outbox.mail_from)
    # The server may take its time; nothing is held meanwhile.
    read_anew(session)
    try:
        transport_of(outbox)(mail)
    except Undeliverable as error:
        _settle(message_id, MessageState.BOUNCED, str(error.code))
    except TryLater as error:
        if _count_attempt(message_id, str(error)) >= ATTEMPTS:
            _settle(message_id, MessageState.GIVEN_UP, str(error))
            return
        raise
    else:
        _settle(message_id, MessageState.SENT, "")


@jobs.every("outbox:reconciled", minutes=15)
def reconcile() -> None:
    """Post a job for every mail that waits and has none, should one ever be lost."""
    session = db.session()
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id), transaction(session):
            late = clock.now(session) - STUCK
            waits = select(Message.id).where(
                Message.channel == "email", Message.state == MessageState.WAITING, Message.made_at < late
            )
            is_open = jobs.Job.finished_at.is_(None) & jobs.Job.failed_at.is_(None)
            posted = select(jobs.Job.args).where(jobs.Job.kind == "outbox:deliver", is_open)
            known = {args["message_id"] for args in session.scalars(posted)}
            for message_id in {str(each) for each in session.scalars(waits)} - known:
                jobs.post(session, "outbox:deliver", message_id=message_id)


def _count_attempt(message_id: str, error: str) -> int:
    session = db.session()
    with transaction(session):
        message = session.scalars(select(Message).where(Message.id == uuid.UUID(message_id))).one()
        message.attempts, message.error = message.attempts + 1, error
        return message.attempts


def _settle(message_id: str, state: MessageState, error: str) -> None:
    """Note what became of a mail, and wipe what stood in it."""
    session = db.session()
    with transaction(session):
        now = clock.now(session)
        message = session.scalars(select(Message).where(Message.id == uuid.UUID(message_id))).one()
        message.state, message.error, message.sealed = state, error, None
        message.sent_at = now if state is MessageState.SENT else None
