"""The overview: one mail or letter with all the news, for who does not want it piece by piece."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import time

from sqlalchemy import Select, select

from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.foundation import clock, crypto, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.outbox import Message

from .. import notices
from ..models import Channel, Person, Rhythm

MONDAY = 0
MOST_ITEMS = 50


@jobs.every("accounts:overviews sent", day_at=time(7, 0))
def send_overviews() -> None:
    """Send today's overviews in every municipality: the daily ones, and on Monday the weekly ones too."""
    session = db.session()
    today = clock.local_day(clock.now(session))
    rhythms = [Rhythm.DAILY, *([Rhythm.WEEKLY] if today.weekday() == MONDAY else [])]
    for municipality_id in tenancy.all_ids(session):
        with tenancy.inside(session, municipality_id):
            for person_id in session.scalars(_who_waits(rhythms)).all():
                send_overview(SYSTEM, session.get_one(Person, person_id))


def _who_waits(rhythms: Sequence[Rhythm]) -> Select[uuid.UUID]:
    waiting = select(Message.recipient_id).where(Message.waits_for_overview)
    reached = (Person.channel != Channel.NONE, Person.rhythm.in_(rhythms), Person.forgotten_on.is_(None))
    return select(Person.id).where(*reached, Person.id.in_(waiting)).order_by(Person.id)


@deed(unaudited="what somebody reads is their own business")
def send_overview(actor: Actor, person: Person) -> Person:
    """Send somebody one message with everything that waits for it; a second time on the same day sends nothing."""
    session = db.session()
    mine = (Message.recipient_id == person.id, Message.waits_for_overview)
    waiting = session.scalars(select(Message).where(*mine).order_by(Message.made_at, Message.id)).all()
    if waiting:
        told = [outbox.rendered(each) for each in waiting[-MOST_ITEMS:]]
        outbox.send(
            session,
            notices.OVERVIEW,
            notices.by_chosen_channel(person),
            items=[[each.subject, each.body.strip()] for each in told],
            way_out={
                "endpoint": "messages.stop_page",
                "values": {"person_id": str(person.id), "mark": stop_mark(person)},
            },
        )
        for each in waiting:
            each.waits_for_overview = False
    return person


def stop_mark(person: Person) -> str:
    """Return what proves that an address to stop with was sent to this person."""
    return crypto.keys().fingerprint("stop", str(person.id))[:32]


@deed("accounts:person:news stopped")
def stop_news(actor: Actor, person: Person) -> Person:
    """Send somebody no more mail or letters with news; on the site it still stands."""
    person.rhythm = Rhythm.NEVER
    return person
