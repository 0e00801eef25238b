"""What the invented municipality spends, brought in as an official does, and a question about it."""

from __future__ import annotations

import csv
import io
import random
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import active_roles
from buurtbegroting.blueprints.conversations.actions import moderating, talking
from buurtbegroting.blueprints.conversations.models import Stance
from buurtbegroting.blueprints.insight import queries
from buurtbegroting.blueprints.insight.actions import (
    Question,
    Sent,
    ask,
    choose_columns,
    publish_import,
    upload_spending,
)
from buurtbegroting.blueprints.insight.columns import EXAMPLE_HEAD, guess
from buurtbegroting.blueprints.insight.kinds import FIELD_SLUGS, TaskField
from buurtbegroting.blueprints.insight.models import SpendingImport
from buurtbegroting.civic.actors import Actor
from buurtbegroting.foundation.tables import read_table

from .town import Town

Cells = tuple[object, ...]


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath("content", "spending.toml").read_text("utf-8")
    )
    return told


def fill_spending(town: Town, this_year: int, people: Mapping[str, Person]) -> None:
    """Bring in three years of figures, with a file that is not right yet, and let residents ask about them."""
    sanne = _actor(people["Sanne Bakker"])
    for ago in (2, 1, 0):
        year = this_year - ago
        source = f"Begroting {year}, vastgesteld door de gemeenteraad"
        _publish(sanne, f"begroting-{year}.csv", source, _lines(town, year, ago, "begroot"))
    for ago in (2, 1):
        year = this_year - ago
        source = f"Jaarrekening {year}"
        _publish(sanne, f"jaarrekening-{year}.csv", source, _lines(town, year, ago, "werkelijk"))
    _bring_in(sanne, f"begroting-{this_year + 1}-concept.csv", "Concept", _with_faults(town, this_year + 1))
    _fill_questions(people)


def _lines(town: Town, year: int, ago: int, kind: str) -> Iterator[Cells]:
    chance = random.Random(f"{year}-{kind}")  # noqa: S311
    wijken = [area for area in town.areas if area.kind == "wijk"]
    everybody = sum(wijk.inhabitants for wijk in wijken)
    for told in _told()["lines"]:
        base = told["euros"] * _told()["before"][ago]
        for code, people in [("", everybody)] if told.get("whole") else [(w.code, w.inhabitants) for w in wijken]:
            factor = _told()["wijken"].get(code, {}).get(told["field"], 1.0)
            change = chance.uniform(0.97, 1.04) if kind == "werkelijk" else 1.0
            euros = round(base * factor * change * people / 100) * 100
            amount = f"{euros:,}".replace(",", ".") + ",00"
            yield year, code, FIELD_SLUGS[TaskField(told["field"])], told["name"], amount, kind, told["how"], ""


def _with_faults(town: Town, year: int) -> Iterator[Cells]:
    """Yield lines with mistakes that officials make."""
    lines = list(_lines(town, year, 0, "begroot"))[:12]
    yield from lines[:6]
    yield year, "WK999909", "groen", "Bomen", "12.500,00", "begroot", "direct", ""
    yield year, "WK999901", "leefbaarheid", "Buurtfeest", "2.500,00", "begroot", "direct", ""
    yield year, "WK999902", "sport", "Sporthal", "p.m.", "begroot", "direct", ""
    yield year, "WK999902", "groen", "Inkomsten uit hout", "-1.500,00", "begroot", "naar gevoel", ""
    yield from lines[6:]


def _bring_in(actor: Actor, name: str, source: str, lines: Iterator[Cells]) -> SpendingImport:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([EXAMPLE_HEAD, *lines])
    table = read_table(text.getvalue().encode("cp1252"))
    found = upload_spending(actor, Sent(name, source, table), guess(table.head))
    return choose_columns(actor, found, {**guess(table.head), "unit": "1"})


def _publish(actor: Actor, name: str, source: str, lines: Iterator[Cells]) -> None:
    publish_import(actor, _bring_in(actor, name, source, lines), takes_place=False)


def _fill_questions(people: Mapping[str, Person]) -> None:
    place = queries.place_by_code("WK999901")
    if place is None:
        return
    fatima, gerrit, sanne = (people[name] for name in ("Fatima", "Gerrit de Vries", "Sanne Bakker"))
    ine = _actor(people["Ine Smit"])
    why = "Waarom kost groen in onze wijk meer dan in andere wijken?"
    asked = moderating.show_comment(ine, ask(_actor(fatima), Question(place, TaskField.GREEN, why, "nl")))
    answer = "In De Weiden ligt meer gras dan in de andere wijken. Wij maaien dat acht keer per jaar."
    thread = queries.thread_about(place, TaskField.GREEN)
    if thread is not None:
        said = talking.Said(Stance.NEUTRAL, answer, "nl", asked)
        talking.say_something(_actor(sanne), thread, said, "Openbare ruimte")
    later = "Komt er volgend jaar meer geld voor jongerenwerk?"
    moderating.show_comment(ine, ask(_actor(gerrit), Question(place, TaskField.YOUTH, later, "nl")))


def _actor(person: Person) -> Actor:
    return Actor(id=str(person.id), roles=active_roles(person))
