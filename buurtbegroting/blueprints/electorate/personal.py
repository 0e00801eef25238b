"""How long names and addresses of voters are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from buurtbegroting.blueprints.rounds.models import RoundPhase
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.retention import Retention

from .models import RegisterEntry

# The term in which somebody may object to a decision is six weeks; a decision takes some weeks after the vote.
KEPT = timedelta(weeks=18)


def clean_addresses(now: datetime) -> int:
    """Take names, addresses and identities out of registers whose vote ended long ago; return of how many people."""
    ended = select(RoundPhase.round_id).where(
        RoundPhase.kind_name == PhaseKind.VOTE.value, RoundPhase.ends_at < now - KEPT
    )
    has_any = RegisterEntry.address_sealed.is_not(None) | RegisterEntry.identity.is_not(None)
    nothing = {"address_sealed": None, "place": None, "identity": None}
    mine = update(RegisterEntry).where(RegisterEntry.round_id.in_(ended), has_any).values(**nothing)
    done = db.session.execute(mine.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]


RETENTION = (
    Retention(
        _r("Names and addresses of voters"),
        KEPT,
        _r("Until nobody can object to the outcome of the vote any more."),
        clean_addresses,
    ),
)
