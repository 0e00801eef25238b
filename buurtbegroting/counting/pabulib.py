"""Elections as Pabulib files (.pb): META, PROJECTS and VOTES, each a small table with semicolons.

The format is described at pabulib.org; this reader takes what is met in the wild (quoted fields, byte order mark,
decimal comma, extra columns, unknown META keys) and refuses the rest with file, line and field.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

from .ballots import Ballot, grouped
from .elections import BallotType, Election, Project

MAX_BYTES = 512 * 1024 * 1024
MAX_LINE = 1024 * 1024
MAX_COLUMNS = 200
SECTIONS = ("META", "PROJECTS", "VOTES")
# Costs above this mark a project that was withdrawn before the vote.
WITHDRAWN_COST = Fraction(999_999_999)

_NEEDED = {"META": {"key", "value"}, "PROJECTS": {"project_id", "cost"}, "VOTES": {"voter_id", "vote"}}


@dataclass(frozen=True)
class Table:
    """One section: its column names, its rows, and the line in the file on which each row stands."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int] = field(default_factory=list)

    def column(self, name: str) -> Iterator[str]:
        """Yield one column; empty texts when there is no such column."""
        if name not in self.columns:
            return iter([""] * len(self.rows))
        place = self.columns.index(name)
        return (row[place] for row in self.rows)


@dataclass(frozen=True)
class PabulibFile:
    """A Pabulib file as it was written, every column kept."""

    name: str
    meta: Mapping[str, str]
    projects: Table
    votes: Table

    def election(self) -> Election:
        """Return what is to be counted; raise Invalid naming line and field of what cannot be."""
        ballot_type = self._ballot_type()
        ids = list(self.projects.column("project_id"))
        ballots = (Ballot(choices) for choices in self._ballots(ballot_type))
        try:
            return Election(
                budget=self._amount("budget", self.meta.get("budget", ""), None),
                projects=tuple(self._projects()),
                ballots=grouped(ids, ballots, is_ranking=ballot_type is BallotType.ORDINAL),
                ballot_type=ballot_type,
                title=self.meta.get("description", self.name),
            )
        except Invalid as refusal:
            raise self._refused(refusal.reason, None) from None

    def _ballot_type(self) -> BallotType:
        name = self.meta.get("vote_type", "approval").lower()
        try:
            return BallotType(name)
        except ValueError:
            kinds = ", ".join(BallotType)
            raise self._refused(
                _r("vote_type is %(name)s; use one of %(kinds)s.", name=name, kinds=kinds), None
            ) from None

    def _projects(self) -> Iterator[Project]:
        columns = (self.projects.column(name) for name in ("project_id", "cost", "name"))
        for line, id_, cost, name in zip(self.projects.lines, *columns, strict=True):
            yield Project(id_, self._amount("cost", cost, line), name)

    def _ballots(self, ballot_type: BallotType) -> Iterator[tuple[tuple[str, Fraction], ...]]:
        one, known = Fraction(1), set(self.projects.column("project_id"))
        scored = "points" in self.votes.columns and not ballot_type.is_approval
        columns = (self.votes.column(name) for name in ("vote", "points" if scored else ""))
        for line, vote, points in zip(self.votes.lines, *columns, strict=True):
            chosen = [part.strip() for part in vote.split(",")] if vote.strip() else []
            if not known.issuperset(chosen) or len(set(chosen)) < len(chosen):
                raise self._refused(_wrong_choice(chosen, known), line)
            if not scored:
                yield tuple((each, one) for each in chosen)
                continue
            given = [self._amount("points", part, line) for part in points.split(",")] if points.strip() else []
            if len(given) != len(chosen):
                raise self._refused(
                    _r("points: there are %(given)s for %(chosen)s projects.", given=len(given), chosen=len(chosen)),
                    line,
                )
            yield tuple(zip(chosen, given, strict=True))

    def _amount(self, field: str, text: str, line: int | None) -> Fraction:
        try:
            amount = Fraction(text.strip().replace(",", ".").replace(" ", ""))
        except (ValueError, ZeroDivisionError):
            reason = _r("%(field)s is %(text)s; write a number.", field=field, text=text.strip()[:40] or "empty")
            raise self._refused(reason, line) from None
        return amount

    def _refused(self, reason: Reason, line: int | None) -> Invalid:
        return _refusal(self.name, reason, line)


def _wrong_choice(chosen: Sequence[str], known: Set[str]) -> Reason:
    for place, id_ in enumerate(chosen):
        if id_ not in known:
            return _r("vote names project %(id)s, which is not in the list.", id=id_)
        if id_ in chosen[:place]:
            break
    return _r("vote names project %(id)s twice.", id=id_)


def _refusal(name: str, reason: Reason, line: int | None) -> Invalid:
    if line is None:
        return Invalid(_r("%(file)s: %(what)s", file=name, what=reason))
    return Invalid(_r("%(file)s, line %(line)s: %(what)s", file=name, line=line, what=reason))


def read(path: Path) -> PabulibFile:
    """Read a file from disk; raise Invalid when it cannot be read or is no Pabulib file."""
    try:
        if path.exists() and not path.is_file():
            raise _refusal(path.name, _r("it is not a file."), None)
        if path.stat().st_size > MAX_BYTES:
            raise _refusal(path.name, _r("it is bigger than 512 MB; split it."), None)
        return parse(path.read_bytes(), path.name)
    except OSError as error:
        raise _refusal(path.name, _r("it cannot be read (%(why)s).", why=error.strerror or "unknown"), None) from None


def parse(content: bytes, name: str) -> PabulibFile:
    """Read the content of a file; ``name`` is what refusals call it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refusal(name, _r("it is not written in UTF-8; save it again as UTF-8."), line) from None
    tables = _tables(text, name)
    missing = [section for section in SECTIONS if section not in tables]
    if missing:
        raise _refusal(name, _r("the section %(section)s is missing.", section=missing[0]), None)
    meta = dict(zip(tables["META"].column("key"), tables["META"].column("value"), strict=True))
    return PabulibFile(name, meta, tables["PROJECTS"], tables["VOTES"])


def _tables(text: str, name: str) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    section = ""
    for line, cells in _cells(text, name):
        heading = cells[0].strip().upper()
        if len(cells) == 1 and heading in SECTIONS:
            if heading in tables:
                raise _refusal(name, _r("the section %(section)s stands there twice.", section=heading), line)
            section, tables[heading] = heading, Table((), [], [])
        elif not section:
            raise _refusal(name, _r("a Pabulib file begins with the line META."), line)
        elif not (table := tables[section]).columns:
            tables[section] = Table(_columns(section, cells, name, line), [], [])
        else:
            table.rows.append(_row(section, table.columns, cells, name, line))
            table.lines.append(line)
    return tables


def _cells(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(line number, cells)``; the slower reader is used only where a quote occurs."""
    if '"' not in text:
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > MAX_LINE:
                raise _refusal(name, _r("the line is longer than a million signs."), number)
            if line.strip():
                yield number, line.split(";")
        return
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise _refusal(name, _r("a quoted text does not end (%(why)s).", why=str(error)), reader.line_num) from None


def _columns(section: str, cells: Sequence[str], name: str, line: int) -> tuple[str, ...]:
    columns = tuple(cell.strip() for cell in cells)
    missing = sorted(_NEEDED[section] - set(columns))
    if missing:
        reason = _r("%(section)s needs the column %(column)s.", section=section, column=missing[0])
        raise _refusal(name, reason, line)
    if len(columns) > MAX_COLUMNS or len(set(columns)) < len(columns):
        raise _refusal(name, _r("%(section)s has a column twice, or more than 200.", section=section), line)
    return columns


def _row(section: str, columns: tuple[str, ...], cells: list[str], name: str, line: int) -> tuple[str, ...]:
    if section == "META" and len(cells) > 2:
        # A value with a semicolon in it that nobody quoted.
        cells = [cells[0], ";".join(cells[1:])]
    extra = cells[len(columns) :]
    if any(cell.strip() for cell in extra) or len(cells) > MAX_COLUMNS:
        reason = _r("there are %(cells)s fields for %(columns)s columns.", cells=len(cells), columns=len(columns))
        raise _refusal(name, reason, line)
    return tuple(cells[: len(columns)]) + ("",) * (len(columns) - len(cells))


def write(file: PabulibFile) -> str:
    """Return the file as text; reading it back gives the same meta, columns and rows."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    meta = Table(("key", "value"), list(file.meta.items()))
    for section, table in zip(SECTIONS, (meta, file.projects, file.votes), strict=True):
        text.write(f"{section}\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)
    return text.getvalue()


def from_election(
    election: Election, meta: Mapping[str, str], selected: Iterable[str], extra: Mapping[str, Mapping[str, str]]
) -> PabulibFile:
    """Return an election as a file with nothing of its voters: numbered anew, in the order of what they chose.

    ``extra`` holds further columns of projects: column name to project id to text.
    """
    elected = set(selected)
    columns = ("project_id", "cost", "votes", "score", "name", "selected", *extra)
    rows = [
        (
            each.id,
            _written(each.cost),
            str(election.supporters[each.id]),
            _written(election.points[each.id]),
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
        "budget": _written(election.budget),
        "vote_type": election.ballot_type.value,
    }
    return PabulibFile("election.pb", head, Table(columns, rows), _votes(election))


def _votes(election: Election) -> Table:
    has_points = not election.ballot_type.is_approval and election.ballot_type is not BallotType.ORDINAL
    rows = []
    for ballot in election.each_ballot():
        vote = ",".join(id_ for id_, _ in ballot.choices)
        points = (",".join(_written(points) for _, points in ballot.choices),) if has_points else ()
        rows += [(vote, *points)] * ballot.count
    numbered = [(str(number), *row) for number, row in enumerate(sorted(rows), 1)]
    return Table(("voter_id", "vote", *(("points",) if has_points else ())), numbered)


def _written(amount: Fraction) -> str:
    """Write an exact amount as a decimal number; money has at most a few decimals."""
    if amount.denominator == 1:
        return str(amount.numerator)
    return f"{float(amount):.10f}".rstrip("0")
