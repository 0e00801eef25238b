"""What is odd in the section PROJECTS, and where it differs from a recount of the ballots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from buurtbegroting.civic.reasons import _r
from buurtbegroting.counting.elections import BallotType, Election

from .amounts import amount_from, whole_from
from .checking_meta import check_amount
from .files import NO_PROJECT_ID, WITHDRAWN_COST, PabulibFile
from .findings import Findings
from .names import PROJECT_COLUMNS

_SELECTED = ("", "0", "1", "2", "3")


def check_projects(file: PabulibFile, election: Election | None, findings: Findings) -> None:
    """Tell what is odd about the projects; ``election`` is what was read of the file, if it could be."""
    for column in file.projects.columns:
        if column not in PROJECT_COLUMNS:
            findings.remark(_r("PROJECTS has the column %(column)s, which is kept.", column=column[:40] or '""'))
    _check_ids(file, findings)
    _check_costs(file, findings)
    _check_selected(file, findings)
    if election is not None:
        _check_recount(file, election, findings)


def _check_ids(file: PabulibFile, findings: Findings) -> None:
    seen: set[str] = set()
    for line, text in zip(file.projects.lines, file.projects.column("project_id"), strict=True):
        id_ = text.strip()
        if not id_:
            findings.error(NO_PROJECT_ID, line)
        elif id_ in seen:
            findings.error(_r("Project %(id)s stands twice in the list.", id=id_[:100]), line)
        elif "," in id_:
            findings.warning(_r("Project %(id)s has a comma in its id, so no ballot can name it.", id=id_[:100]), line)
        seen.add(id_)


def _check_costs(file: PabulibFile, findings: Findings) -> None:
    budget = amount_from(file.meta.get("budget", ""))
    columns = (file.projects.column(name) for name in ("project_id", "cost"))
    for line, id_, text in zip(file.projects.lines, *columns, strict=True):
        check_amount(text, "cost", line, findings)
        cost = amount_from(text)
        if cost is None:
            continue
        if cost >= WITHDRAWN_COST:
            findings.remark(_r("Project %(id)s was withdrawn: it has the cost that says so.", id=id_[:100]), line)
        elif budget is not None and cost > budget:
            findings.warning(_r("Project %(id)s costs more than the whole budget.", id=id_[:100]), line)
        elif cost == 0:
            findings.remark(_r("Project %(id)s costs nothing.", id=id_[:100]), line)


def _check_selected(file: PabulibFile, findings: Findings) -> None:
    spent = Fraction(0)
    columns = (file.projects.column(name) for name in ("selected", "cost"))
    for line, text, cost in zip(file.projects.lines, *columns, strict=True):
        if text.strip() not in _SELECTED:
            findings.warning(_r("selected is %(text)s; use 0, 1, 2 or 3.", text=text[:40]), line)
        if text.strip() == "1":
            spent += amount_from(cost) or 0
    budget = amount_from(file.meta.get("budget", ""))
    if budget is not None and spent > budget:
        more = _plain(spent - budget)
        findings.warning(_r("The selected projects cost %(more)s more than the budget.", more=more))


def _check_recount(file: PabulibFile, election: Election, findings: Findings) -> None:
    ids = [id_.strip() for id_ in file.projects.column("project_id")]
    for line, id_ in zip(file.projects.lines, ids, strict=True):
        if not election.supporters[id_]:
            findings.remark(_r("Project %(id)s has no votes.", id=id_[:100]), line)
    for line, id_, text in _declared(file, "votes", ids):
        named = int(election.ballots.sizes[election.choices[id_].groups].sum())
        # Some count who gave no points too, others do not.
        if whole_from(text) not in (named, election.supporters[id_]):
            findings.warning(_r("votes is %(votes)s; a recount gives %(there)s.", votes=text[:40], there=named), line)
    scores = _scores(election)
    for line, id_, text in _declared(file, "score", ids):
        if scores is not None and amount_from(text) != scores[id_]:
            reason = _r("score is %(score)s; a recount gives %(there)s.", score=text[:40], there=_plain(scores[id_]))
            findings.warning(reason, line)


def _declared(file: PabulibFile, column: str, ids: list[str]) -> Iterator[tuple[int, str, str]]:
    for line, id_, text in zip(file.projects.lines, ids, file.projects.column(column), strict=True):
        if text.strip():
            yield line, id_, text.strip()


def _scores(election: Election) -> Mapping[str, Fraction] | None:
    """Return the points of each project; of a ranking those that cities publish: as many as places, then fewer."""
    if election.ballot_type is not BallotType.ORDINAL:
        return election.points
    if election.max_choices is None:
        return None
    scores = dict.fromkeys(election.by_id, Fraction(0))
    for ballot in election.each_ballot():
        for place, (id_, _) in enumerate(ballot.choices):
            scores[id_] += ballot.count * (election.max_choices - place)
    return scores


def _plain(amount: Fraction) -> str:
    return str(amount.numerator) if amount.denominator == 1 else f"{float(amount):.2f}"
