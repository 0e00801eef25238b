"""Elections and ballots: what is the same election, what is counted as support, and what is too much to count."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting.ballots import Ballot, Ballots, grouped, together
from buurtbegroting.counting.elections import BallotType, Election, Project
from tests.factories.elections import approval

HALF = Fraction(1, 2)


def scored(ballots: list[Ballot], kind: BallotType = BallotType.SCORING, max_choices: int | None = None) -> Election:
    projects = (Project("a", Fraction(5)), Project("b", Fraction("7.5")))
    made = grouped("ab", ballots, is_ranking=kind is BallotType.ORDINAL)
    return Election(Fraction(10), projects, made, kind, max_choices=max_choices)


def given(count: int = 1, channel: str = "", **points: Fraction | int) -> Ballot:
    return Ballot(tuple((id_, Fraction(worth)) for id_, worth in points.items()), count, channel)


def sha(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_anyone_can_work_out_the_hash_of_an_election() -> None:
    election = approval(10, {"b": 5, "a": 6}, ["ab", "ba", "b", ""], exclusive=(frozenset("ab"),))
    assert election.hash == sha(
        "budget 10", "type approval", "exclusive ['a', 'b']", "project 'a' 6", "project 'b' 5",
        "ballot  1", "ballot 'a','b' 2", "ballot 'b' 1",
    )  # fmt: skip
    points = scored([given(a=1, b=HALF), given(b=2, channel="paper")])
    assert points.hash == sha(
        "budget 10", "type scoring", "project 'a' 5", "project 'b' 15/2",
        "ballot 'a':1,'b':1/2 1", "ballot 'b':2 'paper' 1",
    )  # fmt: skip
    ranking = scored([given(b=1, a=1)], BallotType.ORDINAL, max_choices=3)
    assert ranking.hash == sha(
        "budget 10", "type ordinal", "places 3", "project 'a' 5", "project 'b' 15/2", "ballot 'b','a' 1"
    )


def test_whatever_decides_a_count_changes_the_hash() -> None:
    election = scored([given(a=1, b=2), given(b=1, channel="paper")])
    ballots = election.ballots
    others = [
        replace(election, budget=Fraction(11)),
        replace(election, projects=(Project("a", Fraction(6)), Project("b", Fraction("7.5")))),
        replace(election, exclusive=(frozenset("ab"),)),
        replace(election, ballot_type=BallotType.CUMULATIVE),
        replace(election, ballots=replace(ballots, sizes=ballots.sizes * 2)),
        replace(election, ballots=replace(ballots, points=None)),
        replace(election, ballots=replace(ballots, scale=2)),
        replace(election, ballots=replace(ballots, channel=None)),
        scored([given(a=1, b=2), given(a=1, channel="paper")]),
        scored([given(a=1, b=2)]),
    ]
    assert len({each.hash for each in [election, *others]}) == len(others) + 1
    ranking = scored([given(b=1, a=1)], BallotType.ORDINAL)
    assert ranking != scored([given(a=1, b=1)], BallotType.ORDINAL)
    assert ranking != replace(ranking, max_choices=3)


def test_what_does_not_decide_leaves_the_hash_alone() -> None:
    election = approval(10, {"a": 5, "b": 6}, ["ab", "b"])
    assert election == replace(election, title="Anders", max_choices=1)
    assert election == approval(10, {"b": 6, "a": 5}, ["b", "ba"])
    assert hash(election) == hash(approval(10, {"b": 6, "a": 5}, ["b", "ba"]))
    assert election != "an election"
    ones = replace(election.ballots, points=np.ones(3, dtype=np.int64))
    assert election == replace(election, ballots=ones)


def test_equal_ballots_are_taken_together_and_come_apart_again() -> None:
    ballots = [given(b=HALF, a=1), given(a=1, b=HALF), given(a=3, channel="paper"), given()]
    made = grouped("ab", ballots)
    assert (made.sizes.tolist(), made.starts.tolist(), made.chosen.tolist()) == ([1, 2, 1], [0, 0, 2, 3], [0, 1, 0])
    assert (made.scale, made.channels) == (2, ("", "paper"))
    assert made.points is not None
    assert made.points.tolist() == [2, 1, 6]
    assert list(made.each("ab")) == [given(), given(2, a=1, b=HALF), given(channel="paper", a=3)]


@pytest.mark.parametrize("is_ranking", [False, True])
def test_equal_groups_are_joined_in_arrays_too(is_ranking: bool) -> None:
    """Two that say the same apart from order, one of another channel, one with other points, and blank ones."""
    ballots = Ballots(
        sizes=np.array([1, 2, 4, 8, 16, 32, 64]),
        starts=np.array([0, 2, 4, 4, 6, 8, 8, 10]),
        chosen=np.array([0, 1, 1, 0, 0, 1, 0, 1, 0, 1]),
        points=np.array([3, 5, 5, 3, 3, 5, 5, 3, 3, 5]),
        channels=("", "paper"),
        channel=np.array([0, 0, 0, 1, 0, 0, 0]),
    )
    joined = together(ballots, 2, is_ranking=is_ranking)
    found = {(each.choices, each.channel): each.count for each in joined.each("ab")}
    same, turned = ((("a", 3), ("b", 5)), (("b", 5), ("a", 3)))
    alike = {(same, ""): 65, (turned, ""): 2} if is_ranking else {(same, ""): 67}
    assert found == alike | {(same, "paper"): 8, ((("a", 5), ("b", 3)), ""): 16, ((), ""): 36}
    assert len(joined) == len(found)


def test_groups_that_nearly_all_differ_are_left_alone() -> None:
    ballots = Ballots(np.ones(20, dtype=np.int64), np.arange(21), np.arange(20))
    assert together(ballots, 20) is ballots


def test_who_gives_no_points_does_not_support() -> None:
    election = scored([given(3, a=0, b=2), given(a=1)])
    assert election.supporters == {"a": 1, "b": 3}
    assert election.points == {"a": 1, "b": 6}


def test_half_points_add_up_exactly() -> None:
    assert scored([given(3, a=HALF, b=1)]).points == {"a": Fraction(3, 2), "b": 3}


@pytest.mark.parametrize("points", [2**61, 2**70])
def test_more_points_than_can_be_counted_exactly_are_refused(points: int) -> None:
    with pytest.raises(Invalid, match="smaller numbers"):
        scored([given(2, a=points)])
    assert scored([given(1, a=2**61)]).points["a"] == 2**61


def test_a_ballot_that_names_a_plan_twice_is_refused_wherever_it_stands() -> None:
    ballots = Ballots(np.array([1, 1]), np.array([0, 1, 3]), np.array([1, 1, 1]))
    with pytest.raises(Invalid, match="names project b twice"):
        Election(Fraction(1), (Project("a", Fraction(1)), Project("b", Fraction(1))), ballots)


def test_an_exclusion_of_an_unknown_plan_is_refused() -> None:
    with pytest.raises(Invalid, match="Project x would exclude others"):
        approval(10, {"a": 5}, ["a"], exclusive=(frozenset("ax"),))


def test_a_plan_that_is_asked_for_is_there_or_the_others_are_named() -> None:
    election = approval(10, {"a": 5, "b": 6}, [])
    assert election.project("b").cost == 6
    with pytest.raises(Invalid, match="no project x; the projects are: a, b"):
        election.project("x")


def test_more_projects_than_fit_in_two_bytes_are_kept_apart() -> None:
    projects = 2**16 + 2
    ballots = Ballots(np.array([1]), np.array([0, 2]), np.array([0, 2**16]))
    places = ballots.by_project(projects)
    assert (places[0].tolist(), places[2**16].tolist(), places[1].tolist()) == ([0], [1], [])
