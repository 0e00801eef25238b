"""The houses of the invented municipality, what is on there, and who works with whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import active_roles
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.queries import Filters, all_found, initiative_by_id
from buurtbegroting.blueprints.network.actions import agenda, houses, ties
from buurtbegroting.civic.actors import Actor
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

_HOUSES = (
    houses.AboutHouse(
        "Buurthuis De Haven", "neighbourhood", "Kade 4", "WK999901", "yes", "De lift is achter de balie.",
        "Maandag tot en met vrijdag van 9 tot 21 uur.",
    ),
    houses.AboutHouse("Bibliotheek Vogelhof", "library", "Merelplein 1", "WK999902", "yes", "", "Elke dag."),
    houses.AboutHouse("Dorpshuis Lindeveen", "village", "Lindelaan 30", "WK999903", "partly", "Boven is een trap."),
)  # fmt: skip


def fill_network(people: Mapping[str, Person]) -> None:
    """Add houses with an agenda, and let two initiatives say that they work together."""
    sanne, fatima, gerrit = (_actor(people[name]) for name in ("Sanne Bakker", "Fatima", "Gerrit de Vries"))
    today = clock.local_day(clock.now(db.session()))
    made = [houses.add_house(sanne, each) for each in _HOUSES]
    coffee = agenda.AboutActivity(
        "Koffie en kennismaken", "Loop binnen, ook als u niemand kent.", today + timedelta(days=1), time(10), time(12),
        is_weekly=True, for_whom="Voor iedereen.", sign_up="Dat hoeft niet.",
    )  # fmt: skip
    agenda.plan_in_house(sanne, made[0], coffee)
    digital = agenda.AboutActivity(
        "Hulp met uw telefoon", "Neem uw telefoon mee.", today + timedelta(days=2), time(14), time(16), is_weekly=True
    )
    off = agenda.plan_in_house(sanne, made[1], digital)
    agenda.call_off(sanne, off, today + timedelta(days=9), "De begeleider is op vakantie.")
    found = {each.title: each for each in all_found(Filters())}
    table, repair = (_whole(found[title]) for title in ("Eettafel De Haven", "Repaircafé Zuid"))
    ties.meet_in(fatima, table, made[0].id)
    ties.meet_in(gerrit, repair, made[1].id)
    dinner = agenda.AboutActivity(
        "Aan tafel", "Drie gangen, u betaalt wat u kunt.", today + timedelta(days=3), time(17, 30), time(20),
        house_id=made[0].id, is_weekly=True, cost_cents=500, sign_up="Bel voor donderdag 12 uur.",
    )  # fmt: skip
    agenda.plan_by_initiative(fatima, table, dinner)
    ties.ask_tie(fatima, table, repair.number, "Zij maken onze pannen.")


def _actor(person: Person) -> Actor:
    return Actor(id=str(person.id), roles=active_roles(person))


def _whole(initiative: Initiative) -> Initiative:
    found = initiative_by_id(initiative.id)
    if found is None:
        raise LookupError(initiative.number)
    return found
