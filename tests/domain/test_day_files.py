"""Are the days of a file read as they stand, and is everything else refused by its line?"""

from __future__ import annotations

from datetime import date

import pytest

from citizenfeedback.domain.calendar import CalendarDay
from citizenfeedback.domain.day_files import MOST_BYTES, read_day_file
from citizenfeedback.domain.vocabulary import DayKind

HEAD = "date,kind,name,basis\n"


def event(*lines: str) -> bytes:
    told = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join([*told, ""]).encode()


def codes(name: str, content: bytes) -> list[tuple[int, str]]:
    days, problems = read_day_file(name, content)
    assert not days
    return [(problem.row, problem.code) for problem in problems]


def test_are_the_columns_of_the_import_read() -> None:
    content = (
        f"\ufeff{HEAD}2026-11-24,holiday,Ngày Văn hóa,Luật 1\n\n2026-11-28,makeup_workday,Bù,\n"
    )
    days, problems = read_day_file("ngay.csv", content.encode())
    assert not problems
    assert days == [
        CalendarDay(date(2026, 11, 24), DayKind.HOLIDAY, "Ngày Văn hóa", "", "Luật 1"),
        CalendarDay(date(2026, 11, 28), DayKind.MAKEUP_WORKDAY, "Bù"),
    ]


def test_is_an_event_every_day_it_lasts() -> None:
    content = event(
        "DTSTART;VALUE=DATE:20260901",
        "DTEND;VALUE=DATE:20260903",
        "SUMMARY:Quốc khánh\\, nghỉ",
        "  hai ngày",
        "DESCRIPTION:Công văn 1",
        "CATEGORIES:HOLIDAY",
        "BEGIN:VALARM",
        "SUMMARY:Nhắc",
        "END:VALARM",
    )
    days, problems = read_day_file("lich.ICS", content)
    assert not problems
    assert [(day.date, day.name, day.basis) for day in days] == [
        (date(2026, 9, 1), "Quốc khánh, nghỉ hai ngày", "Công văn 1"),
        (date(2026, 9, 2), "Quốc khánh, nghỉ hai ngày", "Công văn 1"),
    ]


def test_is_an_event_of_one_day_read_with_its_kind() -> None:
    content = event("DTSTART:20260822", "SUMMARY:Làm bù", "CATEGORIES:makeup_workday")
    days, _ = read_day_file("x.ics", content)
    assert [(day.date, day.kind) for day in days] == [(date(2026, 8, 22), DayKind.MAKEUP_WORKDAY)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("SUMMARY:x",), [(3, "required")]),
        (("DTSTART:20260901",), [(3, "required")]),
        (("DTSTART:20260901T080000Z", "SUMMARY:x"), [(4, "ical_not_all_day")]),
        (("DTSTART;VALUE=DATE-TIME:20260901", "SUMMARY:x"), [(4, "ical_not_all_day")]),
        (("DTSTART:20261301", "SUMMARY:x"), [(4, "ical_bad_date")]),
        (("DTSTART:18000101", "SUMMARY:x"), [(4, "ical_bad_date")]),
        (("DTSTART:20260901", "SUMMARY:x", "RRULE:FREQ=YEARLY"), [(6, "ical_repeats")]),
        (("DTSTART:20260901", "DTEND:20270901", "SUMMARY:x"), [(3, "ical_too_long")]),
        (("DTSTART:20260901", "DTEND:20260901", "SUMMARY:x"), [(3, "ical_too_long")]),
        (("DTSTART:20260901", "SUMMARY:x", "CATEGORIES:king"), [(3, "unknown_value")]),
        (("DTSTART:20260901", f"SUMMARY:{'x' * 121}"), [(3, "too_long")]),
        (("DTSTART:20260901", "SUMMARY:x", "no colon"), [(6, "malformed_ical")]),
    ],
)
def test_is_what_is_no_day_refused_by_its_line(
    lines: tuple[str, ...], found: list[tuple[int, str]]
) -> None:
    assert codes("x.ics", event(*lines)) == found


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("x.ics", b"nothing:of this", [(1, "malformed_ical")]),
        ("x.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", [(2, "malformed_ical")]),
        ("x.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", [(0, "empty_file")]),
        ("x.csv", b"", [(0, "empty_file")]),
        ("x.csv", HEAD.encode(), [(0, "empty_file")]),
        ("x.csv", b"\xff\xfe", [(0, "not_utf8")]),
        ("x.csv", b"x" * (MOST_BYTES + 1), [(0, "file_too_large")]),
        ("x.csv", f'{HEAD}"open'.encode(), [(2, "malformed_csv")]),
        ("x.csv", b"date,kind,name\n", [(1, "missing_column")]),
    ],
)
def test_is_a_file_that_cannot_be_read_refused(
    name: str, content: bytes, found: list[tuple[int, str]]
) -> None:
    assert codes(name, content) == found


def test_is_a_day_given_twice_or_too_many_of_them_refused() -> None:
    twice = f"{HEAD}2026-11-24,holiday,x,\n2026-11-24,holiday,y,\n"
    assert codes("x.csv", twice.encode()) == [(3, "key_twice")]
    many = HEAD + "".join(
        f"{date.fromordinal(date(2026, 1, 1).toordinal() + n)},holiday,x,\n" for n in range(401)
    )
    assert codes("x.csv", many.encode()) == [(0, "too_many_rows")]
