"""Writing Pabulib files: nothing is lost, amounts are exact, and nothing is told of voters."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib
from buurtbegroting.counting.elections import Election
from buurtbegroting.counting.pabulib.amounts import amount_from, written
from tests.factories.elections import approval
from tests.unit.counting.test_pabulib import PLAIN, parse


def as_file(election: Election) -> pabulib.PabulibFile:
    return pabulib.from_election(election, {}, [], {})


def test_an_export_says_nothing_of_voters_and_nothing_of_order() -> None:
    election = parse(PLAIN).election()
    text = pabulib.write(pabulib.from_election(election, {}, ["1"], {}))
    votes = text.partition("VOTES\n")[2].splitlines()
    assert votes == ["voter_id;vote", "1;", "2;1", '3;"1,2"'.replace('"', "")]
    assert "age" not in text
    assert parse(text).election() == election


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 4), "0.25"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(12345678901234567891, 100), "123456789012345678.91"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(5, 2), "2.5"),
    ],
)
def test_amounts_are_written_exactly(amount: Fraction, text: str) -> None:
    assert written(amount) == text
    assert amount_from(text) == amount


@pytest.mark.parametrize("amount", [Fraction(1, 3), Fraction(1, 2**60), Fraction(10**50), Fraction(1, 10**41)])
def test_an_amount_without_end_is_refused(amount: Fraction) -> None:
    with pytest.raises(Invalid, match="cannot be written in decimals"):
        written(amount)


def test_exclusive_sets_and_the_length_of_ballots_are_written() -> None:
    election = replace(
        approval(10, {"a": 1, "b": 2, "c": 3}, ["ab", "c"]),
        exclusive=(frozenset("ab"), frozenset("bc")),
        max_choices=2,
    )
    file = parse(pabulib.write(as_file(election)))
    assert file.meta["exclusive_projects"] == "a,b|b,c"
    again = file.election()
    assert (again, again.exclusive, again.max_choices) == (election, election.exclusive, 2)
    assert "exclusive_projects" not in as_file(approval(10, {"a": 1}, ["a"])).meta


@pytest.mark.parametrize("id_", ["", " a", "a,b", "a|b", "a;b", 'a"b', "a\nb"])
def test_an_id_that_no_ballot_could_name_is_refused(id_: str) -> None:
    election = approval(10, {"a": 1}, [])
    with pytest.raises(Invalid, match="cannot stand in a Pabulib file"):
        as_file(replace(election, projects=(replace(election.projects[0], id=id_),)))


def test_a_file_made_of_an_election_is_counted_as_it_is() -> None:
    election = parse(PLAIN).election()
    assert as_file(election).election() == election
    assert as_file(election).votes.rows[2] == ("3", "1,2")


def test_a_key_named_like_a_section_is_no_section() -> None:
    file = parse(PLAIN)
    odd = replace(file, meta={**file.meta, "VOTES": "", " projects ": ""})
    assert parse(pabulib.write(odd)).meta == {**file.meta, "VOTES": "", "projects": ""}


def test_a_line_as_long_as_it_may_be_can_be_read_when_it_is_written() -> None:
    for name in ('x"' * (pabulib.MAX_LINE // 2 - 100), "é" * (pabulib.MAX_LINE // 2 - 100)):
        file = parse(PLAIN.replace("Speelplek", name))
        assert parse(pabulib.write(file)).projects.rows == file.projects.rows
