"""Deeds of the desk."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .policy import may_print_letters


@deed("admin:letters:printed")
def settle_letters(actor: Actor, ids: Collection[uuid.UUID]) -> outbox.Message:
    """Note that these letters were printed, and return the last; raise AlreadyDone when none of them waits any more."""
    now = clock.now(db.session())
    insist(may_print_letters(actor, None, now))
    printed = [each for each in outbox.waiting_letters(db.session()) if each.id in ids]
    if not printed:
        raise AlreadyDone(_r("These letters were printed already."))
    outbox.settle_letters(printed, now)
    return printed[-1]
