"""Results to take away: rows for a spreadsheet, and the ballots as a Pabulib file that anyone can count again."""

from __future__ import annotations

from collections.abc import Iterator

from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.counting import pabulib
from buurtbegroting.counting.outcomes import Outcome
from buurtbegroting.foundation.clock import local_day

from . import queries
from .models import Result

HEAD = ("volgorde", "plan", "titel", "gekozen", "stemmen", "kosten", "munt", "over_na_dit_plan", "reden")


def rows(result: Result) -> Iterator[tuple[object, ...]]:
    """Yield one row per plan that stood on the ballot, winners first in order of election."""
    outcome = Outcome.from_json(result.outcome_json)
    plans = {each.key: each for each in queries.listed_on_ballot(result.pot)}
    currency = result.pot.round.currency
    for step in outcome.steps:
        plan = plans[step.project]
        yield (
            step.round, plan.number, plan.title, "ja", _decimal(step.votes), _decimal(step.cost), currency,
            _decimal(step.left), step.kind.value,
        )  # fmt: skip
    for loss in outcome.losses:
        plan, reason = plans[loss.project], loss.reason.value
        yield (
            "", plan.number, plan.title, "nee", _decimal(loss.votes), _decimal(loss.cost), currency, "", reason,
        )  # fmt: skip


def _decimal(amount: object) -> str:
    return f"{float(amount):.2f}".removesuffix(".00").replace(".", ",")  # type: ignore[arg-type]


def pabulib_file(result: Result) -> pabulib.PabulibFile:
    """Return the ballots of a result as a file without voters and without order."""
    election = queries.election_of(result.pot)
    plans = queries.listed_on_ballot(result.pot)
    extra = {
        "latitude": {each.key: str(each.latitude) for each in plans if each.latitude is not None},
        "longitude": {each.key: str(each.longitude) for each in plans if each.longitude is not None},
    }
    winners = Outcome.from_json(result.outcome_json).winners
    kept = {name: texts for name, texts in extra.items() if texts}
    return pabulib.from_election(election, _meta(result.pot), winners, kept)


def _meta(pot: Pot) -> dict[str, str]:
    book, voting = pot.round.rulebook, next((each for each in pot.round.phases if each.kind_name == "vote"), None)
    rules = {
        "equal-shares": {"none": "equalshares", "add1": "equalshares/add1"}.get(book.completion, "equalshares/add1u"),
        "greedy": "greedy",
    }
    meta = {
        "description": pot.round.title,
        "country": "Netherlands" if pot.round.currency == "EUR" else "",
        "instance": pot.round.number,
        "rule": rules.get(book.rule, book.rule),
        "currency": pot.round.currency,
        "language": pot.round.language,
        "min_length": str(book.min_choices or ""),
        "max_length": str(book.max_choices or ""),
        "max_sum_cost": str(pot.amount_cents // 100) if book.ballot_type == "knapsack" else "",
        "max_sum_points": str(book.max_points or ""),
        "date_begin": f"{local_day(voting.starts_at):%d.%m.%Y}" if voting else "",
        "date_end": f"{local_day(voting.ends_at):%d.%m.%Y}" if voting and voting.ends_at else "",
    }
    return {key: value for key, value in meta.items() if value}
