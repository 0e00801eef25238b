"""Plans as subjects: they can be followed and talked about."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.pages import slug
from buurtbegroting.web.subjects import Subject, SubjectKind

from . import queries
from .states import PUBLIC


def _plan(number: str) -> Subject | None:
    found = queries.proposal_by_number(number)
    if found is None or found.state not in PUBLIC or found.round.state != "published":
        return None
    address = {"number": found.number, "name": slug(found.title)}
    return Subject("plan", found.number, found.title, "proposals.proposal", address)


# There are too many plans to choose from in a list: one follows a plan on its own page.
KINDS = {"plan": SubjectKind(_r("Plan"), _plan, list)}
