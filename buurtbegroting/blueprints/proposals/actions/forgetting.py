"""What goes when somebody leaves."""

from __future__ import annotations

import uuid

from .drafting import forget_drafts
from .merging import forget_messages
from .writing import forget_authorships


def forget(person_id: uuid.UUID) -> None:
    """Throw away drafts and messages of somebody who leaves, and let their plans stand without their name."""
    forget_drafts(person_id)
    forget_messages(person_id)
    forget_authorships(person_id)
