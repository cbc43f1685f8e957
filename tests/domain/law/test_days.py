"""Is the shipped calendar the one the offices had?"""

from datetime import date

import pytest

from citizenfeedback.domain.law.days import shipped_calendar, shipped_days

# The weekdays off and the make-up days of each year, as the yearly notices had them.
OFF = {
    2018: "01-01 02-14 02-15 02-16 02-19 02-20 04-25 04-30 05-01 09-03 12-31",
    2019: "01-01 02-04 02-05 02-06 02-07 02-08 04-15 04-29 04-30 05-01 09-02",
    2020: "01-01 01-23 01-24 01-27 01-28 01-29 04-02 04-30 05-01 09-02",
    2021: "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03",
    2022: "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02",
    2023: "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02",
    2027: "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03",
}
MADE_UP = {2019: "01-05 05-04", 2024: "05-04", 2025: "04-26", 2026: "01-10 08-22"}


def _days(year: int) -> list[date]:
    return [
        date.fromordinal(n)
        for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    ]


@pytest.mark.parametrize("year", OFF)
def test_which_days_of_the_year_are_not_ordinary(year: int) -> None:
    calendar = shipped_calendar()
    off = [d for d in _days(year) if d.weekday() < 5 and not calendar.is_working(d)]
    made_up = [d for d in _days(year) if d.weekday() >= 5 and calendar.is_working(d)]
    assert " ".join(f"{d:%m-%d}" for d in off) == OFF[year]
    assert " ".join(f"{d:%m-%d}" for d in made_up) == MADE_UP.get(year, "")


def test_is_every_swapped_day_worked_on_another() -> None:
    swaps = [day for day in shipped_days() if "thay cho" in day.name or "hoán đổi" in day.name]
    assert len(swaps) == len([day for day in shipped_days() if day.kind == "makeup_workday"]) == 6
    for day in swaps:
        worked = date(*reversed([int(part) for part in day.name[-11:-1].split("/")]))
        assert shipped_calendar().makeup(worked) is not None


def test_is_what_nobody_decreed_marked() -> None:
    undecreed = [day for day in shipped_days() if not day.decreed]
    assert {day.date.year for day in undecreed} == {2026, 2027}
    assert [day.date for day in shipped_days() if not day.counts] == [
        date(2026, 11, 24),
        date(2027, 11, 24),
    ]
    assert all(not day.decreed for day in shipped_days() if day.date.year == 2027)


def test_is_24_november_a_working_day_until_a_law_says_otherwise() -> None:
    assert shipped_calendar().is_working(date(2026, 11, 24))
    row = shipped_calendar().entry(date(2026, 11, 24))
    assert row is not None
    assert row.name == "Ngày Văn hóa Việt Nam"


def test_does_each_row_have_a_basis_and_both_names() -> None:
    days = shipped_days()
    assert all(day.basis and day.name and day.name_en for day in days)
    assert len({day.date for day in days}) == len(days)
    assert list(days) == sorted(days, key=lambda day: day.date)
