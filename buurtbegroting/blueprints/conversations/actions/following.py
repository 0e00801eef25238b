"""Beginning and stopping to follow."""

from __future__ import annotations

import uuid

from sqlalchemy import delete

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Follow
from ..policy import may_follow, may_stop_following

PRIVATE = "what somebody follows is their own business"


@deed(unaudited=PRIVATE)
def follow(actor: Actor, kind: str, key: str) -> Follow:
    """Follow a subject; who follows it already goes on doing so."""
    now = clock.now(db.session())
    insist(may_follow(actor, None, now))
    person_id = str(actor.person_id)
    found = queries.follow_of(person_id, kind, key)
    if found is None:
        found = Follow(person_id=uuid.UUID(person_id), kind=kind, key=key, since=clock.local_day(now))
        db.session.add(found)
        db.session.flush()
    return found


@deed(unaudited=PRIVATE)
def stop_following(actor: Actor, follow: Follow) -> Follow:
    """Stop following a subject."""
    insist(may_stop_following(actor, follow, clock.now(db.session())))
    db.session.delete(follow)
    return follow


@deed(unaudited=PRIVATE)
def stop_by_mail(actor: Actor, follow: Follow) -> Follow:
    """Stop following by the way out in a mail, which only its reader has."""
    db.session.delete(follow)
    return follow


def forget_follows(person_id: uuid.UUID) -> None:
    """Let somebody who leaves follow nothing any more."""
    db.session.execute(delete(Follow).where(Follow.person_id == person_id))
