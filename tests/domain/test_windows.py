"""Do the spans of reports begin and end on the right days?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.windows import (
    LegalPeriod,
    Window,
    last_legal_window,
    last_month,
    legal_window,
    month_window,
    months_of,
    previous_window,
    year_before,
)

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def test_a_window_has_both_its_ends() -> None:
    """Are the first and the last day inside, and is an unknown day outside?"""
    window = Window(date(2019, 1, 1), date(2019, 1, 31))
    assert date(2019, 1, 1) in window
    assert date(2019, 1, 31) in window
    assert date(2019, 2, 1) not in window
    assert None not in window
    assert window.days == 31
    with pytest.raises(RuleBroken):
        Window(date(2019, 1, 2), date(2019, 1, 1))


@pytest.mark.parametrize(
    ("period", "number", "first", "last"),
    [
        (LegalPeriod.QUARTER, 1, date(2025, 12, 15), date(2026, 3, 14)),
        (LegalPeriod.QUARTER, 2, date(2026, 3, 15), date(2026, 6, 14)),
        (LegalPeriod.QUARTER, 3, date(2026, 6, 15), date(2026, 9, 14)),
        (LegalPeriod.QUARTER, 4, date(2026, 9, 15), date(2026, 12, 14)),
        (LegalPeriod.HALF, 1, date(2025, 12, 15), date(2026, 6, 14)),
        (LegalPeriod.NINE_MONTHS, 1, date(2025, 12, 15), date(2026, 9, 14)),
        (LegalPeriod.YEAR, 1, date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_legal_windows_run_from_the_15th_to_the_14th(
    period: LegalPeriod, number: int, first: date, last: date
) -> None:
    """Are the windows of Thông tư 06/2025 article 7.1 met to the day?"""
    assert legal_window(period, 2026, number) == Window(first, last)


def test_the_last_legal_window_is_over() -> None:
    """Is the window that ends today still running?"""
    assert last_legal_window(date(2026, 12, 14)).last == date(2026, 9, 14)
    assert last_legal_window(date(2026, 12, 15)).last == date(2026, 12, 14)
    assert last_legal_window(date(2026, 11, 23), LegalPeriod.HALF).last == date(2026, 6, 14)
    assert last_legal_window(date(2026, 1, 3), LegalPeriod.YEAR).last == date(2025, 12, 14)


def test_windows_beside_a_window() -> None:
    """Do months stay months when compared with what came before?"""
    may = month_window(2024, 5)
    assert previous_window(may) == month_window(2024, 4)
    assert year_before(month_window(2024, 2)) == month_window(2023, 2)
    assert previous_window(legal_window(LegalPeriod.QUARTER, 2026, 1)) == legal_window(
        LegalPeriod.QUARTER, 2025, 4
    )
    ten_days = Window(date(2026, 3, 5), date(2026, 3, 14))
    assert previous_window(ten_days) == Window(date(2026, 2, 23), date(2026, 3, 4))
    assert year_before(Window(date(2024, 2, 29), date(2024, 3, 3))).first == date(2023, 2, 28)
    assert last_month(date(2026, 1, 31)) == month_window(2025, 12)


@given(DAYS, DAYS)
def test_months_fill_a_window_without_gap(one: date, other: date) -> None:
    """Do the months of a window lie end to end from its first day to its last?"""
    window = Window(min(one, other), max(one, other))
    parts = months_of(window)
    assert parts[0].first == window.first
    assert parts[-1].last == window.last
    assert sum(part.days for part in parts) == window.days
    start, after = window.whole_months()
    inside = [part for part in parts if part == month_window(part.first.year, part.first.month)]
    assert [part.first for part in inside if start <= part.first < after] == [
        part.first for part in inside
    ]


@given(DAYS, DAYS)
def test_the_window_before_ends_the_day_before(one: date, other: date) -> None:
    """Does the window before touch this one and last as long?"""
    window = Window(min(one, other), max(one, other))
    before = previous_window(window)
    assert (window.first - before.last).days == 1
    if window.months is None:
        assert before.days == window.days
