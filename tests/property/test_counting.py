"""Elections as files: what is written is read back, and anything else is read or refused."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbegroting.counting import pabulib
from buurtbegroting.counting.elections import Election
from tests.factories.elections import approval

IDS = "abcdef"


@st.composite
def elections(draw: st.DrawFn) -> Election:
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    costs = {id_: draw(st.integers(0, 12)) for id_ in ids}
    ballots = draw(st.lists(st.sets(st.sampled_from(ids)).map(lambda chosen: "".join(sorted(chosen))), max_size=14))
    return approval(draw(st.integers(0, 30)), costs, ballots)


@settings(max_examples=100, deadline=None)
@given(elections())
def test_an_election_survives_being_written_as_a_file(election: Election) -> None:
    file = pabulib.from_election(election, {"description": "Proef"}, [], {})
    again = pabulib.parse(pabulib.write(file).encode(), "proef.pb")
    assert again.election() == election
    assert again.election().hash == election.hash


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="ignore")))
def test_a_file_of_anything_is_read_or_refused(content: bytes) -> None:
    from buurtbegroting.civic.refusals import Invalid

    said = "iets.pb"
    try:
        pabulib.parse(b"META\nkey;value\n" + content, "iets.pb").election()
    except Invalid as refusal:
        said = str(refusal)
    assert said.startswith("iets.pb")
