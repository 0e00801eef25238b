"""A Pabulib file as it was written, and the election that is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting.ballots import Ballots, together
from buurtbegroting.counting.elections import BallotType, Election, Project

from .amounts import amount_from, whole_from
from .records import cleaned, records, refusal
from .tables import MAX_BYTES, Refuse, Section, Table, Votes, columns_of, filled, refuser
from .tables import sections as found_sections
from .votes import ballots_of, no_number, twice_named

# This cost, or more, marks a project that was withdrawn before the vote.
WITHDRAWN_COST = 999_999_999


@dataclass(frozen=True)
class PabulibFile:
    """A Pabulib file as it was written, every column kept."""

    name: str
    meta: Mapping[str, str]
    projects: Table
    votes: Votes

    def election(self, with_channels: bool = False) -> Election:
        """Return what is to be counted; raise Invalid naming line and field of what cannot be.

        ``with_channels`` keeps apart ballots that came in different ways (the column ``voting_method``).
        """
        ballot_type = self.ballot_type
        budget = self._amount("budget", self.meta.get("budget", ""), None)
        projects = tuple(self._projects(budget))
        ids = {project.id: place for place, project in enumerate(projects)}
        with_points = not ballot_type.is_approval
        is_ranking = ballot_type is BallotType.ORDINAL
        try:
            ballots = ballots_of(self.votes, ids, with_points=with_points, with_channels=with_channels)
            try:
                return Election(
                    budget=budget,
                    projects=projects,
                    ballots=together(ballots, len(projects), is_ranking=is_ranking),
                    ballot_type=ballot_type,
                    title=self.meta.get("description", self.name),
                    exclusive=tuple(exclusive_sets(self.meta.get("exclusive_projects", ""))),
                    max_choices=whole_from(self.meta.get("max_length", "")) or None,
                )
            except Invalid:
                self._refuse_twice_named(ballots, [project.id for project in projects])
                raise
        except Invalid as invalid:
            if invalid.reason.facts.get("file") == self.name:
                raise
            raise refusal(self.name, invalid.reason) from None

    @property
    def ballot_type(self) -> BallotType:
        """How voters expressed themselves; raises Invalid when META names what there is not."""
        name = self.meta.get("vote_type", "approval").strip().lower()
        try:
            return BallotType(name)
        except ValueError:
            kinds = ", ".join(BallotType)
            reason = _r("vote_type is %(name)s; use one of %(kinds)s.", name=name[:40], kinds=kinds)
            raise refusal(self.name, reason) from None

    def _projects(self, budget: Fraction) -> Iterator[Project]:
        columns = (self.projects.column(name) for name in ("project_id", "cost", "name"))
        for line, id_, text, name in zip(self.projects.lines, *columns, strict=True):
            if not id_.strip():
                raise refusal(self.name, NO_PROJECT_ID, line)
            cost = self._amount("cost", text, line)
            # No budget is ever enough for a project that was withdrawn.
            yield Project(id_.strip(), max(cost, budget + 1) if cost >= WITHDRAWN_COST else cost, name)

    def _amount(self, field: str, text: str, line: int | None) -> Fraction:
        amount = amount_from(text)
        if amount is None:
            raise refusal(self.name, no_number(field, text.strip()), line)
        return amount

    def _refuse_twice_named(self, ballots: Ballots, ids: list[str]) -> None:
        """Find the line, when a ballot that names a project twice is why there is no election."""
        keys = np.sort(ballots.groups_of_choices().astype(np.int64) * len(ids) + ballots.chosen)
        if len(again := keys[1:][keys[1:] == keys[:-1]]):
            row, place = divmod(int(again[0]), len(ids))
            raise refusal(self.name, twice_named(ids[place]), self.votes.lines[row])


NO_PROJECT_ID = _r("project_id is empty; give every project its own.")


def exclusive_sets(text: str) -> Iterator[frozenset[str]]:
    """Yield the sets of which at most one project may win: ``1,2|3,4,5``."""
    for part in text.split("|"):
        if ids := frozenset(id_.strip() for id_ in part.split(",") if id_.strip()):
            yield ids


def read(path: Path) -> PabulibFile:
    """Read a file from disk; raise Invalid when it cannot be read or is no Pabulib file."""
    return parse(content_of(path), path.name)


def content_of(path: Path) -> bytes:
    """Return the bytes of a file, unless it is no file or too big."""
    try:
        if path.exists() and not path.is_file():
            raise refusal(path.name, _r("it is not a file."))
        if path.stat().st_size > MAX_BYTES:
            raise refusal(path.name, _r("it is bigger than 512 MB; split it."))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "unknown"
        raise refusal(path.name, _r("it cannot be read (%(why)s).", why=why)) from None


def parse(content: bytes, name: str) -> PabulibFile:
    """Read the content of a file; ``name`` is what refusals call it."""
    return parsed(content, name, refuser(name))


def parsed(content: bytes, name: str, refuse: Refuse) -> PabulibFile:
    """Read what can be read of a file; lines of META and PROJECTS that are wrong are told to ``refuse``."""
    found = found_sections(cleaned(content, name), name)
    meta, projects = (_table(section, found[section], name, refuse) for section in ("META", "PROJECTS"))
    votes = found["VOTES"]
    columns = columns_of("VOTES", votes.head, name)
    return PabulibFile(name, _meta(meta, refuse), projects, Votes(columns, votes.body, votes.first_line, name))


def _table(section: str, found: Section, name: str, refuse: Refuse) -> Table:
    columns = columns_of(section, found.head, name)
    return filled(section, columns, records(found.body, name, found.first_line), refuse)


def _meta(table: Table, refuse: Refuse) -> dict[str, str]:
    meta: dict[str, str] = {}
    keys = (key.strip() for key in table.column("key"))
    for line, key, value in zip(table.lines, keys, table.column("value"), strict=True):
        if meta.get(key, value) != value:
            refuse(_r("META gives %(key)s twice, and not the same.", key=key[:40]), line)
        meta.setdefault(key, value)
    return meta
