"""Reading and writing Pabulib files: what is met in the wild is read, what is wrong is refused with its place."""

from __future__ import annotations

import random
from collections import Counter
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
        ("3;;30;internet\n", "3;" + "x" * (pabulib.MAX_LINE + 1) + "\n", "line 15: the line is longer"),
        ("unknown_key;kept", "unknown_key;" + ";" * pabulib.MAX_LINE + "x", "line 6: the line is longer"),
        ("2;1;;paper", "2;1,1,1;;paper", "line 14: vote names more projects than there are"),
        ("2;1;;paper", "2;1,,2;;paper", "line 14: vote names project"),
        ("2;1;;paper", "2;1\x00;;paper", "line 14: it holds a zero byte"),
        ("2;1;;paper", "\n\n2;9;;paper", "line 16: vote names project 9"),
        ("2;1;;paper", '2;9;;"paper\npoint"', "line 14: vote names project 9"),
        ("2;1;;paper", "PROJECTS", "line 14: the section PROJECTS stands there twice"),
        ("1;600;", ";600;", "line 9: project_id is empty"),
        ("unknown_key;kept", "budget;2000", "line 6: META gives budget twice"),
        ("unknown_key;kept", "exclusive_projects;1,7", "Project 7 would exclude others"),
        (";600;", ";1e5;", "line 9: cost is 1e5"),
        (";600;", ";1_000;", "line 9: cost is 1_000"),
        (";600;", ";٣;", "line 9: cost is ٣"),
        (";600;", ";1/3;", "line 9: cost is 1/3"),
        (";600;", ";" + "9" * 1_000_000 + ";", "line 9: cost is 999"),
        ("voter_id;vote;age", "voter_id;vote;vote", "VOTES has a column twice"),
    ],
)
def test_a_defect_is_refused_with_its_place(before: str, after: str, named: str) -> None:
    assert before in PLAIN
    said = refusal(PLAIN.replace(before, after, 1))
    assert said.startswith("proef.pb")
    assert named in said
    assert len(said) < 200


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


def test_a_million_signs_in_a_field_are_no_number() -> None:
    assert "vote_type is lll" in refusal(PLAIN.replace("vote_type;approval", "vote_type;" + "l" * 100_000))
    assert "budget is 999" in refusal(PLAIN.replace("budget;1000,50", "budget;" + "9" * 100_000))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("1;1,2;44;internet\n", "1; 1 , 2 ;44;internet\r\n"),
        ("1;1,2;44;internet\n", "\n ;;;\n1;1,2;44;internet\n\n;;;\n".replace(" ;;;\n", "  \n")),
        ("1;1,2;44;internet", "1;1,2;44;internet;;; ;"),
        ("3;;30;internet", "3; ;30;internet"),
        ("3;;30;internet", "3"),
        ("1;1,2;44;internet", '1;"1,2";44;internet'),
        ("1;1,2;44;internet", '1;1,2;44;"inter""net;\n"'),
        ("PROJECTS\n", "projects;;;\n"),
        ("key;value\n", "key;value;;\n"),
        ("vote_type;approval", " vote_type ; Approval ;;;"),
        ("2;500.25;", "2;+500.250;"),
        ("voter_id;vote;", " voter_id ; vote ;"),
    ],
)
def test_other_ways_of_writing_the_same_are_read(before: str, after: str) -> None:
    assert before in PLAIN
    assert parse(PLAIN.replace(before, after)).election() == parse(PLAIN).election()


def test_the_vote_may_stand_anywhere_and_sections_too() -> None:
    head, votes = PLAIN.partition("VOTES\n")[::2]
    moved = "VOTES\nage;voter_id;vote\n44;1;1,2\n;2;1\n30;3;\n" + head
    assert parse(moved).election() == parse(PLAIN).election()
    assert votes


def test_there_are_limits_to_projects_keys_and_columns() -> None:
    projects = "".join(f"p{number};1\n" for number in range(100_001))
    head = "META\nkey;value\nbudget;1\n\n\nPROJECTS\nproject_id;cost\n"
    assert "line 100008: PROJECTS has more than 100000 lines" in refusal(f"{head}{projects}VOTES\nvoter_id;vote\n")
    keys = "".join(f"k{number};1\n" for number in range(10_001))
    assert "META has more than 10000 lines" in refusal(PLAIN.replace("unknown_key;kept\n", keys))
    columns = ";".join(f"c{number}" for number in range(200))
    assert "or more than 200" in refusal(PLAIN.replace("voter_id;vote;", f"voter_id;vote;{columns};"))


def test_no_quote_in_the_votes_no_rows() -> None:
    file = parse(PLAIN)
    file.election()
    assert "table" not in vars(file.votes)


def test_many_ballots_are_read_as_one_by_one() -> None:
    chance = random.Random(1)
    ids = ["1", "22", "a", "long-id-of-19-signs", "x" * 33, "é€𝄞", "12345678", "123456789"]
    rows = [(chance.sample(ids, chance.randint(0, len(ids))), chance.randint(0, 99)) for _ in range(9000)]
    text = "META\nkey;value\nbudget;9\nvote_type;cumulative\nPROJECTS\nproject_id;cost\n"
    text += "".join(f"{id_};1\n" for id_ in ids) + "VOTES\nvoter_id;points;voting_method;vote\n"
    text += "".join(
        f"{voter};{','.join(f'{points}.5' for _ in chosen)};{points % 3};{', '.join(chosen)}\n"
        for voter, (chosen, points) in enumerate(rows)
    )
    election = parse(text).election(with_channels=True)
    expected = Counter(
        (frozenset(chosen), Fraction(points) + Fraction(1, 2), str(points % 3)) for chosen, points in rows
    )
    found: Counter[tuple[frozenset[str], Fraction, str]] = Counter()
    for ballot in election.each_ballot():
        given = {points for _, points in ballot.choices}
        assert len(given) <= 1
        found[frozenset(id_ for id_, _ in ballot.choices), max(given, default=Fraction(0)), ballot.channel] += (
            ballot.count
        )
    filled = Counter({key: count for key, count in expected.items() if key[0]})
    assert Counter({key: count for key, count in found.items() if key[0]}) == filled
    assert election.voters == len(rows)


def test_channels_are_told_apart_only_when_asked_for() -> None:
    text = PLAIN.replace("2;1;;paper", "2;1;;paper\n4;1;;internet\n5;1;;paper")
    assert parse(text).election().ballots.channel is None
    election = parse(text).election(with_channels=True)
    assert election.ballots.channels == ("internet", "paper")
    said = {(ballot.channel, len(ballot.choices)): ballot.count for ballot in election.each_ballot()}
    assert said == {("internet", 2): 1, ("paper", 1): 2, ("internet", 1): 1, ("internet", 0): 1}


def test_equal_ballots_are_one_group_whatever_their_order() -> None:
    head = PLAIN.partition("VOTES")[0] + "VOTES\nvoter_id;vote\n"
    text = head + "".join(f"{voter};{'1,2' if voter % 2 else '2,1'}\n" for voter in range(10))
    assert parse(text).election().ballots.sizes.tolist() == [10]
    ranked = parse(text.replace("approval", "ordinal")).election()
    assert sorted(ranked.ballots.sizes.tolist()) == [5, 5]


def test_a_withdrawn_project_never_wins() -> None:
    text = PLAIN.replace("budget;1000,50", "budget;5000000000").replace(";600;", ";999999999;")
    election = parse(text).election()
    assert election.by_id["1"].cost > election.budget
    assert parse(PLAIN.replace(";600;", ";999999999;")).election().by_id["1"].cost == 999999999


def test_meta_says_what_excludes_what_and_how_long_a_ballot_is() -> None:
    election = parse(PLAIN.replace("unknown_key;kept", "exclusive_projects; 1,2 |\nmax_length; 2")).election()
    assert election.exclusive == (frozenset("12"),)
    assert election.max_choices == 2
    assert parse(PLAIN.replace("unknown_key;kept", "max_length;many")).election().max_choices is None
    assert parse(PLAIN.replace("unknown_key;kept", "max_length;0")).election().max_choices is None
