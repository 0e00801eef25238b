"""Messages to people: made inside the deed that they tell of, sent after it was kept, and then wiped.

No message is ever made about a ballot or an anonymous report: its row would tell when.
"""

from . import delivery
from .messages import (
    Message,
    MessageState,
    Notice,
    Outbox,
    Recipient,
    Rendered,
    announce,
    forget,
    health,
    init_app,
    mail_folder,
    messages_on_site,
    rendered,
    send,
    settle_letters,
    unread,
    waiting_letters,
)

__all__ = [
    "Message",
    "MessageState",
    "Notice",
    "Outbox",
    "Recipient",
    "Rendered",
    "announce",
    "delivery",
    "forget",
    "health",
    "init_app",
    "mail_folder",
    "messages_on_site",
    "rendered",
    "send",
    "settle_letters",
    "unread",
    "waiting_letters",
]
