"""What a Pabulib file becomes here: a closed round, and its plans. No writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from buurtbegroting.blueprints.municipalities.queries import this_municipality
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import answer_due
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Pot, Round, RoundPhase, Rulebook
from buurtbegroting.civic.money import cents_from
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting.elections import BallotType, Election
from buurtbegroting.counting.pabulib import PabulibFile
from buurtbegroting.counting.pabulib.amounts import whole_from
from buurtbegroting.counting.rules import default_utility

# What the names of rules in Pabulib files mean in a rulebook. Cities that used Add1 went on until the pot was exceeded.
_GREEDY = {"rule": "greedy", "completion": "none"}
_ADD1 = {"rule": "equal-shares", "completion": "add1", "is_exhaustive": False}
_RULES: dict[str, dict[str, Any]] = {
    "greedy": _GREEDY,
    "greedy-threshold": _GREEDY,
    "greedy-no-skip": _GREEDY | {"rule": "greedy-stop"},
    "equalshares": _ADD1 | {"completion": "none"},
    "equalshares/add1": _ADD1,
    "equalshares/add1-comparison": _ADD1 | {"is_compared": True},
}

# What a rulebook can hold; no vote asks for so many choices or points.
_MOST = 10**9


def round_from(file: PabulibFile, election: Election, now: datetime) -> tuple[Round, list[str]]:
    """Return the closed round of a file, and notes on what could not be taken over as it stands."""
    begins, ends = _period(file, now)
    if ends >= now:
        raise Invalid(_r("%(file)s: voting ends in the future; import it when the vote is over.", file=file.name))
    notes: list[str] = []
    taken = Round(
        title=file.meta.get("description") or file.name,
        summary=" · ".join(part for key in ("unit", "district", "instance") if (part := file.meta.get(key, ""))),
        language=file.meta.get("language", "nl")[:2].lower() or "nl",
        state="published",
        currency=_currency(file),
        source=f"Pabulib: {file.name}",
        phases=[
            RoundPhase(kind_name=PhaseKind.VOTE.value, starts_at=begins, ends_at=ends),
            RoundPhase(kind_name=PhaseKind.RESULT.value, starts_at=ends, ends_at=None),
        ],
        pots=[Pot(position=1, amount_cents=cents_from(election.budget), budget_year=begins.year)],
        rulebook=_rulebook(file, election, notes),
    )
    return taken, notes


def _rulebook(file: PabulibFile, election: Election, notes: list[str]) -> Rulebook:
    named = file.meta.get("rule", "greedy")
    is_known = named in _RULES and (election.ballot_type.is_approval or _RULES[named]["rule"] != "equal-shares")
    if not is_known:
        notes.append(f"The rule {named} is not there; counted by most votes (greedy).")
    is_knapsack = election.ballot_type is BallotType.APPROVAL and "max_sum_cost" in file.meta
    book = Rulebook(
        ballot_type="knapsack" if is_knapsack else election.ballot_type.value,
        min_choices=_whole(file.meta.get("min_length")),
        max_choices=_whole(file.meta.get("max_length")),
        max_points=_whole(file.meta.get("max_sum_points")),
        min_age=0,
        # In cities that let voters rank, the first place gives as many points as there are places.
        utility="places" if election.ballot_type is BallotType.ORDINAL else default_utility(election.ballot_type),
        ties=["id"],
    )
    for name, value in _RULES[named if is_known else "greedy"].items():
        setattr(book, name, value)
    if named == "greedy-threshold":
        book.min_votes = _whole(file.meta.get("min_project_score_threshold")) or None
    return book


def _period(file: PabulibFile, now: datetime) -> tuple[datetime, datetime]:
    """Return when voting began and ended; of a file without dates, the year is all there is to go by."""
    begins = _day(file.meta.get("date_begin", "")) or _day(file.meta.get("instance", "")) or now - timedelta(days=365)
    ends = _day(file.meta.get("date_end", "")) or begins
    return begins, max(begins, ends) + timedelta(days=1)


def _day(text: str) -> datetime | None:
    if found := re.search(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = (int(part) for part in found.groups())
    elif found := re.search(r"\b((?:19|20)\d\d)\b", text):
        day, month, year = 1, 1, int(found[1])
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _currency(file: PabulibFile) -> str:
    code = file.meta.get("currency", "EUR").strip().upper()
    return code if re.fullmatch(r"[A-Z]{3}", code) else "EUR"


def _whole(text: str | None) -> int | None:
    number = whole_from(text or "")
    return number if number is not None and number < _MOST else None


def proposals_from(file: PabulibFile, election: Election, taken: Round) -> Iterator[Proposal]:
    """Yield the plans of a file, as they stood on the ballot."""
    columns = (file.projects.column(name) for name in ("project_id", "description", "latitude", "longitude"))
    facts = {id_.strip(): rest for id_, *rest in zip(*columns, strict=True)}
    for project in election.projects:
        description, latitude, longitude = facts[project.id]
        point = _point(latitude, longitude)
        yield Proposal(
            round=taken,
            pot=taken.pots[0],
            ballot_key=project.id,
            state_name=ProposalState.FEASIBLE.value,
            title=project.name or project.id,
            summary=description,
            cost_cents=cents_from(project.cost),
            submitted_on=taken.phases[0].starts_at.date(),
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
        )


def plans_to_answer(file: PabulibFile, round_: Round, today: date) -> Iterator[Proposal]:
    """Yield the plans of a file as plans of a round that wait for an answer from today on."""
    for proposal in proposals_from(file, file.election(), round_):
        proposal.ballot_key, proposal.state_name = "", ProposalState.SUBMITTED.value
        proposal.submitted_on = proposal.turn_since = today
        proposal.turn_party, proposal.turn_due = f"Gemeente {this_municipality().name}", answer_due(today)
        yield proposal


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        return float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        return None
