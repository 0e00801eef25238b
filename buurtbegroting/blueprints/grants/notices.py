"""Who hears of a seed grant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from buurtbegroting.blueprints.initiatives.notices import to_members
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient

from . import queries

DECIDED = "grants:decided"
TELL = "grants:tell"

GRANT_DECIDED = "grants:grant decided"

NOTICES = (
    Notice(DECIDED, _r("The decision about your seed grant: %(title)s"), "grants/mail/decided.txt"),
    Notice(TELL, _r("What came of your seed grant? %(title)s"), "grants/mail/tell.txt"),
)


def tell_of_decision(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told of a decision: the members of the initiative."""
    grant = queries.grant_by_number(number)
    if grant is None:
        return
    facts = {
        "title": grant.initiative.title,
        "number": grant.number,
        "verdict": "yes" if grant.granted_cents is not None else "no",
        "reason": grant.reason,
    }
    for to in to_members(each.person for each in grant.initiative.members):
        yield DECIDED, to, facts


EVENTS = {GRANT_DECIDED: tell_of_decision}
