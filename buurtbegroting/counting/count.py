"""From an election and a way of counting to an outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from . import ties
from .elections import BallotType, Election, Project
from .equal_shares import Purchase, Shares, add1, equal_shares
from .greedy import greedy
from .outcomes import Loss, LossReason, Outcome, Step, StepKind
from .rules import Method
from .supporters import electorate

BreakTie = Callable[[int, Sequence[str]], ties.Tie]


def count(election: Election, method: Method) -> Outcome:
    """Count an election; the same election and method always give the same outcome, to the byte."""

    def break_tie(round_: int, candidates: Sequence[str]) -> ties.Tie:
        return ties.broken(election, method.ties, round_, candidates)

    votes = _votes(election, method.utility)
    free = [_step(project, StepKind.FREE, votes) for project in _free(election)]
    if method.rule == "greedy":
        steps, met = _by_votes(election, votes, free, break_tie)
        return _outcome(election, method, votes, steps, met, None)
    shares = _shares(election, method, break_tie)
    steps = free + [_shared_step(each, votes) for each in shares.purchases]
    met = list(shares.ties)
    if method.completion in ("greedy", "add1u"):
        steps, later = _by_votes(election, votes, steps, break_tie)
        met += later
    return _outcome(election, method, votes, steps, met, shares)


def _free(election: Election) -> list[Project]:
    return sorted((each for each in election.projects if each.cost == 0), key=lambda each: each.id)


def _shares(election: Election, method: Method, break_tie: BreakTie) -> Shares:
    voters = electorate(election, method.utility)
    start = election.budget / election.voters if election.voters else Fraction(0)
    if method.completion in ("add1", "add1u") and election.voters:
        return add1(voters, election.budget, start, break_tie, is_exhaustive=bool(method.is_exhaustive))
    return equal_shares(voters, start, break_tie)


def _by_votes(
    election: Election, votes: Mapping[str, Fraction], steps: list[Step], break_tie: BreakTie
) -> tuple[list[Step], list[ties.Tie]]:
    done = {step.project for step in steps}
    left = election.budget - sum((step.cost for step in steps), Fraction(0))
    rest = [each for each in election.projects if each.id not in done]
    bought, met = greedy(rest, votes, left, break_tie, len(steps) + 1)
    return steps + [_step(each, StepKind.GREEDY, votes) for each in bought], met


def _votes(election: Election, utility: str) -> Mapping[str, Fraction]:
    """Return what each project scores under greedy: votes, points, or Borda points.

    Borda as the research library counts it: on each ballot the last ranked project gets 0.
    """
    if utility != "borda" or election.ballot_type is not BallotType.ORDINAL:
        return election.points
    scores = {project.id: Fraction(0) for project in election.projects}
    for ballot in election.each_ballot():
        for place, (project_id, _) in enumerate(ballot.choices, 1):
            scores[project_id] += (len(ballot.choices) - place) * ballot.count
    return scores


def _step(project: Project, kind: StepKind, votes: Mapping[str, Fraction]) -> Step:
    # Round and money left are filled in when all steps are known.
    return Step(0, project.id, kind, project.cost, Fraction(votes[project.id]), Fraction(0))


def _shared_step(purchase: Purchase, votes: Mapping[str, Fraction]) -> Step:
    project = purchase.candidate
    return Step(
        round=0,
        project=project.id,
        kind=StepKind.EQUAL_SHARES,
        cost=project.cost,
        votes=Fraction(votes[project.id]),
        left=Fraction(0),
        payers=purchase.payers,
        payment=purchase.payment,
        effective_votes=project.cost / purchase.payment,
    )


def _outcome(
    election: Election,
    method: Method,
    votes: Mapping[str, Fraction],
    steps: Sequence[Step],
    met: Sequence[ties.Tie],
    shares: Shares | None,
) -> Outcome:
    winners = {step.project for step in steps}
    return Outcome(
        rule=method.rule,
        utility=method.utility,
        completion=method.completion,
        exhaustive=method.is_exhaustive,
        ties=method.ties,
        budget=election.budget,
        voters=election.voters,
        voters_with_a_winner=_satisfied(election, winners),
        steps=_numbered(steps, election.budget),
        losses=_losses(election, votes, winners, shares),
        ties_met=tuple(met),
        endowment_start=election.budget / election.voters if shares and election.voters else None,
        endowment=shares.endowment if shares else None,
        input_hash=election.hash,
    )


def _numbered(steps: Sequence[Step], budget: Fraction) -> tuple[Step, ...]:
    numbered = []
    for round_, step in enumerate(steps, 1):
        budget -= step.cost
        numbered.append(replace(step, round=round_, left=budget))
    return tuple(numbered)


def _satisfied(election: Election, winners: set[str]) -> int:
    return sum(
        ballot.count
        for ballot in election.each_ballot()
        if any(points > 0 and id_ in winners for id_, points in ballot.choices)
    )


def _losses(
    election: Election, votes: Mapping[str, Fraction], winners: set[str], shares: Shares | None
) -> tuple[Loss, ...]:
    candidates = {each.id: each for each in electorate(election, "cost").candidates} if shares else {}
    losses = []
    for project in election.projects:
        if project.id in winners:
            continue
        candidate = candidates.get(project.id)
        left = shares.purses.left(candidate) if shares and candidate else None
        reason = _reason(election, project, is_shared=left is not None)
        losses.append(Loss(project.id, project.cost, Fraction(votes[project.id]), reason, left))
    return tuple(sorted(losses, key=lambda loss: (-loss.votes, loss.project)))


def _reason(election: Election, project: Project, is_shared: bool) -> LossReason:
    if project.cost > election.budget:
        return LossReason.OVER_BUDGET
    if not election.supporters[project.id]:
        return LossReason.NO_VOTES
    return LossReason.SUPPORTERS_TOO_POOR if is_shared else LossReason.DID_NOT_FIT
