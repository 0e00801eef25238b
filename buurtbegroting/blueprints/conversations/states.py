"""The states of a comment and the moves between them."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class CommentState(enum.StrEnum):
    """Where a comment stands; nothing is ever thrown away by who moderates."""

    PUBLISHED = "published"
    HELD = "held"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


_SEEN = frozenset({CommentState.PUBLISHED, CommentState.HELD})

COMMENT = Machine(
    initial=CommentState.PUBLISHED,
    moves={
        "hold": (frozenset({CommentState.PUBLISHED}), CommentState.HELD),
        "publish": (frozenset({CommentState.HELD, CommentState.HIDDEN}), CommentState.PUBLISHED),
        "hide": (_SEEN, CommentState.HIDDEN),
        "withdraw": (_SEEN, CommentState.WITHDRAWN),
    },
)
