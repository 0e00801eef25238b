"""What is said to whom about needs, offers and matches; never an address, unless its owner chose to give it."""

from __future__ import annotations

from collections.abc import Iterator

from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient

from . import queries
from .models import Posting

ASKED = "matching:asked"
AGREED = "matching:agreed"
DECLINED = "matching:declined"
TIED = "matching:tied"
LAPSED = "matching:lapsed"
LASTING = "matching:lasting"

NOTICES = (
    Notice(ASKED, _r("Somebody wants to get in touch: %(title)s"), "matching/mail/asked.txt"),
    Notice(AGREED, _r("You can get in touch: %(title)s"), "matching/mail/agreed.txt"),
    Notice(DECLINED, _r("It did not work out: %(title)s"), "matching/mail/declined.txt"),
    Notice(TIED, _r("A broker found somebody: %(title)s"), "matching/mail/tied.txt"),
    Notice(LAPSED, _r("Its time is over: %(title)s"), "matching/mail/lapsed.txt"),
    Notice(LASTING, _r("Did it last?"), "matching/mail/lasting.txt"),
)


def to_people_of(posting: Posting) -> Iterator[Recipient]:
    """Yield how those hear whose a need or an offer is."""
    for person in queries.people_of(posting):
        yield from hearers(person, is_news=False)
