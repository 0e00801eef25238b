"""The states of an import of spending and the moves between them."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class ImportState(enum.StrEnum):
    """Where an import stands; only what is published is on the pages of residents."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


IMPORT = Machine(
    initial=ImportState.DRAFT,
    moves={
        "publish": (frozenset({ImportState.DRAFT}), ImportState.PUBLISHED),
        "withdraw": (frozenset({ImportState.PUBLISHED}), ImportState.WITHDRAWN),
    },
)
