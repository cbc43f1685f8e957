"""Does the calendar count working days as a person with a wall calendar would?"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citizenfeedback.domain.calendar import WEEKEND, CalendarDay, DayOff, WorkCalendar
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.vocabulary import DayKind

ONE = timedelta(days=1)
DAYS = st.dates(date(2025, 11, 1), date(2026, 6, 30))
ROWS = st.lists(
    st.builds(CalendarDay, DAYS, st.sampled_from(DayKind), st.just("x"), counts=st.booleans()),
    max_size=60,
)


def _walk(calendar: WorkCalendar, day: date, number: int) -> date:
    stride = ONE if number > 0 else -ONE
    for _ in range(abs(number)):
        day += stride
        while not calendar.is_working(day):
            day += stride
    return day


@settings(max_examples=150)
@given(ROWS, DAYS, st.integers(-80, 80))
def test_does_arithmetic_agree_with_walking(
    rows: list[CalendarDay], day: date, number: int
) -> None:
    calendar = WorkCalendar(tuple(rows))
    found = calendar.add_working(day, number)
    assert found == _walk(calendar, day, number)
    assert calendar.roll_forward(day) == _walk(calendar, day - ONE, 1)
    assert calendar.roll_backward(day) == _walk(calendar, day + ONE, -1)
    if number > 0:
        assert calendar.working_days_between(day, found) == number


def test_is_a_date_without_a_row_an_ordinary_day() -> None:
    calendar = WorkCalendar()
    assert calendar.is_working(date(2040, 3, 2))
    assert not calendar.is_working(date(2040, 3, 3))
    assert calendar.day_off(date(2040, 3, 3)) == WEEKEND
    assert calendar.day_off(date(2040, 3, 2)) is None
    assert calendar.makeup(date(2040, 3, 3)) is None
    assert calendar.entry(date(2040, 3, 2)) is None


def test_does_a_swap_move_work_from_monday_to_saturday() -> None:
    calendar = shipped_calendar()
    swap = ("compensatory_off", "Ngày nghỉ (thay cho ngày 22/08/2026)")
    off, made_up = calendar.day_off(date(2026, 8, 31)), calendar.makeup(date(2026, 8, 22))
    assert off is not None
    assert made_up is not None
    assert (off.why, off.name) == swap
    assert made_up.name == "Ngày làm bù"
    assert calendar.makeup(date(2026, 8, 24)) is None
    assert calendar.add_working(date(2026, 8, 21), 1) == date(2026, 8, 22)


def test_does_a_new_row_replace_the_old_one_of_its_date() -> None:
    day = date(2026, 11, 24)
    decreed = CalendarDay(day, DayKind.HOLIDAY, "Ngày Văn hóa Việt Nam")
    calendar = shipped_calendar().with_days([decreed])
    assert not calendar.is_working(day)
    assert calendar.entry(day) == decreed
    assert len(calendar.days) == len(shipped_calendar().days)
    assert shipped_calendar().is_working(day)


def test_does_a_row_that_does_not_count_change_nothing() -> None:
    saturday = date(2026, 11, 28)
    rows = (
        CalendarDay(date(2026, 11, 24), DayKind.HOLIDAY, "a", counts=False),
        CalendarDay(saturday, DayKind.MAKEUP_WORKDAY, "b", counts=False),
    )
    calendar = WorkCalendar(rows)
    assert calendar.add_working(date(2026, 11, 23), 5) == date(2026, 11, 30)
    assert calendar.day_off(saturday) == WEEKEND


def test_can_a_calendar_be_made_from_plain_rows() -> None:
    calendar = WorkCalendar.from_rows([(date(2026, 1, 1), "holiday", "Tết Dương lịch")])
    assert calendar.day_off(date(2026, 1, 1)) == DayOff("holiday", "Tết Dương lịch")
    assert calendar == WorkCalendar.from_rows([(date(2026, 1, 1), "holiday", "Tết Dương lịch")])


def test_are_dates_beyond_the_calendar_refused() -> None:
    calendar = WorkCalendar()
    for day, number in ((date.max, 1), (date(9999, 12, 1), 100), (date.min, -1)):
        with pytest.raises(RuleBroken) as refusal:
            calendar.add_working(day, number)
        assert refusal.value.code == "date_out_of_range"
    assert calendar.add_working(date(1, 1, 2), -1) == date.min
    assert calendar.add_working(date(9999, 12, 30), 1) == date.max
