"""Just at a limit, and one past it: of lines, numbers, dates, lengths and sums in a Pabulib file."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.count import Count
from buurtbegroting.counting.elections import BallotType
from buurtbegroting.counting.fairness import better_off, fairness, voters_with_a_winner
from buurtbegroting.counting.pabulib import amounts
from buurtbegroting.counting.pabulib.checking import check, check_content
from buurtbegroting.counting.pabulib.findings import Level
from tests.factories.elections import approval

HEAD = "META\nkey;value\nbudget;1000\nvote_type;approval\nnum_projects;2\nnum_votes;1\n"
TABLES = "PROJECTS\nproject_id;cost\n1;600\n2;400\nVOTES\nvoter_id;vote\n"
FINE = HEAD + TABLES + "1;1,2\n"


def read(text: str) -> pabulib.PabulibFile:
    return pabulib.parse(text.encode(), "proef.pb")


def told(text: str) -> list[str]:
    return [str(each) for each in check_content(text.encode(), "proef.pb").findings]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_line_of_just_a_million_signs_is_read_and_one_more_is_refused(quote: str) -> None:
    name = "x" * (pabulib.MAX_LINE - len("1;600;"))
    text = FINE.replace("project_id;cost", "project_id;cost;name").replace("1;600", f"1;600;{quote}{{}}{quote}")
    assert read(text.format(name[2:])).election().by_id["1"].name
    with pytest.raises(Invalid, match="longer than a million"):
        read(text.format(name + "xxx"))


def test_semicolons_alone_make_no_line_too_long() -> None:
    assert read(FINE.replace("1;1,2", "1;1,2" + ";" * (pabulib.MAX_LINE + 10))).election().voters == 1


def test_a_quoted_vote_that_goes_on_over_lines_keeps_the_numbers_of_lines() -> None:
    text = FINE.replace("voter_id;vote", "voter_id;vote;remark").replace("1;1,2", '1;1,2;"a\nb"\n2;9')
    with pytest.raises(Invalid, match="line 15: vote names project 9"):
        read(text).election()


def test_a_quoted_text_that_does_not_end_is_refused_where_it_begins() -> None:
    with pytest.raises(Invalid, match="line 13: a quoted text begins here"):
        read(FINE.replace("1;1,2", '1;"1,2')).election()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_lines_may_end_in_any_way_and_the_last_in_none(end: str) -> None:
    text = FINE.removesuffix("\n").replace("\n", end or "\n") + end
    assert read(text).election() == read(FINE).election()


def test_a_zero_byte_is_refused_with_its_line_also_as_the_first_sign() -> None:
    with pytest.raises(Invalid, match="line 1: it holds a zero byte"):
        read("\0" + FINE)
    with pytest.raises(Invalid, match="line 13: it holds a zero byte"):
        read(FINE.replace("1;1,2", "1;1\0"))


def test_what_is_no_utf8_is_refused_with_its_line_also_far_into_a_file() -> None:
    far = FINE.encode() + b"1;1\n" * 10_000
    for content, line in ((far + b"1;\xff\n", 10_014), (FINE.encode().replace(b"600", b"\xff"), 9)):
        with pytest.raises(Invalid, match=f"line {line}: it is not written in UTF-8"):
            pabulib.parse(content, "proef.pb").election()


def test_a_number_of_forty_signs_is_read_and_one_more_is_not() -> None:
    assert amounts.amount_from("9" * 40) == int("9" * 40)
    assert amounts.amount_from("9" * 41) is None
    assert amounts.whole_from("9" * 40) == int("9" * 40)
    assert amounts.whole_from("9" * 41) is None


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("budget;1000", "budget;1000\nmin_length;3", "line 14: vote names 2 projects; 3 are needed."),
        ("budget;1000", "budget;1000\nmin_length;2", None),
        ("budget;1000", "budget;1000\nmax_length;1", "line 14: vote names 2 projects; 1 are allowed."),
        ("budget;1000", "budget;1000\nmax_length;2", None),
        (
            "budget;1000",
            "budget;1000\nmax_sum_cost;999",
            "line 14: The projects of this ballot cost more than max_sum_cost.",
        ),
        ("budget;1000", "budget;1000\nmax_sum_cost;1000", None),
        ("budget;1000", "budget;1000\ndate_begin;02.03.2026\ndate_end;01.03.2026", "date_begin is after date_end."),
        ("budget;1000", "budget;1000\ndate_begin;01.03.2026\ndate_end;01.03.2026", None),
        ("budget;1000", "budget;1000\nmin_length;2\nmax_length;2", None),
        ("1;600", "1;1000", None),
    ],
)
def test_a_limit_itself_is_allowed_and_past_it_is_told(before: str, after: str, sentence: str | None) -> None:
    found = told(FINE.replace(before, after))
    about = [each for each in found if "ballot" in each or "vote names" in each or "date" in each or "length" in each]
    assert about == ([] if sentence is None else [sentence])


POINTS = (
    "META\nkey;value\nbudget;1000\nvote_type;cumulative\nmin_sum_points;2\nmax_sum_points;5\n"
    "PROJECTS\nproject_id;cost\n1;600\n2;400\nVOTES\nvoter_id;vote;points\n"
)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("1;1,2;2,3", None),
        ("1;1,2;1,1", None),
        ("1;1,2;3,3", "line 13: The points of this ballot are more than max_sum_points."),
        ("1;1;1", "line 13: The points of this ballot are fewer than min_sum_points."),
        ("1;1,2;0,2", None),
        ("1;1,2;-1,3", "line 13: points are below zero."),
        ("1;1,2;2", "line 13: points: there are 1 for 2 projects."),
        ("1;1,2;2,x", "line 13: points is x; write a number."),
        ("1;;", None),
    ],
)
def test_points_are_checked_one_by_one_and_together(row: str, sentence: str | None) -> None:
    found = [each for each in told(POINTS + row + "\n") if "points" in each and "num_" not in each]
    assert found == ([] if sentence is None else [sentence])


def test_a_ballot_that_names_a_project_twice_is_told_once_a_line() -> None:
    found = told(FINE.replace("1;1,2", "1;1,1\n2;2,2,2\n3;9"))
    assert [each for each in found if each.startswith("line")] == [
        "line 13: vote names project 1 twice.",
        "line 14: vote names project 2 twice.",
        "line 15: vote names project 9, which is not in the list.",
    ]


def test_of_one_kind_five_are_named_and_the_rest_counted() -> None:
    rows = "".join(f"{number};9\n" for number in range(7))
    errors = [
        each for each in check_content((HEAD + TABLES + rows).encode(), "x").findings if each.level is Level.ERROR
    ]
    assert len(errors) == 6
    assert str(errors[-1].reason) == "… and 2 more of this kind."
    five = check_content((HEAD + TABLES + rows[: 5 * 4]).encode(), "x").findings
    assert not [each for each in five if "of this kind" in str(each)]


def test_a_file_that_cannot_be_counted_says_so_without_numbers() -> None:
    report = check_content(b"no file at all", "proef.pb")
    assert (report.projects, report.ballots, report.budget, report.can_be_counted) == (0, 0, None, False)
    assert len(report.findings) == 1


def test_a_file_on_disk_is_checked_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "proef.pb"
    file.write_text(FINE)
    assert str(check(file).summary) == "proef.pb can be counted: 2 projects, 1 ballots, budget 1000."
    assert pabulib.read(file).election().voters == 1
    with pytest.raises(Invalid, match="No such file"):
        pabulib.read(tmp_path / "weg.pb")


def test_quotes_are_told_from_the_first_sign_on() -> None:
    assert "line 1: Quoted fields occur, from this line on." in told('"META"\n' + FINE.removeprefix("META\n"))


def test_fairness_of_an_outcome_in_numbers() -> None:
    election = approval(10, {"a": 6, "b": 4, "c": 9}, ["ab", "a", "c", ""])
    found = fairness(election, ["a", "b"])
    assert found.chosen_winners == (2, 1, 1)
    assert found.exclusion_ratio == Fraction(1, 2)
    assert found.money_share == Fraction(6 * 2 + 4 * 1, 10 * 4)
    assert voters_with_a_winner(election, ["a", "b"]) == 2
    assert fairness(election, []).money_share == 0
    nobody = fairness(approval(10, {"a": 6}, []), ["a"])
    assert (nobody.exclusion_ratio, nobody.money_share) == (0, 0)


@pytest.mark.parametrize(("utility", "expected"), [("cost", (1, 2, 1)), ("count", (0, 2, 2))])
def test_who_is_better_off_depends_on_what_a_plan_is_worth(utility: str, expected: tuple[int, ...]) -> None:
    election = approval(20, {"a": 9, "b": 4, "c": 4, "d": 1}, ["ab", "c", "c", ""])
    assert better_off(election, utility, {}, ["a"], ["b", "c"]) == expected


@pytest.mark.parametrize("options", [{"is_compared": True}, {"has_bar": True}])
def test_only_equal_shares_is_compared_or_has_a_bar(options: dict[str, bool]) -> None:
    with pytest.raises(Invalid, match="Only the rule equal-shares"):
        rules.method(BallotType.APPROVAL, "greedy", **options)  # type: ignore[arg-type]


def test_a_rule_says_what_does_not_exist() -> None:
    with pytest.raises(Invalid, match="no utility happiness"):
        rules.method(BallotType.APPROVAL, utility="happiness")


def test_a_weight_below_zero_is_refused_and_zero_is_not() -> None:
    text = FINE.replace("voter_id;vote", "voter_id;vote;voting_method").replace("1;1,2", "1;1,2;paper\n2;2;internet")
    election = read(text).election(with_channels=True)
    for weight, is_fine in ((Fraction(0), True), (Fraction(-1), False)):
        method = rules.method(BallotType.APPROVAL, "greedy", weights={"paper": weight})
        if is_fine:
            assert Count(election, method).outcome().winners[0] == "2"
        else:
            with pytest.raises(Invalid, match="below zero"):
                Count(election, method).outcome()


def test_what_was_counted_is_written_as_selected_and_read_again() -> None:
    election = read(FINE.replace("budget;1000", "budget;600")).election()
    written = pabulib.write(pabulib.from_election(election, {"budget": "600", "vote_type": "approval"}, ["1"], {}))
    rows = dict(zip(*(list(read(written).projects.column(name)) for name in ("project_id", "selected")), strict=True))
    assert rows == {"1": "1", "2": "0"}
