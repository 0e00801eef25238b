"""The plans of Waterveld: those written by hand, and for the large samples believable variations on them."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .rounds import SamplePot, SampleRound, content
from .town import point_in, town

# What stands before a street name in Dutch, by its ending.
_ARTICLES = {"plein": "het", "pad": "het", "hof": "het", "veld": "het", "oord": "het"}
_PLACES = {
    "plein": "op",
    "veld": "op",
    "dijk": "op",
    "dam": "op",
    "pad": "aan",
    "kade": "aan",
    "weg": "aan",
    "laan": "aan",
}
_DEPARTMENTS = {
    "green": "Afdeling Groen",
    "traffic": "Afdeling Verkeer",
    "meeting": "Team Buurtbegroting",
    "sport": "Afdeling Sport",
    "culture": "Afdeling Cultuur",
    "safety": "Afdeling Veiligheid",
}
# What became of a variation: mostly what the phase of its round says.
_FATES: tuple[dict[str, str], ...] = (
    {},
    {"state": "infeasible", "answer": "Kan niet. Onder de stoep liggen kabels. Daar mag niet gegraven worden."},
    {"state": "withdrawn"},
)
_ANSWER_TERM = timedelta(days=28)
_ANSWERED = frozenset({"feasible", "changeable", "infeasible"})


@dataclass(frozen=True)
class SampleProposal:
    """A plan of residents. ``appeal`` is how well each taste group likes it; ``twin`` ties it to its equal."""

    number: str
    round_number: str
    pot: int
    theme: str
    state: str
    title: str
    summary: str
    what: str
    why: str
    for_whom: str
    address: str
    buurt_code: str
    longitude: float
    latitude: float
    cost_cents: int
    maintenance_cents: int
    carrier: str
    author: str
    submitted_on: date | None
    answer: str
    answered_by: str
    answered_on: date | None
    turn_party: str
    turn_since: date | None
    turn_due: date | None
    appeal: tuple[float, ...] = ()
    twin: str | None = None


def plans(rounds: tuple[SampleRound, ...], today: date, seed: int, extra: dict[str, int]) -> tuple[SampleProposal, ...]:
    """Return the plans of all rounds, numbered; ``extra`` says per round how many variations are added."""
    variations = _Variations(random.Random(f"{seed} variations"))  # noqa: S311
    serial: Counter[str] = Counter()
    found = []
    for one in rounds:
        written = list(content(one.key).get("plan", []))
        told = written + [variations.take(one, index) for index in range(extra.get(one.key, 0))]
        year = one.number.split("-", maxsplit=1)[0]
        for plan in told:
            serial[year] += 1
            found.append(_plan(plan, one, f"{year}-{serial[year]:03d}", today, seed))
    return tuple(found)


def _plan(told: dict[str, Any], one: SampleRound, number: str, today: date, seed: int) -> SampleProposal:
    chance = random.Random(f"{seed} {one.key} {told['title']}")  # noqa: S311
    state = told.get("state") or ("feasible" if _has_been_assessed(one, today) else "submitted")
    department = told.get("department") or _DEPARTMENTS[told["theme"]]
    longitude, latitude = point_in(told["buurt"], chance)
    dates = _Dates.of(one, state, told.get("late", False), today, chance)
    party, since, due = dates.turn(one, state, told.get("pot", 1), department)
    answered = dates.answered
    return SampleProposal(
        number=number,
        round_number=one.number,
        pot=told.get("pot", 1),
        theme=told["theme"],
        state=state,
        title=told["title"],
        summary=told["summary"],
        what=told["what"],
        why=told["why"],
        for_whom=told["for_whom"],
        address=told["at"],
        buurt_code=told["buurt"],
        longitude=longitude,
        latitude=latitude,
        cost_cents=told["cost"] * 100,
        maintenance_cents=told["upkeep"] * 100,
        carrier=told["carrier"],
        author=told["author"],
        submitted_on=dates.submitted,
        answer=(told.get("answer") or "Kan. Het past in de regels en het bedrag klopt.") if answered else "",
        answered_by=department if answered else "",
        answered_on=answered,
        turn_party=party,
        turn_since=since,
        turn_due=due,
        appeal=tuple(told.get("appeal", ())),
        twin=told.get("twin"),
    )


def _has_been_assessed(one: SampleRound, today: date) -> bool:
    return not one.is_all_year and one.phase("vote").first_day <= today


@dataclass(frozen=True)
class _Dates:
    """When a plan was handed in and answered, and when the next step is due."""

    submitted: date | None
    answered: date | None
    due: date
    today: date

    @classmethod
    def of(cls, one: SampleRound, state: str, is_late: bool, today: date, chance: random.Random) -> _Dates:
        """Draw dates that fit the phases of the round; only what is due lies in the future."""
        due = _working_day(today + timedelta(days=chance.randrange(3, 25)))
        start, last = one.phase("propose").first_day, today if one.is_all_year else one.phase("assess").first_day
        if state == "draft" or start >= today:
            return cls(None, None, due, today)
        if is_late:
            due = _working_day(today - timedelta(days=chance.randrange(2, 9)), back=True)
            last = min(last, today - _ANSWER_TERM)
        elif state == "submitted" and last > today:  # still within the term for an answer
            start = max(start, today - _ANSWER_TERM + timedelta(days=5))
        last = min(last, today - timedelta(days=1))
        submitted = start + timedelta(days=chance.randrange(max(1, (last - start).days)))
        answered = min(submitted + timedelta(days=chance.randrange(5, 26)), today - timedelta(days=1))
        return cls(submitted, answered if state in _ANSWERED else None, due, today)

    def turn(self, one: SampleRound, state: str, pot: int, department: str) -> tuple[str, date | None, date | None]:
        """Return who is to move, since when and until when at the latest; nobody once the case is closed."""
        if state == "submitted" and self.submitted:
            assess = one.phase("assess").first_day
            is_in_assessment = self.submitted <= assess <= self.today and not one.is_all_year
            since = assess if is_in_assessment else self.submitted
            return department, since, self.due
        if state == "changeable":
            return "Indieners", self.answered, self.due
        last_day = one.phase("vote").last_day
        if state == "feasible" and one.is_all_year:
            return one.rulebook.decided_by, self.answered, self.due
        if state == "feasible" and last_day and self.today <= last_day:
            return f"Stemmers van {_voters(one.pots[pot - 1])}", self.answered, last_day
        return "", None, None


def _voters(pot: SamplePot) -> str:
    return town().area(pot.area_code).name if pot.area_code else town().name


def _working_day(day: date, back: bool = False) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=-1 if back else 1)
    return day


class _Variations:
    """Endless plans: an object at a street, none told twice as long as there are combinations."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.parts = content("variations")
        self.left: dict[str | None, Iterator[tuple[Any, ...]]] = {}

    def take(self, one: SampleRound, index: int) -> dict[str, Any]:
        """Return the next plan for one of the pots of a round, as the files would tell it."""
        pot = one.pots[index % len(one.pots)]
        if pot.area_code not in self.left:
            self.left[pot.area_code] = self._shuffled(pot.area_code)
        thing, (buurt, street), tail = next(self.left[pot.area_code])
        article, place = _ending(_ARTICLES, street, "de"), _ending(_PLACES, street, "in")
        author = (
            self.chance.choice(self.parts["authors"])
            .format(street=street)
            .replace("de " + street, f"{article} {street}")
        )
        return {
            "title": f"{thing['title']} {place} {article} {street}{tail}",
            "summary": f"{thing['why']} Daar willen wij iets aan doen.",
            "what": f"{thing['title']} {place} {article} {street}. Wij denken mee over de beste plek.",
            "why": thing["why"],
            "for_whom": f"Bewoners van {article} {street}",
            "at": f"{street} {self.chance.randrange(1, 90)}",
            "buurt": buurt,
            "theme": thing["theme"],
            "cost": self.chance.randrange(thing["from"], thing["to"], 50),
            "upkeep": self.chance.choice([0, 0, 100, 250, 400]),
            "carrier": self.chance.choice(["municipality", "residents", "together"]),
            "author": author,
            "pot": pot.position,
            **self.chance.choices(_FATES, weights=[8, 1, 1])[0],
        }

    def _shuffled(self, area_code: str | None) -> Iterator[tuple[Any, ...]]:
        streets = [(one.code, name) for one in town().buurten_of(area_code) for name in town().streets[one.code]]
        combinations = list(itertools.product(self.parts["objects"], streets, self.parts["tails"]))
        self.chance.shuffle(combinations)
        return itertools.cycle(combinations)


def _ending(endings: dict[str, str], street: str, otherwise: str) -> str:
    return next((word for ending, word in endings.items() if street.lower().endswith(ending)), otherwise)
