"""Money divided over areas by their inhabitants."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from buurtbegroting.blueprints.rounds.dividing import STEP_CENTS, in_proportion


def test_a_total_is_divided_in_steps_of_a_hundred_euros() -> None:
    assert in_proportion(1_000_00, {"A": 100, "B": 200}) == {"A": 300_00, "B": 700_00}
    assert in_proportion(1_050_00, {"A": 1, "B": 3}) == {"A": 200_00, "B": 850_00}
    assert in_proportion(1_000_00, {}) == {}


@given(st.integers(0, 10**9), st.dictionaries(st.text("ABCDEFG", min_size=1), st.integers(1, 10**6), min_size=1))
def test_nothing_is_lost_and_nobody_gets_more_than_a_step_too_much(cents: int, people: dict[str, int]) -> None:
    divided = in_proportion(cents, people)
    assert sum(divided.values()) == cents
    total = sum(people.values())
    assert all(abs(divided[code] * total - cents * people[code]) < 2 * STEP_CENTS * total for code in people)
