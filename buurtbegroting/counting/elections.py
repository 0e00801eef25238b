"""What is counted: projects with a cost, ballots with a multiplicity, and the money there is."""

from __future__ import annotations

import enum
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid


class BallotType(enum.StrEnum):
    """How voters expressed themselves."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    ORDINAL = "ordinal"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"

    @property
    def is_approval(self) -> bool:
        """Whether a ballot only says which projects its voter wants."""
        return self in (BallotType.APPROVAL, BallotType.CHOOSE_ONE)


@dataclass(frozen=True)
class Project:
    """Something that money can be spent on; ``cost`` is exact, in whole units of money (euros)."""

    id: str
    cost: Fraction
    name: str = ""


@dataclass(frozen=True)
class Ballot:
    """What ``count`` voters said alike: ``(project id, points)`` pairs; in a ranking their order is the preference."""

    choices: tuple[tuple[str, Fraction], ...]
    count: int = 1


@dataclass(frozen=True)
class Election:
    """A budget, projects and ballots; refused when a ballot or an amount cannot be."""

    budget: Fraction
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    ballot_type: BallotType = BallotType.APPROVAL
    title: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        _refuse_impossible(self)

    @cached_property
    def by_id(self) -> Mapping[str, Project]:
        """The projects by their id."""
        return {project.id: project for project in self.projects}

    @cached_property
    def voters(self) -> int:
        """How many people voted, blank ballots included."""
        return sum(ballot.count for ballot in self.ballots)

    @cached_property
    def supporters(self) -> Mapping[str, int]:
        """How many voters chose each project, whatever points they gave."""
        return {id_: int(count) for id_, count in self._sums(lambda points: Fraction(points > 0)).items()}

    @cached_property
    def points(self) -> Mapping[str, Fraction]:
        """The sum of points of each project; for approval the number of votes."""
        return self._sums(lambda points: points)

    def _sums(self, worth: Callable[[Fraction], Fraction]) -> Mapping[str, Fraction]:
        sums = {project.id: Fraction(0) for project in self.projects}
        for ballot in self.ballots:
            for project_id, points in ballot.choices:
                sums[project_id] += worth(points) * ballot.count
        return sums

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what decides the count, whatever the order of ballots and projects."""
        lines = [f"budget {self.budget}", f"type {self.ballot_type}"]
        lines += sorted(f"project {project.id!r} {project.cost}" for project in self.projects)
        lines += sorted(f"ballot {_key(ballot, self.ballot_type)} {ballot.count}" for ballot in self.ballots)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _key(ballot: Ballot, ballot_type: BallotType) -> str:
    choices = ballot.choices if ballot_type is BallotType.ORDINAL else sorted(ballot.choices)
    return " ".join(f"{project_id!r}:{points}" for project_id, points in choices)


def grouped(ballots: Iterable[Sequence[tuple[str, Fraction]]], ballot_type: BallotType) -> tuple[Ballot, ...]:
    """Return ballots with equal ones taken together; where order does not matter it is forgotten."""
    is_ranking = ballot_type is BallotType.ORDINAL
    counts = Counter(tuple(choices) if is_ranking else tuple(sorted(choices)) for choices in ballots)
    return tuple(Ballot(choices, count) for choices, count in sorted(counts.items()))


def _refuse_impossible(election: Election) -> None:
    if election.budget < 0:
        raise Invalid(_r("The budget is below zero."))
    counts = Counter(project.id for project in election.projects)
    for project in election.projects:
        if counts[project.id] > 1:
            raise Invalid(_r("Project %(id)s stands twice in the list.", id=project.id))
        if project.cost < 0:
            raise Invalid(_r("Project %(id)s costs less than zero.", id=project.id))
    for ballot in election.ballots:
        chosen = [project_id for project_id, _ in ballot.choices]
        unknown = [project_id for project_id in chosen if project_id not in counts]
        if unknown:
            raise Invalid(_r("A ballot names project %(id)s, which is not in the list.", id=unknown[0]))
        if len(set(chosen)) < len(chosen):
            raise Invalid(_r("A ballot names project %(id)s twice.", id=Counter(chosen).most_common(1)[0][0]))
