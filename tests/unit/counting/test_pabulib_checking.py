"""Checking a Pabulib file: everything odd is told, with its line, and whether the file can be counted."""

from __future__ import annotations

import pytest

from buurtbegroting.civic.reasons import Reason
from buurtbegroting.counting.pabulib.checking import Report, check_content
from buurtbegroting.counting.pabulib.findings import Level

FINE = """META
key;value
description;Proefstad
num_projects;2
num_votes;3
budget;1000
vote_type;approval
rule;greedy
date_begin;01.03.2026
date_end;31.03.2026
PROJECTS
project_id;cost;votes;score;name;selected
1;600;2;2;Speelplek;1
2;500;1;1;Bomen;0
VOTES
voter_id;vote;age
1;1,2;44
2;1;
3;;30
"""


def check(text: str) -> Report:
    return check_content(text.encode(), "proef.pb")


def found(report: Report, level: Level) -> list[str]:
    return [str(each) for each in report.findings if each.level is level]


def test_a_file_with_nothing_odd_about_it_can_be_counted() -> None:
    report = check(FINE.replace("3;;30\n", "3;2;30\n").replace("2;500;1;1", "2;500;2;2"))
    assert str(report.summary) == "proef.pb can be counted: 2 projects, 3 ballots, budget 1000."
    assert report.findings == ()


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("budget;1000", "budget;veel", "budget is veel; write a number."),
        ("budget;1000", "budget;-1", "budget is below zero."),
        ("budget;1000", "budget;1\nbudget;2", "line 7: META gives budget twice, and not the same."),
        ("vote_type;approval", "vote_type;lottery", "vote_type is lottery; use one of approval, choose-1, ordinal, "),
        ("rule;greedy", "exclusive_projects;1,9", "exclusive_projects names project 9, which is not in the list."),
        ("1;600;", "1;;", "line 13: cost is empty; write a number."),
        ("1;600;", "1;-600;", "line 13: cost is below zero."),
        ("1;600;", ";600;", "line 13: project_id is empty; give every project its own."),
        ("2;500;", "1;500;", "line 14: Project 1 stands twice in the list."),
        ("Bomen;0", "Bomen;0;;more", "line 14: there are 8 fields for 6 columns."),
        ("1;1,2;44", "1;1,7;44", "line 17: vote names project 7, which is not in the list."),
        ("1;1,2;44", "1;1,1;44", "line 17: vote names project 1 twice."),
        ("1;1,2;44", "1;1,2;44;x", "line 17: there are 4 fields for 3 columns."),
        ("1;1,2;44", '1;1,2;"44', "line 17: a quoted text begins here and does not end."),
        ("VOTES\nvoter_id;vote", "VOTES\nvoter_id;stem", "line 16: VOTES needs the column vote."),
        ("PROJECTS", "PROJECT", "the section PROJECTS is missing."),
        ("3;;30", "3;" + "1" * 2_000_000, "line 19: the line is longer than a million signs."),
        ("Bomen", "Bo\x00men", "line 14: it holds a zero byte, so it is no text."),
    ],
)
def test_what_keeps_a_file_from_being_counted_is_an_error(before: str, after: str, sentence: str) -> None:
    assert before in FINE
    report = check(FINE.replace(before, after, 1))
    assert not report.can_be_counted
    assert str(report.summary) == "proef.pb cannot be counted."
    assert any(each.startswith(sentence) for each in found(report, Level.ERROR))


@pytest.mark.parametrize(
    ("points", "sentence"),
    [("1", "line 17: points: there are 1 for 2 projects."), ("1,veel", "line 17: points is veel; write a number.")],
)
def test_points_that_cannot_be_are_errors(points: str, sentence: str) -> None:
    text = FINE.replace("approval", "cumulative").replace("voter_id;vote;age", "voter_id;vote;points")
    report = check(text.replace("1;1,2;44", f"1;1,2;{points}").replace("2;1;", "2;1;5").replace("3;;30", "3;;"))
    assert found(report, Level.ERROR) == [sentence]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("num_projects;2", "num_projects;3", "num_projects is 3; there are 2 projects."),
        ("num_votes;3", "num_votes;4", "num_votes is 4; there are 3 ballots."),
        ("num_votes;3", "num_votes;drie", "num_votes is drie; that is no whole number."),
        ("rule;greedy", "rule;eerlijk", "The rule eerlijk is none of those that Pabulib names."),
        ("rule;greedy\n", "", 'The rule "" is none of those that Pabulib names.'),
        ("rule;greedy", "rule;greedy\nmax_sum_cost;?", "max_sum_cost is ?; that is no number."),
        ("rule;greedy", "rule;greedy\nmin_length;3\nmax_length;2", "min_length is more than max_length."),
        ("01.03.2026", "32.13.2026", "date_begin is 32.13.2026; write a day as 31.12.2026, or a year."),
        ("31.03.2026", "2025", "date_begin is after date_end."),
        ("budget;1000", "budget;1,000", "budget is 1,000: read as 1, not as thousands."),
        ("1;600;", "1;1600;", "line 13: Project 1 costs more than the whole budget."),
        ("2;500;", "2,3;500;", "line 14: Project 2,3 has a comma in its id, so no ballot can name it."),
        ("600;2;2", "600;3;2", "line 13: votes is 3; a recount gives 2."),
        ("600;2;2", "600;2;9", "line 13: score is 9; a recount gives 2."),
        ("Bomen;0", "Bomen;ja", "line 14: selected is ja; use 0, 1, 2 or 3."),
        ("Bomen;0", "Bomen;1", "The selected projects cost 100 more than the budget."),
        ("2;1;\n", "1;1;\n", "line 18: voter_id 1 stands there more than once."),
        ("rule;greedy", "max_length;1", "line 17: vote names 2 projects; 1 are allowed."),
        ("rule;greedy", "min_length;2", "line 18: vote names 1 projects; 2 are needed."),
        ("vote_type;approval", "vote_type;choose-1", "line 17: vote names 2 projects; 1 are allowed."),
        ("rule;greedy", "max_sum_cost;1000", "line 17: The projects of this ballot cost more than max_sum_cost."),
        ("approval", "cumulative", "There is no column points, so every choice counts as one point."),
    ],
)
def test_a_contradiction_is_a_warning(before: str, after: str, sentence: str) -> None:
    assert before in FINE
    assert sentence not in found(check(FINE), Level.WARNING)
    assert sentence in found(check(FINE.replace(before, after, 1)), Level.WARNING)


@pytest.mark.parametrize(
    ("meta", "points", "sentence"),
    [
        ("max_sum_points;4", "2,3", "line 18: The points of this ballot are more than max_sum_points."),
        ("min_sum_points;6", "2,3", "line 18: The points of this ballot are fewer than min_sum_points."),
        ("min_length;1", "2,-3", "line 18: points are below zero."),
    ],
)
def test_points_against_the_rules_of_the_vote_are_warnings(meta: str, points: str, sentence: str) -> None:
    text = FINE.replace("approval", f"cumulative\n{meta}").replace("voter_id;vote;age", "voter_id;vote;points")
    text = text.replace("1;1,2;44", f"1;1,2;{points}").replace("2;1;\n", "2;1;9\n").replace("3;;30", "3;;")
    assert sentence in found(check(text), Level.WARNING)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("rule;greedy", "rule;greedy\neigen;1", "META has the key eigen, which the format does not name."),
        (";selected", ";kleur", "PROJECTS has the column kleur, which is kept."),
        ("voter_id;vote;age", "voter_id;vote;maat", "VOTES has the column maat, which is kept."),
        ("voter_id;vote;age", "voter_id;vote;points", "The column points is left out: these ballots say yes to "),
        ("2;500;", "2;500,50;", "line 14: cost is written with a decimal comma."),
        ("2;500;", "2;999999999;", "line 14: Project 2 was withdrawn: it has the cost that says so."),
        ("2;500;", "2;0;", "line 14: Project 2 costs nothing."),
        ("1;1,2;44", "1;1;44", "line 14: Project 2 has no votes."),
        ("2;1;\n", ";1;\n", "line 18: voter_id is empty."),
        ("Bomen", '"Bomen; gras"', "line 14: Quoted fields occur, from this line on."),
        ("META\n", "\ufeffMETA\n", "The file begins with a byte order mark; it is left out."),
        ("1;1,2;44\n", "1;1,2;44\r", "Some lines end in a carriage return alone; they are read as lines."),
        ("META", "META", "Blank ballots: 1; they are counted as votes for nothing."),
    ],
)
def test_what_is_good_to_know_is_a_remark(before: str, after: str, sentence: str) -> None:
    assert before in FINE
    report = check(FINE.replace(before, after, 1))
    assert report.can_be_counted
    assert any(each.startswith(sentence) for each in found(report, Level.REMARK))


def test_a_ranking_is_scored_as_cities_publish_it() -> None:
    text = FINE.replace("approval", "ordinal\nmax_length;3").replace("600;2;2", "600;2;6").replace("500;1;1", "500;1;2")
    assert not found(check(text), Level.WARNING)
    assert "line 14: score is 6; a recount gives 5." in found(
        check(text.replace("1;1,2;44", "1;2,1;44")), Level.WARNING
    )


def test_all_errors_are_told_and_not_only_the_first() -> None:
    report = check(FINE.replace("1;600;", "1;veel;").replace("1;1,2;44", "1;1,7;44").replace("2;1;\n", "2;8;\n"))
    assert [each.line for each in report.findings if each.level is Level.ERROR] == [13, 17, 18]
    assert report.findings[0].level is Level.ERROR


def test_another_encoding_does_not_hide_what_else_there_is() -> None:
    report = check_content(FINE.replace("Bomen", "Boömen").replace("1;1,2;44", "1;7;44").encode("cp1252"), "proef.pb")
    assert [each.line for each in report.findings if each.level is Level.ERROR] == [14, 17]


def test_of_one_kind_five_are_named_and_the_rest_counted() -> None:
    text = FINE + "".join(f"{voter};8;\n" for voter in range(4, 321))
    errors = found(check(text), Level.ERROR)
    assert len(errors) == 6
    assert errors[-1] == "… and 312 more of this kind."


def test_every_finding_is_a_reason_to_be_said_in_any_language() -> None:
    report = check(FINE.replace("1;600;", "1;veel;"))
    assert all(isinstance(each.reason, Reason) and "%(" not in str(each.reason) for each in report.findings)
