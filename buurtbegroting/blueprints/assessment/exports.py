"""Cards as rows to take away: how they stand and what was published, never what was not, and no notes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from .models import Assessment, AssessmentVersion
from .states import AssessmentState

HEAD = (
    "plan",
    "titel",
    "ronde",
    "blik",
    "afdeling",
    "stand",
    "sinds",
    "uiterlijk",
    "te laat",
    "antwoord",
    "gepubliceerd op",
    "dagen",
    "binnen de termijn",
)
# Whoever reads an answer in a file before it is published has read it before its authors.
UNSEEN = {AssessmentState.ANSWERED: AssessmentState.OPEN}


def rows(
    found: Iterable[Assessment], published: Mapping[uuid.UUID, AssessmentVersion], today: date
) -> Iterator[tuple[object, ...]]:
    """Yield one row per look at a plan."""
    for each in found:
        version = published.get(each.id)
        is_ours = each.state not in (AssessmentState.ASKED, AssessmentState.PUBLISHED)
        yield (
            each.proposal.number,
            each.proposal.title,
            each.proposal.round.number,
            each.look,
            each.department,
            UNSEEN.get(each.state, each.state).value,
            each.since,
            each.due,
            "ja" if is_ours and each.due < today else "nee",
            version.content["verdict"] if version else "",
            version.published_on if version else "",
            version.days if version else "",
            ("ja" if version.is_in_time else "nee") if version else "",
        )
