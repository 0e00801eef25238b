"""What lies at the edges: blank and quoted lines, plans that exclude each other, what costs just what there is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.changes import with_supporters, without
from buurtbegroting.counting.count import Count
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.explanation import LoserFacts, explain
from buurtbegroting.counting.fairness import better_off, voters_with_a_winner
from buurtbegroting.counting.outcomes import LossReason, Outcome
from buurtbegroting.counting.pabulib.checking import check_content
from tests.factories.elections import approval

FINE = (
    "META\nkey;value\nbudget;1000\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;600\n2;400\n"
    "VOTES\nvoter_id;vote\n1;1,2\n"
)


def read(text: str) -> pabulib.PabulibFile:
    return pabulib.parse(text.encode(), "proef.pb")


def counted(election: Election, rule: str = "equal-shares", **options: object) -> Outcome:
    return Count(election, rules.method(election.ballot_type, rule, **options)).outcome()  # type: ignore[arg-type]


@pytest.mark.parametrize("blank", ['""', '" "', '"";""'])
def test_a_quoted_line_that_holds_nothing_is_no_line(blank: str) -> None:
    for place in ("META\n", "PROJECTS\n", "2;400\n", "VOTES\n", "1;1,2\n"):
        assert read(FINE.replace(place, f"{blank}\n{place}")).election() == read(FINE).election(), place


def test_a_project_may_be_called_like_a_section() -> None:
    assert "VOTES" in read(FINE.replace("2;400", "VOTES;400").replace("1,2", "1")).election().by_id


def test_a_section_that_stands_there_again_is_refused_wherever_it_stands() -> None:
    for again in ("PROJECTS\n", "votes\n", "META\n"):
        with pytest.raises(Invalid, match="stands there twice"):
            read(FINE + again).election()


def test_semicolons_in_a_value_of_meta_are_part_of_it_and_at_its_end_they_are_not() -> None:
    meta = read(FINE.replace("budget;1000", "budget;1000;;\ndescription;a;b;;c;;")).meta
    assert (meta["budget"], meta["description"]) == ("1000", "a;b;;c")


def test_columns_without_a_name_at_the_end_are_no_columns() -> None:
    assert read(FINE.replace("project_id;cost", "project_id;cost;;")).projects.columns == ("project_id", "cost")


def test_two_hundred_columns_are_read_and_one_more_is_refused() -> None:
    names = [f"c{number}" for number in range(198)]
    assert len(read(FINE.replace("project_id;cost", ";".join(["project_id", "cost", *names]))).projects.columns) == 200
    with pytest.raises(Invalid, match="more than 200"):
        read(FINE.replace("project_id;cost", ";".join(["project_id", "cost", *names, "one"])))


def test_lines_are_counted_through_quotes_that_go_on_over_lines() -> None:
    text = FINE.replace("project_id;cost", 'project_id;cost;"na\nme"').replace("1;600", "1;many")
    with pytest.raises(Invalid, match="line 8: cost is many"):
        read(text).election()
    with pytest.raises(Invalid, match="line 8: a quoted text begins here"):
        read(FINE.replace("1;600", '1;"6\n00";"x'))


def test_a_line_that_is_too_long_is_told_by_the_check_as_well() -> None:
    report = check_content((FINE + "2;" + "1" * (pabulib.MAX_LINE + 1)).encode(), "proef.pb")
    assert not report.can_be_counted
    assert next(str(each) for each in report.findings) == "line 12: the line is longer than a million signs."


def test_points_are_written_and_read_again() -> None:
    ballots = [{"a": 3, "b": 1}, {"b": 2}, {}]
    election = Election(
        budget=Fraction(10),
        projects=(Project("a", Fraction(4), ""), Project("b", Fraction(5), "")),
        ballots=grouped(["a", "b"], (Ballot(tuple((k, Fraction(v)) for k, v in each.items())) for each in ballots)),
        ballot_type=BallotType.CUMULATIVE,
    )
    file = pabulib.from_election(election, {"budget": "10", "vote_type": "cumulative"}, ["a"], {})
    again = read(pabulib.write(file)).election()
    assert {each.choices for each in again.each_ballot()} == {each.choices for each in election.each_ballot()}


def test_of_free_plans_that_exclude_each_other_the_one_with_most_votes_goes_ahead() -> None:
    election = approval(10, {"a": 0, "b": 0, "c": 5, "d": 0}, ["a", "b", "b", "c"], exclusive=(frozenset("ab"),))
    assert set(counted(election).winners) == {"b", "c", "d"}


def test_losers_stand_in_order_of_their_votes() -> None:
    election = approval(10, {"a": 10, "b": 9, "c": 9, "d": 9}, ["a", "a", "a", "c", "c", "b", "d"])
    assert [loss.project for loss in counted(election, "greedy").losses] == ["c", "b", "d"]


def test_voters_who_had_just_enough_were_outbid_and_could_have_paid() -> None:
    election = approval(20, {"a": 10, "b": 10}, ["ab", "a"])
    (loss,) = counted(election, completion="none").losses
    assert (loss.could_spend, loss.reason) == (10, LossReason.OUTBID)


def test_a_plan_that_is_last_on_every_ballot_got_no_points() -> None:
    election = Election(
        budget=Fraction(10),
        projects=(Project("a", Fraction(10), ""), Project("b", Fraction(5), "")),
        ballots=grouped(["a", "b"], [Ballot((("a", Fraction(1)), ("b", Fraction(1))))] * 2),
        ballot_type=BallotType.ORDINAL,
    )
    (loss,) = counted(election, utility="borda", completion="none").losses
    assert loss.reason is LossReason.NO_POINTS


def test_plans_that_exclude_each_other_still_do_when_a_third_is_left_out() -> None:
    election = approval(10, {"a": 1, "b": 1, "c": 1}, ["abc"], exclusive=(frozenset("abc"),))
    assert without(election, ["c"]).exclusive == (frozenset("ab"),)
    assert without(election, ["b", "c"]).exclusive == ()
    assert without(election, ["c"]).max_choices == 3


def test_more_voters_for_a_plan_give_it_as_much_as_anybody_gave() -> None:
    election = Election(
        budget=Fraction(10),
        projects=(Project("a", Fraction(4), ""), Project("b", Fraction(5), "")),
        ballots=grouped(["a", "b"], [Ballot((("a", Fraction(3)),)), Ballot((("b", Fraction(1, 2)),))]),
        ballot_type=BallotType.CUMULATIVE,
    )
    more = with_supporters(election, "b", 2)
    assert (more.voters, more.points["b"]) == (4, Fraction(1, 2) + 2 * 3)


def test_who_sees_a_winner_is_counted_and_costs_may_be_fractions() -> None:
    election = approval(10, {"a": 6, "b": 4}, ["a", "b", "b"])
    assert voters_with_a_winner(election, ["a"]) == 1
    parts = Election(
        budget=Fraction(10),
        projects=(Project("a", Fraction(1, 2), ""), Project("b", Fraction(1, 3), "")),
        ballots=grouped(["a", "b"], [Ballot((("a", Fraction(1)), ("b", Fraction(1))))]),
    )
    assert better_off(parts, "cost", {}, ["a"], ["b"]) == (1, 0, 0)


def test_a_tie_is_found_behind_plans_that_cost_nothing() -> None:
    election = approval(50, {"e": 0, "f": 0, "a": 50, "b": 50}, ["ab", "e", "f"])
    count = Count(election, rules.method(BallotType.APPROVAL, "equal-shares", completion="greedy"))
    facts = explain(count, count.outcome(), "b")
    assert isinstance(facts, LoserFacts)
    assert facts.extra_supporters == 1


def test_rounds_are_numbered_from_the_plans_that_cost_nothing_on() -> None:
    election = approval(40, {"f": 0, "a": 12, "b": 16, "c": 15}, ["ac", "abc", "b", "bf"])
    count = Count(election, rules.method(BallotType.APPROVAL, completion="none"))
    facts = explain(count, count.outcome(), "c")
    assert isinstance(facts, LoserFacts)
    assert [(each.round, each.project) for each in facts.paid_for] == [(2, "b"), (3, "a")]


def test_a_method_is_plain_unless_said_otherwise() -> None:
    assert rules.Method("greedy", "cost") == rules.method(BallotType.APPROVAL, "greedy")
