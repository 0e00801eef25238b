"""What is odd in the section VOTES, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting.elections import BallotType

from .amounts import amount_from, whole_from
from .files import PabulibFile
from .findings import Findings
from .names import VOTE_COLUMNS
from .votes import no_number, twice_named, uneven_points, unknown_project


def check_votes(file: PabulibFile, findings: Findings) -> None:
    """Tell what is odd about the ballots."""
    table = file.votes.table_without(findings.error)
    declared = whole_from(file.meta.get("num_votes", ""))
    if declared is not None and declared != len(table.rows):
        there = len(table.rows)
        findings.warning(_r("num_votes is %(declared)s; there are %(there)s ballots.", declared=declared, there=there))
    for column in table.columns:
        if column not in VOTE_COLUMNS:
            findings.remark(_r("VOTES has the column %(column)s, which is kept.", column=column[:40] or '""'))
    ballots = _Ballots(file, findings)
    columns = (table.column(name) for name in ("voter_id", "vote", "points"))
    for line, voter, vote, points in zip(table.lines, *columns, strict=True):
        ballots.check_voter(line, voter.strip())
        ballots.check(line, vote, points)
    ballots.tell_of_blank_ones()


class _Ballots:
    def __init__(self, file: PabulibFile, findings: Findings) -> None:
        self._findings = findings
        self._costs = _costs(file)
        self._meta = file.meta
        self._voters: set[str] = set()
        self._blank = 0
        self._least, self._most = (
            whole_from(file.meta.get("min_length", "")),
            whole_from(file.meta.get("max_length", "")),
        )
        self._least_points, self._most_points = self._amount("min_sum_points"), self._amount("max_sum_points")
        self._most_cost = self._amount("max_sum_cost")
        self._type = _type(file)
        self._with_points = "points" in file.votes.columns and not self._type.is_approval
        if "points" in file.votes.columns and self._type.is_approval:
            findings.remark(_r("The column points is left out: these ballots say yes to projects and no more."))
        if "points" not in file.votes.columns and self._type in (BallotType.CUMULATIVE, BallotType.SCORING):
            findings.warning(_r("There is no column points, so every choice counts as one point."))
        if self._type is BallotType.CHOOSE_ONE:
            self._most = 1

    def _amount(self, key: str) -> int | Fraction | None:
        return _number(self._meta.get(key, ""))

    def check_voter(self, line: int, voter: str) -> None:
        if not voter:
            self._findings.remark(_r("voter_id is empty."), line)
        elif voter in self._voters:
            self._findings.warning(_r("voter_id %(voter)s stands there more than once.", voter=voter[:100]), line)
        self._voters.add(voter)

    def check(self, line: int, vote: str, points: str) -> None:
        chosen = [part.strip() for part in vote.split(",")] if vote.strip() else []
        if not self._costs.keys() >= set(chosen):
            for id_ in sorted(set(chosen) - self._costs.keys()):
                self._findings.error(unknown_project(id_), line)
        if len(set(chosen)) < len(chosen):
            (again, _), *_ = Counter(chosen).most_common(1)
            self._findings.error(twice_named(again[:100]), line)
        self._check_length(line, chosen)
        if self._with_points:
            self._check_points(line, [part.strip() for part in points.split(",")] if points.strip() else [], chosen)
        self._check_cost(line, chosen)

    def _check_cost(self, line: int, chosen: Sequence[str]) -> None:
        is_knapsack = self._most_cost is not None and self._type is BallotType.APPROVAL
        if is_knapsack and sum(self._costs.get(id_, 0) for id_ in chosen) > (self._most_cost or 0):
            self._findings.warning(_r("The projects of this ballot cost more than max_sum_cost."), line)

    def _check_length(self, line: int, chosen: Sequence[str]) -> None:
        count, findings = len(chosen), self._findings
        if not chosen:
            self._blank += 1
        elif self._most is not None and count > self._most:
            most = self._most
            findings.warning(_r("vote names %(count)s projects; %(most)s are allowed.", count=count, most=most), line)
        elif self._least is not None and count < self._least:
            least = self._least
            findings.warning(_r("vote names %(count)s projects; %(least)s are needed.", count=count, least=least), line)

    def _check_points(self, line: int, given: Sequence[str], chosen: Sequence[str]) -> None:
        findings = self._findings
        if len(given) != len(chosen):
            findings.error(uneven_points(len(given), len(chosen)), line)
        amounts = [_number(text) for text in given]
        for text, amount in zip(given, amounts, strict=True):
            if amount is None:
                findings.error(no_number("points", text), line)
            elif amount < 0:
                findings.warning(_r("points are below zero."), line)
        total = sum(amount for amount in amounts if amount is not None)
        if self._most_points is not None and total > self._most_points:
            findings.warning(_r("The points of this ballot are more than max_sum_points."), line)
        if given and self._least_points is not None and total < self._least_points:
            findings.warning(_r("The points of this ballot are fewer than min_sum_points."), line)

    def tell_of_blank_ones(self) -> None:
        if self._blank:
            self._findings.remark(
                _r("Blank ballots: %(count)s; they are counted as votes for nothing.", count=self._blank)
            )


@lru_cache(maxsize=1000)
def _number(text: str) -> int | Fraction | None:
    """Return a number; a whole one as such, because a million fractions take long to add."""
    amount = amount_from(text)
    return int(amount) if amount is not None and amount.denominator == 1 else amount


def _costs(file: PabulibFile) -> Mapping[str, int | Fraction]:
    columns = (file.projects.column(name) for name in ("project_id", "cost"))
    return {id_.strip(): _number(cost) or 0 for id_, cost in zip(*columns, strict=True)}


def _type(file: PabulibFile) -> BallotType:
    try:
        return file.ballot_type
    except Invalid:
        return BallotType.APPROVAL
