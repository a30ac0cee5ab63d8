"""Banks and offices work from Monday to Friday, but on no public holiday; months are counted as people count them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.calendar import easter, is_working_day, months_later, public_holidays, working_day_from

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))

EASTERS = {
    1961: (4, 2),
    1999: (4, 4),
    2000: (4, 23),
    2008: (3, 23),
    2011: (4, 24),
    2016: (3, 27),
    2019: (4, 21),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2028: (4, 16),
    2038: (4, 25),
    2285: (3, 22),
}


@pytest.mark.parametrize("year", EASTERS)
def test_easter_falls_where_the_tables_have_it(year: int) -> None:
    assert easter(year) == date(year, *EASTERS[year])


@given(st.integers(1583, 4099))
def test_easter_is_a_sunday_from_22_march_to_25_april(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_holidays_of_a_year() -> None:
    assert sorted(public_holidays(2027)) == [
        *(date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 8)),
        *(date(2027, 5, 17), date(2027, 7, 14), date(2027, 8, 15), date(2027, 11, 1), date(2027, 11, 11)),
        date(2027, 12, 25),
    ]


def test_two_holidays_may_fall_together() -> None:
    assert date(2008, 5, 1) == easter(2008) + timedelta(days=39)
    assert len(public_holidays(2008)) == 10


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 11), False),
        (date(2027, 3, 29), False),
        (date(2026, 12, 24), True),
    ],
)
def test_a_working_day_is_a_weekday_and_no_holiday(day: date, works: bool) -> None:
    assert is_working_day(day) == works


@given(DAYS)
@example(date(2027, 5, 1))
@example(date(2026, 12, 25))
def test_the_working_day_from_a_date_is_the_first_there_is(day: date) -> None:
    found = working_day_from(day)
    assert is_working_day(found)
    assert day <= found
    assert not any(is_working_day(day + timedelta(days=skipped)) for skipped in range((found - day).days))
    assert (found - day).days <= 4
    assert working_day_from(found) == found


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 15), 0, date(2027, 1, 15)),
        (date(2027, 1, 15), 3, date(2027, 4, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
        (date(2027, 12, 31), 1, date(2028, 1, 31)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_months_last(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@given(DAYS, st.integers(-600, 600))
def test_months_are_counted_and_the_day_is_never_overrun(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later.day <= day.day
