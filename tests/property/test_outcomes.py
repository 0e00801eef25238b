"""What must hold for every outcome, whatever the rule: within the budget, repeatable, and blind to names and order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbegroting.counting import rules
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.outcomes import Outcome
from tests.factories.small_elections import Way, counts, elections


def counted(election: Election, way: Way) -> Outcome:
    return count(election, rules.method(election.ballot_type, **way.arguments()))


def rebuilt(election: Election, projects: list[Project], ballots: list[Ballot]) -> Election:
    is_ranking = election.ballot_type is BallotType.ORDINAL
    arrays = grouped([project.id for project in projects], ballots, is_ranking=is_ranking)
    return replace(election, projects=tuple(projects), ballots=arrays)


def mixed(election: Election, chance: random.Random) -> Election:
    """Return the same election with projects, ballots and unordered choices mixed, and equal ballots apart."""
    projects = chance.sample(election.projects, len(election.projects))
    place = {project.id: number for number, project in enumerate(projects)}
    ballots = [ballot for ballot in election.each_ballot() for _ in range(ballot.count)]
    ballots = chance.sample(ballots, len(ballots))
    is_ranking = election.ballot_type is BallotType.ORDINAL
    rows = [list(each.choices) if is_ranking else chance.sample(each.choices, len(each.choices)) for each in ballots]
    arrays = election.ballots
    points = [int(points * arrays.scale) for row in rows for _, points in row]
    channels = [arrays.channels.index(ballot.channel) for ballot in ballots]
    apart = replace(
        arrays,
        sizes=np.ones(len(rows), dtype=np.int64),
        starts=np.cumsum([0, *map(len, rows)]),
        chosen=np.array([place[id_] for row in rows for id_, _ in row], dtype=np.int32),
        points=None if arrays.points is None else np.array(points, dtype=np.int64),
        channel=None if arrays.channel is None else np.array(channels, dtype=np.int64),
    )
    return replace(election, projects=tuple(projects), ballots=apart)


def renamed(election: Election, name: Callable[[str], str]) -> Election:
    projects = [replace(project, id=name(project.id)) for project in election.projects]
    exclusive = tuple(frozenset(map(name, group)) for group in election.exclusive)
    ballots = [
        replace(ballot, choices=tuple((name(id_), points) for id_, points in ballot.choices))
        for ballot in election.each_ballot()
    ]
    bare = replace(election, exclusive=())
    return replace(rebuilt(bare, projects, ballots), exclusive=exclusive)


@settings(max_examples=400, deadline=None)
@given(counts())
def test_the_winners_never_cost_more_than_there_is(drawn: tuple[Election, Way]) -> None:
    outcome = counted(*drawn)
    assert outcome.cost <= drawn[0].budget
    assert all(step.left >= 0 for step in outcome.steps)
    assert len(set(outcome.winners)) == len(outcome.winners)
    everybody = sorted([*outcome.winners, *(loss.project for loss in outcome.losses)])
    assert everybody == sorted(drawn[0].by_id)


@settings(max_examples=200, deadline=None)
@given(counts())
def test_of_plans_that_exclude_each_other_at_most_one_wins(drawn: tuple[Election, Way]) -> None:
    winners = set(counted(*drawn).winners)
    assert all(len(group & winners) <= 1 for group in drawn[0].exclusive)


@settings(max_examples=300, deadline=None)
@given(counts(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_plans_changes_not_a_byte(drawn: tuple[Election, Way], chance: random.Random) -> None:
    election, way = drawn
    assert counted(mixed(election, chance), way).to_json() == counted(election, way).to_json()


@settings(max_examples=200, deadline=None)
@given(counts())
def test_other_names_in_the_same_order_give_the_same_winners(drawn: tuple[Election, Way]) -> None:
    election, way = drawn
    chain = tuple(name for name in way.options["tie_chain"] if name != "drawn")
    way = replace(way, options=way.options | {"tie_chain": (*(name for name in chain if name != "id"), "id")})
    again = counted(renamed(election, lambda id_: f"Plan-{id_}"), way)
    assert again.winners == tuple(f"Plan-{id_}" for id_ in counted(election, way).winners)


@settings(max_examples=200, deadline=None)
@given(counts(), st.integers(2, 1000))
def test_counting_in_cents_or_in_euros_is_the_same(drawn: tuple[Election, Way], factor: int) -> None:
    election, way = drawn
    if way.completion in ("add1", "add1u"):
        # Add1 raises by one unit of money, so the unit matters there.
        way = replace(way, completion="greedy")
    projects = tuple(replace(project, cost=project.cost * factor) for project in election.projects)
    scaled = replace(election, budget=election.budget * factor, projects=projects)
    assert counted(scaled, way).winners == counted(election, way).winners


@settings(max_examples=200, deadline=None)
@given(counts(), st.integers(1, 4))
def test_a_ballot_that_counts_for_more_people_is_as_if_they_all_had_cast_it(
    drawn: tuple[Election, Way], people: int
) -> None:
    election, way = drawn
    way = replace(way, options=way.options | {"weights": {}})
    weighted = replace(way, options=way.options | {"weights": {"paper": Fraction(people)}})
    more = [
        replace(ballot, count=ballot.count * (people if ballot.channel == "paper" else 1))
        for ballot in election.each_ballot()
    ]
    repeated = rebuilt(election, list(election.projects), more)
    assert counted(election, weighted).winners == counted(repeated, way).winners


@settings(max_examples=200, deadline=None)
@given(elections((BallotType.APPROVAL,)))
def test_a_ballot_more_for_a_winner_alone_never_makes_it_lose_under_greedy(election: Election) -> None:
    """Its votes rise and nobody else's change, so whatever it came before it still comes before."""
    way = Way("greedy", "cost")
    for id_ in counted(election, way).winners:
        more = [*election.each_ballot(), Ballot(((id_, Fraction(1)),))]
        assert id_ in counted(rebuilt(election, list(election.projects), more), way).winners


@settings(max_examples=300, deadline=None)
@given(counts())
def test_an_outcome_survives_being_written_down(drawn: tuple[Election, Way]) -> None:
    outcome = counted(*drawn)
    assert Outcome.from_json(outcome.to_json()) == outcome
    assert outcome.to_json() == counted(*drawn).to_json()
