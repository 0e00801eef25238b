"""What votes on paper in a hall mean, by the rulebook of the round."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Pot, Rulebook
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.rules import method

# Rules for which it is enough to know how many votes each plan has.
FROM_TOTALS = ("greedy", "greedy-stop", "greedy-per-cost")


def winners(pot: Pot, rules: Rulebook, votes: Mapping[Proposal, int]) -> frozenset[str]:
    """Return the ballot keys of the plans that win a pot, when only the votes of each plan are known.

    Every vote is counted as a ballot for that plan alone, which changes nothing under a rule that only adds up votes.
    """
    if not votes:
        return frozenset()
    plans = sorted(votes, key=lambda plan: plan.ballot_key)
    ballots = [Ballot(((plan.ballot_key, Fraction(1)),), count=votes[plan]) for plan in plans if votes[plan]]
    election = Election(
        budget=Fraction(pot.amount_cents, 100),
        projects=tuple(Project(plan.ballot_key, Fraction(plan.cost_cents, 100), plan.title) for plan in plans),
        ballots=grouped([plan.ballot_key for plan in plans], ballots),
        ballot_type=BallotType.APPROVAL,
    )
    least = None if rules.min_votes is None else Fraction(rules.min_votes)
    how = method(BallotType.APPROVAL, rules.rule, tie_chain=tuple(rules.ties), min_votes=least)
    return frozenset(count(election, how).winners)
