"""Files written: as they were read, or of an election, without anything about its voters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting.elections import BallotType, Election

from .amounts import written
from .files import PabulibFile
from .records import SECTIONS
from .tables import Table, Votes

_SPECIAL = re.compile('[;"\r\n]')


def write(file: PabulibFile) -> str:
    """Return the file as text; reading it back gives the same meta, columns and rows."""
    votes = file.votes
    # Without quotes the votes are written as they stand: taking a million rows apart would change nothing.
    rows = _lines(votes.rows) if b'"' in votes.body else votes.body.decode()
    return "".join(
        [
            *("META\n", _lines([("key", "value"), *file.meta.items()])),
            *("PROJECTS\n", _lines([file.projects.columns, *file.projects.rows])),
            *("VOTES\n", _lines([votes.columns]), rows),
        ]
    )


def _lines(rows: Iterable[Sequence[str]]) -> str:
    return "".join([_line(row) for row in rows])


def _line(row: Sequence[str]) -> str:
    first = f'"{row[0]}"' if row[0].strip().upper() in SECTIONS else _cell(row[0])
    return ";".join([first, *(_cell(each) for each in row[1:])]) + "\n"


def _cell(text: str) -> str:
    """Return a cell in quotes where its signs would mean something else without."""
    if not _SPECIAL.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def from_election(
    election: Election, meta: Mapping[str, str], selected: Iterable[str], extra: Mapping[str, Mapping[str, str]]
) -> PabulibFile:
    """Return an election as a file with nothing of its voters: numbered anew, in the order of what they chose.

    ``extra`` holds further columns of projects: column name to project id to text. Raises Invalid for an amount or
    an id that such a file cannot hold.
    """
    for project in election.projects:
        if not project.id or project.id != project.id.strip() or re.search(r'[,|;"\s]', project.id):
            raise Invalid(_r("The project id %(id)s cannot stand in a Pabulib file.", id=project.id))
    elected = set(selected)
    columns = ("project_id", "cost", "votes", "score", "name", "selected", *extra)
    rows = [
        (
            each.id,
            written(each.cost),
            str(election.supporters[each.id]),
            written(election.points[each.id]),
            each.name,
            str(int(each.id in elected)),
            *(texts.get(each.id, "") for texts in extra.values()),
        )
        for each in election.projects
    ]
    head = {
        **meta,
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.voters),
        "budget": written(election.budget),
        "vote_type": election.ballot_type.value,
    }
    if election.max_choices is not None:
        head["max_length"] = str(election.max_choices)
    if election.exclusive:
        head["exclusive_projects"] = "|".join(",".join(sorted(ids)) for ids in election.exclusive)
    table = Table(columns, rows, list(range(1, len(rows) + 1)))
    return PabulibFile("election.pb", head, table, _votes(election))


def _votes(election: Election) -> Votes:
    has_points = not election.ballot_type.is_approval and election.ballot_type is not BallotType.ORDINAL
    rows: list[str] = []
    for ballot in election.each_ballot():
        row = ",".join(id_ for id_, _ in ballot.choices)
        if has_points:
            row += ";" + ",".join(written(points) for _, points in ballot.choices)
        rows += [row] * ballot.count
    columns = ("voter_id", "vote", *(("points",) if has_points else ()))
    body = "".join([f"{number};{row}\n" for number, row in enumerate(sorted(rows), 1)])
    return Votes(columns, body.encode(), 1, "election.pb")
