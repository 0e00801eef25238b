"""Words that pure code hands to the edge, where they are said in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A sentence to be said later: an English msgid and the facts that fill its ``%(name)s`` places.

    ``str(reason)`` is the English sentence, for logs and the command line; ``web.i18n.say`` gives the reader's.
    """

    msgid: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.facts if self.facts else self.msgid


def _r(msgid: str, /, **facts: Any) -> Reason:
    """Mark a sentence for the catalogue and return it as a reason."""
    return Reason(msgid, facts)
