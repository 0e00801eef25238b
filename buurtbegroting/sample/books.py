"""What was spent from the maatwerk pot, and how people divide the money of the round that asks them to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.rounds.actions.bookkeeping import Maatwerk, spend_maatwerk
from buurtbegroting.blueprints.rounds.actions.shares import divide
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.policy import may_divide
from buurtbegroting.blueprints.rounds.queries import themes
from buurtbegroting.civic.actors import Actor, Role, RoleName, Verification
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

_OFFICIAL = Actor(id="sample-1", roles=frozenset({Role(RoleName.OFFICIAL)}))
# Days ago, cents, what it was, whether it helped, and whether they would do it again.
_SPENT = (
    (64, 180_00, "Een tweedehands fiets", "yes", True),
    (41, 95_00, "Verf en kwasten voor een kamer", "yes", True),
    (23, 240_00, "Een cursus Nederlands bij de bibliotheek", "partly", True),
    (9, 150_00, "Een schutting", "no", False),
)
# Of every 100 euros to each theme, in their order: one row per person.
_DIVIDED = ((40, 20, 20, 10, 10, 0), (60, 0, 20, 20, 0, 0), (20, 20, 20, 20, 20, 0), (0, 50, 30, 0, 20, 0))


def fill_books(rounds: Iterable[Round], people: Sequence[Person]) -> None:
    """Spend some maatwerk money, and divide the money of the round whose residents do that now."""
    now = clock.now(db.session())
    known = sorted(themes(), key=lambda each: each.slug)
    for round_ in rounds:
        for pot in (each for each in round_.pots if each.kind == "maatwerk"):
            for days, cents, kind, reached, again in _SPENT:
                day = clock.local_day(now) - timedelta(days=days)
                spend_maatwerk(_OFFICIAL, pot, Maatwerk(day, cents, kind, reached, again))
        for person, euros in zip(people, _DIVIDED, strict=False):
            somebody = Actor(id=str(person.id), verification=Verification.EMAIL)
            if may_divide(somebody, round_, now):
                divide(somebody, round_, {theme.id: each for theme, each in zip(known, euros, strict=False)})
