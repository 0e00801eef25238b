"""Reading and writing Pabulib files: nothing is lost, whatever stands in the fields."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib
from buurtbegroting.counting.pabulib.checking import check_content
from buurtbegroting.counting.pabulib.tables import Table, Votes

SIGNS = st.sampled_from('ab1;",\n\r \t\ufeff\u2028\x85\x1f\x1eé𝄞|')
NASTY = st.text(SIGNS, max_size=6) | st.sampled_from(["META", " votes", "PROJECTS "])
NAMES = st.lists(st.text("abc é", min_size=1, max_size=4).map(str.strip).filter(bool), max_size=2, unique=True)
IDS = [" 1", "2 ", "a;b", "x" * 40]


@st.composite
def tables(draw: st.DrawFn, needed: tuple[str, ...], rows: int) -> Table:
    columns = draw(st.permutations([*needed, *draw(NAMES)]))
    cells = [tuple(draw(NASTY) for _ in columns) for _ in range(rows)]
    return Table(tuple(columns), cells)


@st.composite
def files(draw: st.DrawFn) -> pabulib.PabulibFile:
    meta = {key.strip(): value for key, value in draw(st.dictionaries(NASTY, NASTY, max_size=4)).items()}
    projects = draw(tables(("project_id", "cost"), len(IDS)))
    place = {name: projects.columns.index(name) for name in ("project_id", "cost")}
    rows = [
        tuple(id_ if at == place["project_id"] else "1" if at == place["cost"] else cell for at, cell in enumerate(row))
        for id_, row in zip(IDS, projects.rows, strict=True)
    ]
    votes = draw(tables(("voter_id", "vote"), draw(st.integers(0, 4))))
    at_vote = votes.columns.index("vote")
    chosen = st.lists(st.sampled_from(IDS), unique=True).map(",".join)
    ballots = [(*row[:at_vote], draw(chosen), *row[at_vote + 1 :]) for row in votes.rows]
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in ballots if any(row)]
    whole = {**meta, "budget": "5", "vote_type": "approval"}
    section = Votes(votes.columns, "".join(lines).encode(), 1, "proef.pb")
    return pabulib.PabulibFile("proef.pb", whole, Table(projects.columns, rows), section)


def read(text: str) -> pabulib.PabulibFile:
    return pabulib.parse(text.encode(), "proef.pb")


@settings(max_examples=300, deadline=None)
@given(files())
def test_what_was_read_is_written_and_read_again(made: pabulib.PabulibFile) -> None:
    first = read(pabulib.write(made))
    again = read(pabulib.write(first))
    assert list(again.meta.items()) == list(first.meta.items())
    assert (again.projects.columns, again.projects.rows) == (first.projects.columns, first.projects.rows)
    assert (again.votes.columns, again.votes.rows) == (first.votes.columns, first.votes.rows)
    assert again.election() == first.election()


@settings(max_examples=300, deadline=None)
@given(files())
def test_of_any_field_only_line_ends_change(made: pabulib.PabulibFile) -> None:
    again = read(pabulib.write(made))

    def plain(text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n")

    assert [tuple(plain(cell) for cell in row) for row in made.projects.rows] == again.projects.rows
    assert [tuple(plain(cell) for cell in row) for row in made.votes.rows] == again.votes.rows
    assert {plain(key).strip(): plain(value) for key, value in made.meta.items() if key or value} == dict(again.meta)


@settings(max_examples=200, deadline=None)
@given(files(), st.data())
def test_a_file_with_something_cut_out_is_read_or_refused_and_always_checked(
    made: pabulib.PabulibFile, data: st.DataObject
) -> None:
    content = pabulib.write(replace(made, name="stuk.pb")).encode()
    start = data.draw(st.integers(0, len(content)))
    cut = content[:start] + content[start + data.draw(st.integers(0, 40)) :]
    assume(cut != content)
    report = check_content(cut, "stuk.pb")
    refused = ""
    try:
        pabulib.parse(cut, "stuk.pb").election()
    except Invalid as refusal:
        refused = str(refusal)
    assert report.can_be_counted == (not refused)
    assert not refused or refused.startswith("stuk.pb")
