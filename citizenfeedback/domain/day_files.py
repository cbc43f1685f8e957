"""Files of calendar days as people have them: the columns of the import, or an iCalendar file.

An own reader of iCalendar, since of the whole format only all-day events without repetition can be
days of a calendar: a date, a name, a kind and the notice behind it. What else a file holds is
refused by its line rather than guessed at.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from citizenfeedback.domain.calendar import CalendarDay
from citizenfeedback.domain.records import (
    Heading,
    Problem,
    Record,
    RecordKind,
    read_heading,
    read_row,
)
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import DayKind

MOST_BYTES = 256 * 1024
MOST_DAYS = 400
MOST_NAME = 120
MOST_BASIS = 250
LONGEST_EVENT = 31
_DATE_LENGTH = 8


def read_day_file(name: str, content: bytes) -> tuple[list[CalendarDay], list[Problem]]:
    """The days of a file, or everything wrong with it; `.ics` is iCalendar, all else CSV."""
    if len(content) > MOST_BYTES:
        return [], [Problem(name, 0, "", "file_too_large")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Problem(name, 0, "", "not_utf8")]
    problems: list[Problem] = []
    found = (_ical if name.lower().endswith(".ics") else _csv)(name, text, problems)
    days: list[CalendarDay] = []
    lines: dict[date, int] = {}
    for line, day in found:
        before = lines.setdefault(day.date, line)
        if before != line:
            values = {"row": before, "file": name}
            problems.append(Problem(name, line, "date", "key_twice", values))
        days.append(day)
    if not problems and not days:
        problems.append(Problem(name, 0, "", "empty_file"))
    if len(days) > MOST_DAYS:
        problems.append(Problem(name, 0, "", "too_many_rows", {"most": MOST_DAYS}))
    return ([] if problems else days), sorted(problems, key=lambda problem: problem.row)


def _csv(name: str, text: str, problems: list[Problem]) -> list[tuple[int, CalendarDay]]:
    rows: list[list[str]] = []
    try:
        rows += csv.reader(text.splitlines(keepends=True), strict=True)
    except csv.Error:
        problems.append(Problem(name, len(rows) + 1, "", "malformed_csv"))
        return []
    if not rows:
        return []
    heading = read_heading(RecordKind.CALENDAR, name, rows[0])
    if not isinstance(heading, Heading):
        problems += heading
        return []
    read = [
        read_row(heading, name, row, cells, problems)
        for row, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return [(record.row, _day(record)) for record in read if record is not None]


def _day(record: Record) -> CalendarDay:
    values = record.values
    return CalendarDay(values["date"], DayKind(values["kind"]), values["name"], "", values["basis"])


@dataclass
class _Event:
    """One VEVENT as it is read: the line it begins on, and its properties."""

    line: int
    values: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A property without its escapes; empty if the event has none."""
        value = self.values.get(name, (0, "", ""))[2]
        for mark, meant in (("\\n", " "), ("\\N", " "), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\")):
            value = value.replace(mark, meant)
        return clean(value)


def _ical(name: str, text: str, problems: list[Problem]) -> list[tuple[int, CalendarDay]]:
    found: list[tuple[int, CalendarDay]] = []
    event: _Event | None = None
    depth = 0
    begun = False
    for line, key, parameters, value in _unfolded(text):
        if not key:
            problems.append(Problem(name, line, "", "malformed_ical"))
            return []
        if (key, value.upper()) == ("BEGIN", "VCALENDAR"):
            begun = True
        elif not begun:
            break
        elif (key, value.upper()) == ("BEGIN", "VEVENT"):
            event, depth = _Event(line), 0
        elif event is not None and key in ("BEGIN", "END") and value.upper() != "VEVENT":
            depth += 1 if key == "BEGIN" else -1
        elif event is not None and (key, value.upper()) == ("END", "VEVENT"):
            found += [(event.line, day) for day in _days_of(name, event, problems)]
            event = None
        elif event is not None and depth == 0:
            event.values.setdefault(key, (line, parameters, value))
    if not begun or event is not None:
        problems.append(Problem(name, event.line if event else 1, "", "malformed_ical"))
    return found


def _unfolded(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Lines as they were before folding: number, name, parameters and value; blank name if wrong."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] = (lines[-1][0], lines[-1][1] + line[1:])
        elif line.strip():
            lines.append((number, line))
    for number, line in lines:
        head, colon, value = line.partition(":")
        key, _, parameters = head.partition(";")
        yield number, key.strip().upper() if colon else "", parameters.upper(), value.strip()


def _days_of(name: str, event: _Event, problems: list[Problem]) -> list[CalendarDay]:
    """Every day of an all-day event; its end is the day after the last, as the format has it."""
    found = len(problems)
    begins = _date(name, event, "DTSTART", problems)
    ends = _date(name, event, "DTEND", problems) if "DTEND" in event.values else None
    for repeating in ("RRULE", "RDATE", "DURATION"):
        if repeating in event.values:
            line = event.values[repeating][0]
            problems.append(Problem(name, line, repeating, "ical_repeats"))
    title, basis = event.text("SUMMARY"), event.text("DESCRIPTION")
    if not title:
        problems.append(Problem(name, event.line, "SUMMARY", "required"))
    for column, value, most in (("SUMMARY", title, MOST_NAME), ("DESCRIPTION", basis, MOST_BASIS)):
        if len(value) > most:
            problems.append(Problem(name, event.line, column, "too_long", {"most": most}))
    kind = event.text("CATEGORIES").lower() or DayKind.HOLIDAY
    if kind not in set(DayKind):
        known = ", ".join(DayKind)
        problems.append(Problem(name, event.line, "CATEGORIES", "unknown_value", {"known": known}))
    if begins is not None and ends is not None and not 0 < (ends - begins).days <= LONGEST_EVENT:
        problems.append(
            Problem(name, event.line, "DTEND", "ical_too_long", {"most": LONGEST_EVENT})
        )
    if len(problems) > found or begins is None:
        return []
    length = 1 if ends is None else (ends - begins).days
    return [
        CalendarDay(begins + timedelta(days=n), DayKind(kind), title, "", basis)
        for n in range(length)
    ]


def _date(name: str, event: _Event, key: str, problems: list[Problem]) -> date | None:
    line, parameters, value = event.values.get(key, (event.line, "", ""))
    if not value:
        problems.append(Problem(name, event.line, key, "required"))
        return None
    if len(value) > _DATE_LENGTH or "VALUE=DATE-TIME" in parameters:
        problems.append(Problem(name, line, key, "ical_not_all_day"))
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        problems.append(Problem(name, line, key, "ical_bad_date"))
        return None
    if not 1900 <= found.year <= 2200:
        problems.append(Problem(name, line, key, "ical_bad_date"))
        return None
    return found
