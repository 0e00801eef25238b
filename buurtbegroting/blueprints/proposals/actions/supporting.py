"""Support for a plan: by people on the site, and on paper."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Proposal, Support, SupportList
from ..policy import may_enter_support_list, may_support


@deed(unaudited="which plans somebody supports is their own business")
def support(actor: Actor, proposal: Proposal) -> Proposal:
    """Support a plan, or no longer when one did."""
    insist(may_support(actor, proposal, clock.now(db.session())))
    person_id = uuid.UUID(str(actor.person_id))
    known = queries.support_of(person_id, proposal.id)
    if known:
        db.session.delete(known)
    else:
        db.session.add(Support(proposal_id=proposal.id, person_id=person_id))
    db.session.flush()
    return proposal


@dataclass(frozen=True)
class Signatures:
    """How many signatures on a list count, how many do not, and why not."""

    valid: int
    refused: int
    reason: str


@deed("proposals:support list:entered")
def enter_support_list(actor: Actor, proposal: Proposal, signatures: Signatures) -> SupportList:
    """Enter a list of signatures on paper; raise Invalid for an empty one and for refusals without a reason."""
    now = clock.now(db.session())
    insist(may_enter_support_list(actor, proposal, now))
    if signatures.valid + signatures.refused == 0:
        words = _r("Fill in how many signatures there are.")
        raise Invalid(words, {"valid": words})
    if signatures.refused and not signatures.reason:
        words = _r("Say why these signatures do not count.")
        raise Invalid(words, {"reason": words})
    made = SupportList(proposal_id=proposal.id, entered_on=clock.local_day(now), **vars(signatures))
    db.session.add(made)
    db.session.flush()
    return made
