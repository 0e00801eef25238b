"""What is counted: projects with a cost, ballots with a multiplicity, and the money there is."""

from __future__ import annotations

import enum
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice

import numpy as np

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .ballots import Ballot, Ballots, Ints


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
class Choices:
    """Who chose one project: the groups of ballots, and where in all choices (``Ballots.chosen``) it stands."""

    groups: Ints
    places: Ints


@dataclass(frozen=True, eq=False)
class Election:
    """A budget, projects and ballots; refused when a ballot or an amount cannot be.

    Of the projects in one set of ``exclusive`` at most one may win. ``max_choices`` is how many projects a ballot
    could name, if that was limited. Two elections are equal when the same is to be counted, in whatever order.
    """

    budget: Fraction
    projects: tuple[Project, ...]
    ballots: Ballots
    ballot_type: BallotType = BallotType.APPROVAL
    title: str = ""
    exclusive: tuple[frozenset[str], ...] = ()
    max_choices: int | None = None

    def __post_init__(self) -> None:
        _refuse_impossible(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Election) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @cached_property
    def by_id(self) -> Mapping[str, Project]:
        """The projects by their id."""
        return {project.id: project for project in self.projects}

    def project(self, id_: str) -> Project:
        """Return a project; raise Invalid naming those there are when there is none of that id."""
        if id_ not in self.by_id:
            known = ", ".join(sorted(self.by_id)[:50])
            raise Invalid(_r("There is no project %(id)s; the projects are: %(ids)s.", id=id_, ids=known))
        return self.by_id[id_]

    @cached_property
    def rivals(self) -> Mapping[str, frozenset[str]]:
        """For each project those that cannot win together with it."""
        return {id_: frozenset().union(*(ids for ids in self.exclusive if id_ in ids)) - {id_} for id_ in self.by_id}

    @cached_property
    def voters(self) -> int:
        """How many people voted, blank ballots included."""
        return int(self.ballots.sizes.sum())

    def each_ballot(self) -> Iterator[Ballot]:
        """Yield the ballots, equal ones together, as people would read them."""
        return self.ballots.each([project.id for project in self.projects])

    @cached_property
    def choices(self) -> Mapping[str, Choices]:
        """Who chose each project, by its id."""
        group_of = self.ballots.groups_of_choices()
        by_project = self.ballots.by_project(len(self.projects))
        return {
            project.id: Choices(group_of[places], places)
            for project, places in zip(self.projects, by_project, strict=True)
        }

    @cached_property
    def supporters(self) -> Mapping[str, int]:
        """How many voters chose each project and, where points are given, gave it more than none."""
        points = self.ballots.points
        return {
            id_: int(self.ballots.sizes[chosen.groups[... if points is None else points[chosen.places] > 0]].sum())
            for id_, chosen in self.choices.items()
        }

    @cached_property
    def points(self) -> Mapping[str, Fraction]:
        """The sum of points of each project; for approval the number of votes."""
        points, scale = self.ballots.points, self.ballots.scale
        if points is None:
            return {id_: Fraction(int(self.ballots.sizes[each.groups].sum())) for id_, each in self.choices.items()}
        return {
            id_: Fraction(int((self.ballots.sizes[each.groups] * points[each.places]).sum()), scale)
            for id_, each in self.choices.items()
        }

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what decides the count, whatever the order of projects and ballots.

        Of these lines: ``budget``, ``type``, the sorted ``exclusive`` and ``project`` lines, and a line for every
        different ballot with how many people cast it, sorted.
        """
        lines = [f"budget {self.budget}", f"type {self.ballot_type}"]
        if self.max_choices is not None and self.ballot_type is BallotType.ORDINAL:
            lines.append(f"places {self.max_choices}")
        lines += sorted(f"exclusive {sorted(ids)!r}" for ids in self.exclusive)
        lines += sorted(f"project {project.id!r} {project.cost}" for project in self.projects)
        ids = [project.id for project in self.projects]
        ballots = self.ballots.lines(ids, is_ranking=self.ballot_type is BallotType.ORDINAL)
        digest = hashlib.sha256("\n".join(lines).encode())
        # A few at a time: a million ballots as one text would take more memory than the count.
        while some := list(islice(ballots, 10_000)):
            digest.update("\n".join(["", *some]).encode())
        return digest.hexdigest()


def _refuse_impossible(election: Election) -> None:
    if election.budget < 0:
        raise Invalid(_r("The budget is below zero."))
    counts = Counter(project.id for project in election.projects)
    for project in election.projects:
        if counts[project.id] > 1:
            raise Invalid(_r("Project %(id)s stands twice in the list.", id=project.id))
        if project.cost < 0:
            raise Invalid(_r("Project %(id)s costs less than zero.", id=project.id))
    for id_ in sorted(frozenset().union(*election.exclusive) - set(counts)):
        raise Invalid(_r("Project %(id)s would exclude others, but it is not in the list.", id=id_))
    for id_, chosen in election.choices.items():
        if np.any(chosen.groups[1:] == chosen.groups[:-1]):
            raise Invalid(_r("A ballot names project %(id)s twice.", id=id_))
