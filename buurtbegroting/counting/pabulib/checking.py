"""A file checked: can it be counted, and what in it is odd."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting.elections import Election

from .checking_meta import check_meta
from .checking_projects import check_projects
from .checking_votes import check_votes
from .files import PabulibFile, content_of, parsed
from .findings import Finding, Findings


@dataclass(frozen=True)
class Report:
    """What there is to say about a file."""

    file: str
    projects: int
    ballots: int
    budget: Fraction | None
    findings: tuple[Finding, ...]
    can_be_counted: bool

    @property
    def summary(self) -> Reason:
        """The first sentence: whether the file can be counted, and what is in it."""
        if not self.can_be_counted:
            return _r("%(file)s cannot be counted.", file=self.file)
        return _r(
            "%(file)s can be counted: %(projects)s projects, %(ballots)s ballots, budget %(budget)s.",
            file=self.file,
            projects=f"{self.projects:,}",
            ballots=f"{self.ballots:,}",
            budget=str(self.budget),
        )


def check(path: Path) -> Report:
    """Check a file on disk; raise Invalid only when it cannot be read at all."""
    return check_content(content_of(path), path.name)


def check_content(content: bytes, name: str) -> Report:
    """Check the content of a file; ``name`` is what sentences call it."""
    findings = Findings()
    _check_signs(content, findings)
    try:
        file = parsed(_in_utf8(content, name, findings), name, findings.error)
    except Invalid as invalid:
        _tell(findings, invalid)
        return _report(name, None, findings)
    election, why_not = _election(file)
    try:
        check_meta(file, findings)
        check_projects(file, election, findings)
        check_votes(file, findings)
    except Invalid as invalid:
        _tell(findings, invalid)
    if why_not is not None and not findings.has_errors:
        _tell(findings, why_not)
    return _report(name, election, findings)


def _check_signs(content: bytes, findings: Findings) -> None:
    if content.startswith(codecs.BOM_UTF8):
        findings.remark(_r("The file begins with a byte order mark; it is left out."))
    if re.search(rb"\r(?!\n)", content):
        findings.remark(_r("Some lines end in a carriage return alone; they are read as lines."))
    if (place := content.find(b'"')) >= 0:
        findings.remark(_r("Quoted fields occur, from this line on."), _line_of(content, place))


def _in_utf8(content: bytes, name: str, findings: Findings) -> bytes:
    """Return the content, as if it were Windows-1252 when it is not UTF-8: to find what else there is."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        reason = _r("it is not written in UTF-8; save it again as UTF-8.")
        findings.error(reason, _line_of(content, error.start))
        return content.decode("cp1252", errors="replace").encode()
    return content


def _line_of(content: bytes, place: int) -> int:
    """Return the number of the line at a place, whatever lines end in."""
    return len((content[:place] + b".").splitlines())


def _election(file: PabulibFile) -> tuple[Election | None, Invalid | None]:
    """Return the election, or why there is none."""
    try:
        return file.election(), None
    except Invalid as invalid:
        return None, invalid


def _tell(findings: Findings, invalid: Invalid) -> None:
    what, line = invalid.reason.facts.get("what"), invalid.reason.facts.get("line")
    findings.error(what if isinstance(what, Reason) else invalid.reason, line if isinstance(line, int) else None)


def _report(name: str, election: Election | None, findings: Findings) -> Report:
    return Report(
        file=name,
        projects=0 if election is None else len(election.projects),
        ballots=0 if election is None else election.voters,
        budget=None if election is None else election.budget,
        findings=findings.in_order(),
        can_be_counted=not findings.has_errors,
    )
