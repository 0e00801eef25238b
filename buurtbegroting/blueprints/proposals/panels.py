"""What plans show on pages that combine slices."""

from __future__ import annotations

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.phases import Act, allows
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from . import queries


def drafts_of(person: Person) -> int:
    """Return how many plans somebody is still writing."""
    return len(queries.drafts_of(person.id))


def open_for_plans(round_: Round) -> Round | None:
    """Return a round when plans can be handed in now, or else None."""
    return round_ if allows(round_.phases, Act.PROPOSE, clock.now(db.session())) else None
