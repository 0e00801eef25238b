"""Reading and writing Pabulib files: what is met in the wild is read, what is wrong is refused with its place."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib
from buurtbegroting.counting.elections import BallotType

PLAIN = (Path(__file__).parents[2] / "fixtures/pb/proefstad.pb").read_text()


def parse(text: str) -> pabulib.PabulibFile:
    return pabulib.parse(text.encode(), "proef.pb")


def refusal(text: str | bytes) -> str:
    with pytest.raises(Invalid) as caught:
        pabulib.parse(text if isinstance(text, bytes) else text.encode(), "proef.pb").election()
    return str(caught.value)


def test_a_file_as_met_in_the_wild_is_read() -> None:
    file = pabulib.parse(b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode(), "proef.pb")
    election = file.election()
    assert election.budget == Fraction("1000.5")
    assert [each.cost for each in election.projects] == [600, Fraction("500.25")]
    assert election.by_id["2"].name == 'Bomen; en "gras"'
    assert election.voters == 3
    assert election.supporters == {"1": 2, "2": 1}
    assert file.meta["unknown_key"] == "kept"


def test_writing_keeps_every_column_and_key() -> None:
    file = parse(PLAIN)
    again = parse(pabulib.write(file))
    assert (again.meta, again.projects.rows, again.votes.rows) == (file.meta, file.projects.rows, file.votes.rows)


@pytest.mark.parametrize(
    ("kind", "columns", "row", "choices"),
    [
        ("choose-1", "voter_id;vote", "1;2", [("2", 1)]),
        ("ordinal", "voter_id;vote", "1;2,1", [("2", 1), ("1", 1)]),
        ("cumulative", "voter_id;vote;points", "1;2,1;3,1", [("1", 1), ("2", 3)]),
        ("scoring", "voter_id;vote;points", "1;2,1;0,5", [("1", 5), ("2", 0)]),
    ],
)
def test_every_ballot_type_is_read(kind: str, columns: str, row: str, choices: list[tuple[str, int]]) -> None:
    head = PLAIN.partition("VOTES")[0].replace("approval", kind)
    (ballot,) = parse(f"{head}VOTES\n{columns}\n{row}\n").election().each_ballot()
    assert list(ballot.choices) == choices
    assert parse(f"{head}VOTES\n{columns}\n{row}\n").election().ballot_type is BallotType(kind)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("META\n", "", "begins with the line META"),
        ("VOTES\nvoter_id;vote;age;voting_method", "", "the section VOTES is missing"),
        ("project_id;cost;votes", "project_id;price;votes", "line 8: PROJECTS needs the column cost"),
        (";600;", ";veel;", "line 9: cost is veel"),
        (";600;", ";-5;", "Project 1 costs less than zero"),
        ("budget;1000,50", "budget;", "budget is empty"),
        ("vote_type;approval", "vote_type;lottery", "vote_type is lottery"),
        ("1;1,2;44", "1;1,9;44", "line 13: vote names project 9, which is not in the list"),
        ("1;1,2;44", "1;1,1;44", "line 13: vote names project 1 twice"),
        ("2;1;;paper", "2;1;;paper;more;and more", "line 14: there are 6 fields for 4 columns"),
        ('"Bomen; en ""gras"""', '1;1;1;1;"Bomen', "proef.pb"),
        ("PROJECTS\n", "META\n", "stands there twice"),
        ("1;600;2;Speelplek;1\n", "1;600;2;Speelplek;1\n1;5;0;Twee;0\n", "Project 1 stands twice"),
        ("1;600;2;Speelplek;1\n", "1;600;2;" + "x" * (pabulib.MAX_LINE + 1) + "\n", "line 9"),
    ],
)
def test_a_defect_is_refused_with_its_place(before: str, after: str, named: str) -> None:
    assert before in PLAIN
    said = refusal(PLAIN.replace(before, after, 1))
    assert said.startswith("proef.pb")
    assert named in said


def test_other_encodings_empty_files_and_junk_are_refused() -> None:
    assert "UTF-8" in refusal(PLAIN.replace("Speelplek", "Spëelplek").encode("latin-1"))
    assert "META is missing" in refusal(b"")
    assert refusal(b"\x00\x01\x02")
    assert "PROJECTS is missing" in refusal("META\nkey;value\n")


def test_points_that_do_not_match_the_projects_are_refused() -> None:
    head = PLAIN.partition("VOTES")[0].replace("approval", "cumulative")
    assert "line 13: points: there are 1 for 2" in refusal(f"{head}VOTES\nvoter_id;vote;points\n1;2,1;3\n")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"weg\.pb: it cannot be read"):
        pabulib.read(tmp_path / "weg.pb")
    with pytest.raises(Invalid, match="not a file"):
        pabulib.read(tmp_path)


def test_an_export_says_nothing_of_voters_and_nothing_of_order() -> None:
    election = parse(PLAIN).election()
    text = pabulib.write(pabulib.from_election(election, {}, ["1"], {}))
    votes = text.partition("VOTES\n")[2].splitlines()
    assert votes == ["voter_id;vote", "1;", "2;1", '3;"1,2"'.replace('"', "")]
    assert "age" not in text
    assert parse(text).election() == election
