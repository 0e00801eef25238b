"""Photos and PDFs of a subject: adding, describing, taking away, hiding."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, uploads
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Album, Attachment, AttachmentState, Visibility
from ..policy import may_change_attachment, may_moderate

MOST_IN_ALBUM = 10
MOST_IN_A_DAY = 30
DAY = timedelta(days=1)


def open_album(kind: str, key: str, visibility: Visibility) -> Album:
    """Add an album for a subject, inside the running deed of its owner."""
    album = Album(id=uuid.uuid4(), kind=kind, key=key, visibility=visibility)
    db.session.add(album)
    return album


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent, looked at and ready to be kept; made outside the deed, because drawing takes time."""

    kind: str
    name: str
    text: str
    large: bytes
    small: bytes | None = None
    width: int | None = None
    height: int | None = None


def prepared(data: bytes, name: str, text: str) -> Upload:
    """Look at a file that was sent; raise Invalid for what cannot be kept."""
    shown = uploads.shown_name(name)
    if uploads.is_pdf(data):
        return Upload("pdf", shown, text, uploads.pdf(data))
    drawn = uploads.picture(data)
    return Upload("photo", shown, text, drawn.large, drawn.small, drawn.width, drawn.height)


def attach(actor: Actor, album: Album, upload: Upload) -> Attachment:
    """Put a file in an album, inside the running deed of its owner, who says whether this person may.

    Raises Invalid for a full album and TooOften for a flood.
    """
    now = clock.now(db.session())
    if queries.number_in_album(album.id) >= MOST_IN_ALBUM:
        words = _r("There are ten files already. Take one away first.")
        raise Invalid(words, {"file": words})
    if queries.number_added_since(str(actor.person_id), now - DAY) >= MOST_IN_A_DAY:
        raise TooOften(_r("You added a lot of files today. Go on tomorrow."))
    made = Attachment(
        id=uuid.uuid4(),
        album_id=album.id,
        size=len(upload.large),
        added_by_id=uuid.UUID(str(actor.person_id)) if actor.person_id else None,
        made_at=now,
        **vars(upload),
    )
    db.session.add(made)
    db.session.flush()
    return made


@deed("conversations:attachment:described")
def describe_attachment(actor: Actor, attachment: Attachment, text: str) -> Attachment:
    """Say anew what is on a photo or in a PDF; who moderates may do so for others."""
    insist(may_change_attachment(actor, attachment, clock.now(db.session())))
    attachment.text = text
    return attachment


@deed("conversations:attachment:taken away")
def take_away(actor: Actor, attachment: Attachment) -> Attachment:
    """Take one's own photo or PDF away, for good."""
    insist(may_change_attachment(actor, attachment, clock.now(db.session())))
    db.session.delete(attachment)
    return attachment


@deed("conversations:attachment:hidden")
def hide_attachment(actor: Actor, attachment: Attachment, reason: str) -> Attachment:
    """Hide a photo or PDF with a reason; it is kept, and can be shown again."""
    insist(may_moderate(actor, attachment, clock.now(db.session())))
    if not reason:
        words = _r("Fill in why.")
        raise Invalid(words, {"reason": words})
    attachment.state, attachment.reason = AttachmentState.HIDDEN, reason
    return attachment


@deed("conversations:attachment:shown")
def show_attachment(actor: Actor, attachment: Attachment) -> Attachment:
    """Show a photo or PDF again that was hidden."""
    insist(may_moderate(actor, attachment, clock.now(db.session())))
    attachment.state, attachment.reason = AttachmentState.SHOWN, ""
    return attachment
