"""Moving the dates of a round that everybody knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..models import PhaseMove, Round, RoundPhase
from ..notices import MOVED
from ..policy import may_move_phase


@dataclass(frozen=True)
class Dates:
    """From when until (not including) when a phase lasts; without an end it goes on."""

    starts_at: datetime
    ends_at: datetime | None


@deed("rounds:round:dates moved")
def move_phase(actor: Actor, round_: Round, phase: RoundPhase, dates: Dates, reason: str) -> Round:
    """Give a phase other dates, with the reason that everybody reads; who follows the round hears of it.

    Raises Invalid when the phase would end in the past, begin earlier than it did while it is on, or overlap another.
    """
    now = clock.now(db.session())
    insist(may_move_phase(actor, _Moving(round_, phase), now))
    _refuse_impossible(round_, phase, dates, now)
    if (dates.starts_at, dates.ends_at) == (phase.starts_at, phase.ends_at):
        return round_
    moved = PhaseMove(
        round_id=round_.id,
        kind_name=phase.kind_name,
        started_at=phase.starts_at,
        ended_at=phase.ends_at,
        starts_at=dates.starts_at,
        ends_at=dates.ends_at,
        reason=reason,
        moved_at=now,
    )
    db.session.add(moved)
    phase.starts_at, phase.ends_at = dates.starts_at, dates.ends_at
    db.session.flush()
    outbox.announce(db.session(), MOVED, number=round_.number)
    return round_


@dataclass(frozen=True)
class _Moving:
    round: Round
    phase: RoundPhase


def _refuse_impossible(round_: Round, phase: RoundPhase, dates: Dates, now: datetime) -> None:
    if dates.ends_at and dates.ends_at <= dates.starts_at:
        _refuse("last_day", _r("The last day cannot lie before the first day."))
    if dates.ends_at and dates.ends_at <= now:
        _refuse("last_day", _r("Choose a last day that is not over yet."))
    has_begun = phase.starts_at <= now
    if has_begun and dates.starts_at != phase.starts_at:
        _refuse("first_day", _r("This phase has begun already. Its first day stays as it is."))
    if not has_begun and dates.starts_at <= now:
        _refuse("first_day", _r("Choose a first day that lies ahead."))
    for other in round_.phases:
        if other is not phase and _overlaps(other, dates):
            _refuse("last_day" if other.starts_at > phase.starts_at else "first_day", _r("Two phases would overlap."))


def _overlaps(other: RoundPhase, dates: Dates) -> bool:
    begins_before_end = dates.ends_at is None or other.starts_at < dates.ends_at
    return begins_before_end and (other.ends_at is None or dates.starts_at < other.ends_at)


def _refuse(field: str, reason: object) -> None:
    raise Invalid(reason, {field: reason})  # type: ignore[dict-item, arg-type]
