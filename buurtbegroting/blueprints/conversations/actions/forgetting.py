"""What goes when somebody leaves."""

from __future__ import annotations

import uuid

from .following import forget_follows
from .talking import forget_talk


def forget(person_id: uuid.UUID) -> None:
    """Let somebody who leaves follow nothing any more, and let what they said stand as of "a resident"."""
    forget_follows(person_id)
    forget_talk(person_id)
