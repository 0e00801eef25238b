"""What a Pabulib file becomes here: a closed round, and its plans. No writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from buurtbegroting.blueprints.proposals.models import Proposal
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

_COMPLETIONS = {"equalshares": "none", "equalshares/add1": "add1", "equalshares/add1-comparison": "add1"}

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
    is_shared = named in _COMPLETIONS and election.ballot_type.is_approval
    if not is_shared and named != "greedy":
        notes.append(f"The rule {named} is not there yet; counted by most votes (greedy).")
    is_knapsack = election.ballot_type is BallotType.APPROVAL and "max_sum_cost" in file.meta
    return Rulebook(
        ballot_type="knapsack" if is_knapsack else election.ballot_type.value,
        min_choices=_whole(file.meta.get("min_length")),
        max_choices=_whole(file.meta.get("max_length")),
        max_points=_whole(file.meta.get("max_sum_points")),
        min_age=0,
        rule="equal-shares" if is_shared else "greedy",
        utility=default_utility(election.ballot_type),
        completion=_COMPLETIONS[named] if is_shared else "none",
        ties=["id"],
    )


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


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        return float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        return None
