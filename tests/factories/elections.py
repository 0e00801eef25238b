"""Small elections, written as a table of votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.elections import Election, Project


def approval(budget: int, costs: Mapping[str, int], ballots: Sequence[str], **facts: object) -> Election:
    """Make an approval election; a ballot is the ids of its projects, one letter each ("" is a blank ballot)."""
    return Election(
        budget=Fraction(budget),
        projects=tuple(Project(id_, Fraction(cost), f"Plan {id_}") for id_, cost in costs.items()),
        ballots=grouped(list(costs), (Ballot(tuple((id_, Fraction(1)) for id_ in ballot)) for ballot in ballots)),
        **facts,  # type: ignore[arg-type]
    )
