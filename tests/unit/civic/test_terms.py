"""Terms end on working days, as Dutch law counts them."""

from __future__ import annotations

from datetime import date

import pytest

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.terms import Source, Term, Unit, add_working_days, holidays, is_working_day

ANSWER = Term("answer", _r("Answer"), 6, Unit.WEEKS, Source.LAW, "Awb 7:10")
DESK = Term("desk", _r("Desk"), 5, Unit.WORKING_DAYS, Source.PROMISE)


@pytest.mark.parametrize(
    ("year", "easter_monday"),
    [(2024, (4, 1)), (2025, (4, 21)), (2026, (4, 6)), (2027, (3, 29)), (2030, (4, 22)), (2038, (4, 26))],
)
def test_holidays_move_with_easter(year: int, easter_monday: tuple[int, int]) -> None:
    days = holidays(year)
    assert date(year, *easter_monday) in days
    assert len(days) in (9, 8)


def test_2026_has_these_holidays() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_kings_day_on_a_sunday_is_kept_on_saturday() -> None:
    assert date(2031, 4, 26) in holidays(2031)
    assert date(2031, 4, 27) not in holidays(2031)


def test_a_term_in_weeks_that_ends_on_a_holiday_ends_on_the_next_working_day() -> None:
    assert ANSWER.last_day(date(2026, 11, 13)) == date(2026, 12, 28)
    assert ANSWER.last_day(date(2026, 11, 23)) == date(2027, 1, 4)


def test_working_days_skip_weekends_and_holidays() -> None:
    assert DESK.last_day(date(2026, 4, 2)) == date(2026, 4, 13)
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 20), 0) == date(2026, 11, 20)


def test_the_fifth_of_may_counts_every_year() -> None:
    assert not is_working_day(date(2026, 5, 5))
    assert not is_working_day(date(2027, 5, 5))
