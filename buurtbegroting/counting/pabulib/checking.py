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
        return _report(name, None, None, findings)
    election = _election(file, findings)
    try:
        check_meta(file, findings)
        check_projects(file, election, findings)
        check_votes(file, findings)
    except Invalid as invalid:
        _tell(findings, invalid)
    return _report(name, file, election, findings)


def _check_signs(content: bytes, findings: Findings) -> None:
    if content.startswith(codecs.BOM_UTF8):
        findings.remark(_r("The file begins with a byte order mark; it is left out."))
    if re.search(rb"\r(?!\n)", content):
        findings.remark(_r("Some lines end in a carriage return alone; they are read as lines."))
    if (place := content.find(b'"')) >= 0:
        findings.remark(_r("Quoted fields occur; from here on."), content.count(b"\n", 0, place) + 1)


def _in_utf8(content: bytes, name: str, findings: Findings) -> bytes:
    """Return the content, as if it were Windows-1252 when it is not UTF-8: to find what else there is."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        findings.error(_r("it is not written in UTF-8; save it again as UTF-8."), line)
        return content.decode("cp1252", errors="replace").encode()
    return content


def _election(file: PabulibFile, findings: Findings) -> Election | None:
    """Return the election, if there is one; why not is told only if no check finds it."""
    try:
        return file.election()
    except Invalid:
        return None


def _tell(findings: Findings, invalid: Invalid) -> None:
    what, line = invalid.reason.facts.get("what"), invalid.reason.facts.get("line")
    findings.error(what if isinstance(what, Reason) else invalid.reason, line if isinstance(line, int) else None)


def _report(name: str, file: PabulibFile | None, election: Election | None, findings: Findings) -> Report:
    if election is None and file is not None and not findings.has_errors:
        try:
            file.election()
        except Invalid as invalid:
            _tell(findings, invalid)
    return Report(
        file=name,
        projects=0 if election is None else len(election.projects),
        ballots=0 if election is None else election.voters,
        budget=None if election is None else election.budget,
        findings=findings.in_order(),
        can_be_counted=not findings.has_errors,
    )
