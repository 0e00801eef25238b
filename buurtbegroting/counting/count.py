"""From an election and a way of counting to an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from .elections import Election, Project
from .equal_shares import Shares, add1, equal_shares
from .fairness import better_off, voters_with_a_winner
from .greedy import greedy
from .ledger import Purchase
from .outcomes import Comparison, Loss, LossReason, Outcome, Step, StepKind
from .phragmen import phragmen
from .rules import Method
from .scores import scores, votes
from .supporters import Electorate, electorate, weighed
from .ties import Tie, TieBreaker


def count(election: Election, method: Method) -> Outcome:
    """Count an election; the same election and method always give the same outcome, to the byte."""
    return Count(election, method).outcome()


@dataclass(frozen=True)
class Elected:
    """Winners in order, the ties that were met, and the run of equal shares, if there was one."""

    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]
    shares: Shares | None = None
    comparison: Comparison | None = None

    @property
    def winners(self) -> tuple[str, ...]:
        """The ids of the elected projects."""
        return tuple(step.project for step in self.steps)


@dataclass(frozen=True)
class Count:
    """One election counted by one method; ``elected`` is all that decides, ``outcome`` adds what there is to tell.

    ``favoured`` names a project that goes first in every tie, to find out whether a tie decided.
    """

    election: Election
    method: Method
    favoured: str = ""

    @cached_property
    def scores(self) -> Mapping[str, Fraction]:
        """The votes or points of each project."""
        return scores(self.election, self.method.utility, dict(self.method.weights))

    @cached_property
    def votes(self) -> Mapping[str, Fraction]:
        """How many votes support each project, whatever points they give."""
        return votes(self.election, dict(self.method.weights))

    @cached_property
    def out(self) -> Mapping[str, LossReason]:
        """The projects that do not take part, and why."""
        out = {}
        for project in self.election.projects:
            if project.cost > self.election.budget:
                out[project.id] = LossReason.OVER_BUDGET
            elif project.cost and self.method.min_votes and self.scores[project.id] < self.method.min_votes:
                out[project.id] = LossReason.TOO_FEW_VOTES
            elif self.method.has_bar and not self._is_over_bar(project):
                out[project.id] = LossReason.BELOW_BAR
        return out

    def _is_over_bar(self, project: Project) -> bool:
        """Tell whether votes / voters >= cost / (3 * budget)."""
        parts, parts_per_vote = weighed(self.election, dict(self.method.weights))
        return 3 * self.election.budget * self.votes[project.id] * parts_per_vote >= project.cost * int(parts.sum())

    @cached_property
    def break_tie(self) -> TieBreaker:
        """What goes first among equals."""
        costs = {project.id: project.cost for project in self.election.projects}
        return TieBreaker(self.method.ties, costs, self.votes, self.method.seed, self.favoured)

    @cached_property
    def elected(self) -> Elected:
        """The winners in order."""
        if self.method.rule == "packages":
            return self._by_scores(Elected((), ()))
        free = self._free()
        if self.method.rule == "equal-shares":
            return self._compared(self._by_equal_shares(free), free)
        if self.method.rule.startswith("phragmen"):
            return self._by_phragmen(free)
        return self._by_scores(free)

    def _free(self) -> Elected:
        """Elect what costs nothing; of free projects that exclude each other the one with the highest score."""
        free = sorted((each for each in self.election.projects if not each.cost), key=lambda each: each.id)
        ids = {each.id for each in free}
        contested = [each for each in free if self.election.rivals[each.id] & ids]
        won, met = greedy(contested, self.scores, Fraction(0), self.break_tie, rivals=self.election.rivals)
        elected = sorted([*(each for each in free if each not in contested), *won], key=lambda each: each.id)
        return Elected(tuple(self._step(each, StepKind.FREE) for each in elected), tuple(met))

    def _taking_part(self, so_far: Elected) -> list[Project]:
        """Return what can still be elected, whatever money there is left."""
        won = set(so_far.winners)
        gone = won.union(self.out, *(self.election.rivals[id_] for id_ in won))
        takes_free = self.method.rule == "packages"
        return [each for each in self.election.projects if each.id not in gone and (each.cost or takes_free)]

    def _by_scores(self, so_far: Elected) -> Elected:
        is_per_cost = self.method.rule == "greedy-per-cost"
        projects = self._taking_part(so_far)
        if is_per_cost:
            values: Mapping[str, Fraction] = {each.id: self.scores[each.id] / each.cost for each in projects}
        else:
            values = self.scores
        bought, met = greedy(
            projects,
            values,
            self.election.budget - sum((step.cost for step in so_far.steps), Fraction(0)),
            self.break_tie,
            rivals=self.election.rivals,
            first_round=len(so_far.steps) + 1,
            stops_when_full=self.method.rule == "greedy-stop",
            most_winners=1 if self.method.rule == "packages" else None,
        )
        steps = tuple(self._step(each, StepKind.GREEDY) for each in bought)
        return Elected(so_far.steps + steps, so_far.ties + tuple(met), so_far.shares)

    def _by_phragmen(self, so_far: Elected) -> Elected:
        bought, met = phragmen(
            self._voters(so_far),
            self.election.budget,
            self.break_tie,
            first_round=len(so_far.steps) + 1,
            skips=self.method.rule == "phragmen-skip",
        )
        steps = tuple(
            replace(self._step(self.election.by_id[each.candidate.id], StepKind.PHRAGMEN), load=each.load)
            for each in bought
        )
        return Elected(so_far.steps + steps, so_far.ties + tuple(met))

    def _voters(self, so_far: Elected) -> Electorate:
        return electorate(self.election, self.method.utility, dict(self.method.weights), self._taking_part(so_far))

    def _by_equal_shares(self, so_far: Elected) -> Elected:
        voters = self._voters(so_far)
        elected = self._shared(so_far, voters) if voters.weight else so_far
        return self._by_scores(elected) if self.method.completion in ("greedy", "add1u") else elected

    def _shared(self, so_far: Elected, voters: Electorate) -> Elected:
        def break_tie(round_: int, candidates: Sequence[str]) -> Tie:
            return self.break_tie(len(so_far.steps) + round_, candidates)

        start = self.election.budget / voters.weight
        if self.method.completion in ("add1", "add1u"):
            is_exhaustive = bool(self.method.is_exhaustive)
            shares = add1(voters, self.election.budget, start, break_tie, is_exhaustive=is_exhaustive)
        else:
            shares = equal_shares(voters, start, break_tie)
        steps = tuple(self._shared_step(voters, each) for each in shares.ledger.purchases)
        return Elected(so_far.steps + steps, so_far.ties + shares.ties, shares)

    def _compared(self, shared: Elected, free: Elected) -> Elected:
        """Keep what more voters prefer, if the rulebook says that equal shares is compared with most votes."""
        if not self.method.is_compared:
            return shared
        by_votes = self._by_scores(free)
        weights = dict(self.method.weights)
        sides = better_off(self.election, self.method.utility, weights, shared.winners, by_votes.winners)
        comparison = Comparison(*sides)
        return replace(by_votes if comparison.is_greedy else shared, comparison=comparison)

    def _step(self, project: Project, kind: StepKind) -> Step:
        # Round and money left are filled in when all steps are known.
        return Step(0, project.id, kind, project.cost, self.scores[project.id], Fraction(0))

    def _shared_step(self, voters: Electorate, purchase: Purchase) -> Step:
        project = self.election.by_id[purchase.candidate.id]
        price = purchase.rate * voters.parts_per_vote
        if self.method.utility == "points":
            price *= self.election.ballots.scale
        return replace(
            self._step(project, StepKind.EQUAL_SHARES),
            payers=purchase.payers,
            full_payers=purchase.full_payers,
            payment=price,
            effective_votes=project.cost / price,
        )

    def outcome(self) -> Outcome:
        """Return the outcome with every step, every tie, and why each loser lost."""
        election, elected = self.election, self.elected
        _, parts_per_vote = weighed(election, dict(self.method.weights))
        shares = elected.shares
        return Outcome(
            method=self.method,
            budget=election.budget,
            voters=election.voters,
            voters_with_a_winner=voters_with_a_winner(election, elected.winners),
            steps=_numbered(elected.steps, election.budget),
            losses=self._losses(),
            ties_met=elected.ties,
            endowment_start=shares.start * parts_per_vote if shares else None,
            endowment=shares.ledger.endowment * parts_per_vote if shares else None,
            comparison=elected.comparison,
            input_hash=election.hash,
        )

    def _losses(self) -> tuple[Loss, ...]:
        winners = set(self.elected.winners)
        losers = [each for each in self.election.projects if each.id not in winners]
        return tuple(sorted(map(self._loss, losers), key=lambda loss: (-loss.votes, loss.project)))

    def _loss(self, project: Project) -> Loss:
        shares = self.elected.shares
        candidate = shares.ledger.candidates.get(project.id) if shares else None
        left = shares.ledger.left(candidate) if shares and candidate else None
        could_spend = shares.ledger.endowment * int(candidate.parts.sum()) if shares and candidate else None
        by = sorted(self.election.rivals[project.id] & set(self.elected.winners))
        reason = self._reason(project, could_spend, is_excluded=bool(by))
        because_of = by[0] if reason is LossReason.EXCLUDED else None
        return Loss(project.id, project.cost, self.scores[project.id], reason, could_spend, left, because_of)

    def _reason(self, project: Project, could_spend: Fraction | None, *, is_excluded: bool) -> LossReason:
        if project.id in self.out:
            return self.out[project.id]
        if is_excluded:
            return LossReason.EXCLUDED
        if not self.election.supporters[project.id]:
            return LossReason.NO_VOTES
        if could_spend is not None:
            return LossReason.OUTBID if could_spend >= project.cost else LossReason.NEVER_AFFORDABLE
        if self.elected.shares:
            return LossReason.NO_POINTS
        if self.method.rule == "packages":
            return LossReason.FEWER_VOTES
        left = self.election.budget - sum((step.cost for step in self.elected.steps), Fraction(0))
        return LossReason.STOPPED if project.cost <= left else LossReason.DID_NOT_FIT


def _numbered(steps: Iterable[Step], budget: Fraction) -> tuple[Step, ...]:
    numbered = []
    for round_, step in enumerate(steps, 1):
        budget -= step.cost
        numbered.append(replace(step, round=round_, left=budget))
    return tuple(numbered)
