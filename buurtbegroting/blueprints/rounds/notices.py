"""Who hears that the dates of a round moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.blueprints.conversations.notices import way_out
from buurtbegroting.blueprints.conversations.queries import followers
from buurtbegroting.civic.phases import TITLES
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.foundation.outbox import Notice, Recipient

from . import queries

OTHER_DATES = "rounds:other dates"
MOVED = "rounds:round dates moved"

NOTICES = (Notice(OTHER_DATES, _r("Other dates: %(title)s"), "rounds/mail/moved.txt"),)


def tell_of_move(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told that a phase has other dates: who follows the round."""
    round_ = queries.round_by_number(number)
    if round_ is None or round_.state != "published" or not (moves := queries.moves_of(round_.id)):
        return
    newest = moves[0]
    facts = {
        "title": round_.title,
        "number": round_.number,
        "phase": TITLES[newest.kind].msgid,
        "starts": local_day(newest.starts_at).isoformat(),
        "reason": newest.reason,
    }
    for follow in followers("ronde", round_.number):
        for to in hearers(follow.person, is_news=True):
            yield OTHER_DATES, to, facts | {"way_out": way_out(follow)}


EVENTS = {MOVED: tell_of_move}
