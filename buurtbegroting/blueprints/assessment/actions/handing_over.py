"""An owner from outside fills in some of the marks, by a link without an account."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from buurtbegroting.blueprints.accounts.notices import recipient, stranger
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import Assessment, OwnerLink
from ..notices import HEARD, OWNER, as_items
from ..policy import may_fill_in_as_owner, may_hand_over, may_withdraw_link
from ..queries import people
from ..states import MACHINE, AssessmentState, Mark
from .noting import log

LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Owner:
    """Who is asked from outside, about which criteria; the address is used once and not kept."""

    organisation: str
    positions: tuple[int, ...]
    email: str = ""


@deed("assessment:owner link:made")
def make_link(actor: Actor, card: Assessment, owner: Owner, token: str) -> OwnerLink:
    """Let whoever has the link with this token fill in some marks, for thirty days; mail it to an address if any."""
    now = clock.now(db.session())
    insist(may_hand_over(actor, card, now))
    known = {each.position for each in card.marks}
    if not owner.positions or not set(owner.positions) <= known:
        words = _r("Choose at least one question.")
        raise Invalid(words, {"positions": words})
    made = OwnerLink(
        id=uuid.uuid4(),
        assessment=card,
        organisation=owner.organisation,
        positions=[str(each) for each in sorted(owner.positions)],
        token_hash=crypto.token_hash(token),
        made_at=now,
        expires_at=now + LASTS,
    )
    db.session.add(made)
    card.state_name = MACHINE.move(card.state, "hand over").value
    card.since = clock.local_day(now)
    log(actor, card, "handed-over", owner.organisation)
    if owner.email:
        to = stranger(owner.email, "nl")
        until = clock.local_day(made.expires_at).isoformat()
        outbox.send(db.session(), OWNER, to, title=card.proposal.title, token=token, until=until)
    return made


@deed("assessment:owner link:withdrawn")
def withdraw_link(actor: Actor, link: OwnerLink) -> OwnerLink:
    """Let a link be worth nothing any more."""
    now = clock.now(db.session())
    insist(may_withdraw_link(actor, link, now))
    if link.withdrawn_at is not None:
        raise AlreadyDone(_r("This link was withdrawn already."))
    link.withdrawn_at = now
    log(actor, link.assessment, "link-withdrawn", link.organisation)
    _take_back(link.assessment)
    return link


@deed("assessment:owner link:filled in")
def fill_in_as_owner(actor: Actor, link: OwnerLink, marks: Mapping[int, tuple[str, str]]) -> OwnerLink:
    """Fill in the marks that an owner was asked for; raise Invalid for what is missing."""
    now = clock.now(db.session())
    insist(may_fill_in_as_owner(actor, link, now))
    card = link.assessment
    lacking = {}
    for each in card.marks:
        if str(each.position) in link.positions:
            mark, text = marks[each.position]
            if not mark:
                lacking[f"mark_{each.position}"] = _r("Answer this question: %(question)s", question=each.question)
            elif mark in (Mark.PARTLY, Mark.NO) and not text:
                lacking[f"text_{each.position}"] = _r("Say why: %(question)s", question=each.question)
            each.mark, each.text, each.owner = mark, text, link.organisation
    if lacking:
        raise Invalid(_r("Not everything is filled in yet."), lacking)
    link.filled_at = now
    log(actor, card, "owner", link.organisation)
    _take_back(card)
    for person in people.who_has(card):
        outbox.send(db.session(), HEARD, recipient(person), items=as_items([card]), title=card.proposal.title)
    return link


def _take_back(card: Assessment) -> None:
    """Give the card back to the assessor when no link is waited for any more."""
    waits = any(each.withdrawn_at is None and each.filled_at is None for each in card.links)
    if card.state is AssessmentState.HANDED_OVER and not waits:
        card.state_name = MACHINE.move(card.state, "take back").value
    db.session.flush()
