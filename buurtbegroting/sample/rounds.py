"""The rounds of Waterveld, dated from today so that the demo always has one in every phase."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from .town import town

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_WEEKS_IN_YEAR = 52
_PAST_DELIVERY = 40  # weeks after which the delivery of a past round has ended
_PROMISE = (
    "De gemeente voert uit wat u kiest. Alleen als iets niet mag of niet kan, doet zij dat niet. Dan leest u waarom."
)


@dataclass(frozen=True)
class SampleTheme:
    """A subject that plans are about, with the key of its picture."""

    slug: str
    name_nl: str
    name_en: str
    picture: str


@dataclass(frozen=True)
class SamplePhase:
    """A phase from one local midnight until (not including) another, in UTC; without an end it goes on."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None

    @property
    def first_day(self) -> date:
        """The first day, as people in the Netherlands live it."""
        return self.starts_at.astimezone(_AMSTERDAM).date()

    @property
    def last_day(self) -> date | None:
        """The last whole day of the phase, or None when it goes on."""
        return self.ends_at.astimezone(_AMSTERDAM).date() - timedelta(days=1) if self.ends_at else None


@dataclass(frozen=True)
class SamplePot:
    """The money for one area, or for the whole municipality (``area_code`` is None)."""

    position: int
    area_code: str | None
    amount_cents: int
    funding_source: str
    budget_year: int
    kind: str = "plans"
    holder: str = ""


@dataclass(frozen=True)
class SampleRulebook:
    """Who votes how, and how is counted."""

    ballot_type: str = "approval"
    min_choices: int | None = None
    max_choices: int | None = None
    support_needed: int | None = None
    decision_form: str = "vote"
    decided_by: str = ""
    max_plan_cents: int | None = None
    leftover: str = "next-round"
    min_age: int = 12
    rule: str = "equal-shares"
    utility: str = "cost"
    completion: str = "add1u"
    ties: tuple[str, ...] = ("cheapest", "most-votes", "id")
    promise: str = _PROMISE


@dataclass(frozen=True)
class SampleRound:
    """A round; ``key`` names its file with plans, ``ballots`` is how many are cast in the small sample."""

    key: str
    number: str
    title: str
    summary: str
    intro: str
    state: str
    phases: tuple[SamplePhase, ...]
    pots: tuple[SamplePot, ...]
    rulebook: SampleRulebook = field(default_factory=SampleRulebook)
    decided_on: date | None = None
    decision_number: str | None = None
    ballots: int = 0

    @property
    def is_all_year(self) -> bool:
        """Whether this is a pot that is open all year."""
        return self.phases[0].kind == "all-year"

    def phase(self, kind: str) -> SamplePhase:
        """Return the phase of a kind; of a pot that is open all year there is only one."""
        return self.phases[0] if self.is_all_year else next(phase for phase in self.phases if phase.kind == kind)

    def phase_at(self, moment: datetime) -> SamplePhase | None:
        """Return the phase a moment falls in, or None before, between and after them."""
        for phase in self.phases:
            if phase.starts_at <= moment and (phase.ends_at is None or moment < phase.ends_at):
                return phase
        return None


def content(name: str) -> dict[str, Any]:
    """Return one of the files in ``content/``."""
    file = resources.files(__package__).joinpath("content", f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def themes() -> tuple[SampleTheme, ...]:
    """Return the subjects that plans are about."""
    return tuple(SampleTheme(**theme) for theme in content("rounds")["themes"])


def rounds(today: date) -> tuple[SampleRound, ...]:
    """Return the present rounds: one in each phase, one still a draft."""
    counted: dict[int, int] = {}
    found = []
    for told in content("rounds")["rounds"]:
        year = today.year - told.get("years_ago", 0)
        counted[year] = counted.get(year, 0) + 1
        found.append(_round(told, f"{year}-{counted[year]}", year, today))
    return tuple(found)


def past_rounds(today: date, years: int, ballots: int) -> Iterator[SampleRound]:
    """Return one finished round per wijk for each of the years before the present rounds."""
    model = next(told for told in content("rounds")["rounds"] if told["key"] == "molenkwartier")
    for ago in range(1, years + 1):
        year = today.year - 1 - ago
        shift = ago * _WEEKS_IN_YEAR
        weeks = {kind: [week - shift for week in span] for kind, span in model["weeks"].items()}
        weeks["deliver"] = [weeks["deliver"][0], weeks["deliver"][0] + _PAST_DELIVERY]
        for index, wijk in enumerate((area for area in town().areas if area.kind == "wijk"), start=1):
            told = {
                "key": f"{wijk.code}-{year}",
                "title": f"Buurtbudget {wijk.name} {year}",
                "summary": f"Bewoners van {wijk.name} verdeelden de pot van {year}.",
                "intro": "Deze ronde is klaar. U ziet wat er is gekozen en wat ervan kwam.",
                "ballots": ballots,
                "decision_days_ago": 400 + shift * 7,
                "weeks": weeks,
                "pots": [{"area": wijk.code, "amount": 30000 + 5000 * index, "funding": "Programma Wijken"}],
            }
            yield _round(told, f"{year}-{index}", year, today)


def _round(told: dict[str, Any], number: str, year: int, today: date) -> SampleRound:
    days = told.get("decision_days_ago")
    decided = today - timedelta(days=days) if days else None
    return SampleRound(
        key=told["key"],
        number=number,
        title=told["title"],
        summary=told["summary"],
        intro=told["intro"],
        state=told.get("state", "published"),
        phases=tuple(_phase(kind, span, today) for kind, span in told["weeks"].items()),
        pots=tuple(
            SamplePot(
                position=position,
                area_code=pot.get("area"),
                amount_cents=pot["amount"] * 100,
                funding_source=pot["funding"],
                budget_year=year,
                kind=pot.get("kind", "plans"),
                holder=pot.get("holder", ""),
            )
            for position, pot in enumerate(told["pots"], start=1)
        ),
        rulebook=SampleRulebook(**told.get("rules", {})),
        decided_on=decided,
        decision_number=f"{decided.year}-{100 + int(number[-1])}" if decided else None,
        ballots=told.get("ballots", 0),
    )


def _phase(kind: str, weeks: list[int], today: date) -> SamplePhase:
    start, *end = (_midnight(today, week) for week in weeks)
    return SamplePhase(kind, start, end[0] if end else None)


def _midnight(today: date, weeks: int) -> datetime:
    day = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    return datetime(day.year, day.month, day.day, tzinfo=_AMSTERDAM).astimezone(UTC)
