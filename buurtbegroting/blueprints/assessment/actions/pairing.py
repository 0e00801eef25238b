"""Plans of one pot that cannot both be carried out: found by the house, decided by a person."""

from __future__ import annotations

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import ExclusivePair
from ..policy import may_run_desk
from ..queries import pairs
from ..states import PairState


@deed(unaudited="what was found says nothing until a person decides on it")
def find_pairs(actor: Actor) -> int:
    """Keep the pairs of plans that may exclude each other and were not found before; return how many there are."""
    insist(may_run_desk(actor, None, clock.now(db.session())))
    known = pairs.known_pairs()
    found = [each for each in pairs.candidates() if (each.first.id, each.second.id) not in known]
    for each in found:
        db.session.add(
            ExclusivePair(first_id=each.first.id, second_id=each.second.id, metres=each.metres, is_alike=each.is_alike)
        )
    db.session.flush()
    return len(found)


@deed("assessment:pair:decided")
def decide_pair(actor: Actor, pair: ExclusivePair, *, is_exclusive: bool, reason: str) -> ExclusivePair:
    """Say whether two plans exclude each other, and why; everybody reads the reason of those that do."""
    now = clock.now(db.session())
    insist(may_run_desk(actor, pair, now))
    if not reason:
        words = _r("Say why.")
        raise Invalid(words, {"reason": words})
    pair.state_name = (PairState.CONFIRMED if is_exclusive else PairState.DISMISSED).value
    pair.reason, pair.decided_on = reason, clock.local_day(now)
    db.session.flush()
    return pair
