"""A receipt adds up, says what is a share of a larger amount, and leaves out what cannot be divided."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbegroting.blueprints.insight.kinds import Allocation, SpendingKind, TaskField
from buurtbegroting.blueprints.insight.receipts import (
    WHOLE,
    Chosen,
    Place,
    Receipt,
    Spent,
    adding_up,
    receipt,
    shown,
    usual,
)

WIJK, TOWN = Place("WK1", "Noord", 1000), Place(WHOLE, "Proefstad", 4000)
SHARES = {Allocation.PER_INHABITANT: Fraction(1, 4)}


def spent(cents: int, field: TaskField = TaskField.GREEN, year: int = 2026, **facts: object) -> Spent:
    known = {"name": "Iets", "allocation": Allocation.DIRECT, "source": "Begroting", "is_whole": False} | facts
    return Spent(year=year, field=field, cents=cents, **known)  # type: ignore[arg-type]


def made(place: Place, *lines: Spent, **chosen: int) -> Receipt:
    by_year = {int(year.removeprefix("y")): Chosen(cents, [("2026-1", "Bankje")]) for year, cents in chosen.items()}
    return receipt(place, 2026, SpendingKind.BUDGET, lines, by_year, SHARES)


@given(st.lists(st.fractions(0, 10**9), min_size=1, max_size=12), st.sampled_from([1, 100]))
def test_rounded_amounts_add_up_to_the_rounded_total(amounts: list[Fraction], unit: int) -> None:
    rounded = adding_up(amounts, unit)
    assert abs(sum(rounded) - sum(amounts)) <= Fraction(unit, 2)
    assert all(abs(each - amount) < unit for each, amount in zip(rounded, amounts, strict=True))


def test_the_largest_comes_first_and_what_residents_chose_counts_in_the_total() -> None:
    found = shown(made(WIJK, spent(100_000), spent(900_000, TaskField.CARE), y2026=50_000), per_inhabitant=True)
    assert [line.line.field for line in found.lines] == [TaskField.CARE, TaskField.GREEN]
    assert [line.money.cents for line in found.lines] == [900, 100]
    assert (found.chosen.cents, found.total.cents) == (50, 1050)


def test_a_wijk_gets_its_share_of_what_is_divided_by_inhabitants() -> None:
    line = spent(400_000, allocation=Allocation.PER_INHABITANT, is_whole=True)
    found = made(WIJK, line)
    assert found.lines[0].amount == 100_000
    assert found.lines[0].items[0].is_share
    assert made(TOWN, line).lines[0].amount == 400_000
    assert not made(TOWN, line).lines[0].items[0].is_share


@pytest.mark.parametrize("way", [Allocation.DIRECT, Allocation.ESTIMATE, Allocation.PER_M2])
def test_what_cannot_be_divided_is_on_no_receipt_of_a_wijk_and_said(way: Allocation) -> None:
    found = made(WIJK, spent(100), spent(700, allocation=way, is_whole=True))
    assert (found.total, found.not_divided) == (100, 700)
    assert made(TOWN, spent(700, allocation=way, is_whole=True)).not_divided == 0


def test_the_difference_with_the_year_before_is_said_in_words() -> None:
    found = shown(
        made(
            WIJK, spent(300_000), spent(100_000, year=2025), spent(100_000, TaskField.SPORT),
            spent(100_000, TaskField.SPORT, 2025), spent(200_000, TaskField.WASTE, 2025),
        ),
        per_inhabitant=True,
    )  # fmt: skip
    words = {line.line.field: str(line.difference.msgid) for line in found.lines if line.difference}
    assert words[TaskField.GREEN] == "%(money)s more than in %(year)s"
    assert words[TaskField.SPORT] == "As much as in %(year)s"
    assert words[TaskField.WASTE] == "%(money)s less than in %(year)s"


def test_without_figures_of_the_year_before_nothing_is_compared() -> None:
    found = shown(made(WIJK, spent(100)), per_inhabitant=True)
    assert (found.difference, found.lines[0].difference) == (None, None)


def test_of_a_place_without_inhabitants_only_the_whole_is_shown() -> None:
    found = shown(made(Place("WK2", "Polder", None), spent(123_456)), per_inhabitant=True)
    assert not found.is_per_inhabitant
    assert found.total.cents == 123_500


def test_people_first_see_the_figures_of_this_year() -> None:
    both = [SpendingKind.BUDGET, SpendingKind.ACTUAL]
    years = {2027: [SpendingKind.BUDGET], 2026: both, 2025: [SpendingKind.ACTUAL]}
    assert usual(years, 2026) == (2026, SpendingKind.BUDGET)
    assert usual({2025: [SpendingKind.ACTUAL]}, 2026) == (2025, SpendingKind.ACTUAL)
    assert usual({2027: [SpendingKind.BUDGET]}, 2026) == (2027, SpendingKind.BUDGET)
    assert usual({}, 2026) is None
