"""What changed from one text to the next, as people read it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from buurtbegroting.web.differences import Passage, difference, folded

WORDS = st.lists(st.sampled_from(["een", "bank", "bij", "de", "vijver", "\n"]), max_size=30).map(" ".join)


def kinds(before: str, after: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in difference(before, after)]


def test_a_word_that_was_replaced_stands_beside_the_new_one() -> None:
    assert kinds("Een bank bij de vijver in het park", "Een schommel bij de vijver in het park") == [
        ("same", "Een"),
        ("gone", "bank"),
        ("new", "schommel"),
        ("same", "bij de vijver in het park"),
    ]


def test_a_single_word_between_two_changes_is_part_of_them() -> None:
    assert kinds("een bank en een boom", "drie stoelen en twee perken") == [
        ("gone", "een bank en een boom"),
        ("new", "drie stoelen en twee perken"),
    ]


def test_equal_texts_have_no_changes_and_empty_ones_nothing_at_all() -> None:
    assert kinds("Een bank", "Een bank") == [("same", "Een bank")]
    assert kinds("", "") == []
    assert kinds("", "Een bank") == [("new", "Een bank")]


def test_paragraphs_stay_paragraphs() -> None:
    assert kinds("Een\n\ntwee", "Een\n\ntwee") == [("same", "Een\n\ntwee")]


def test_what_stayed_the_same_for_long_is_shown_around_a_change_only() -> None:
    long = " ".join(f"woord{place}" for place in range(100))
    before, new, after = folded(difference(f"{long} {long}", f"{long} nieuw {long}"))
    assert before == Passage("same", "… " + " ".join(f"woord{place}" for place in range(88, 100)))
    assert new == Passage("new", "nieuw")
    assert after == Passage("same", " ".join(f"woord{place}" for place in range(12)) + " …")


def test_a_text_in_which_nothing_changed_is_shown_whole() -> None:
    long = " ".join(["woord"] * 100)
    assert folded(difference(long, long)) == [Passage("same", long)]


@given(WORDS, WORDS)
def test_both_texts_can_be_read_back_from_the_difference(before: str, after: str) -> None:
    passages = difference(before, after)
    assert " ".join(each.text for each in passages if each.kind != "new").split() == before.split()
    assert " ".join(each.text for each in passages if each.kind != "gone").split() == after.split()
