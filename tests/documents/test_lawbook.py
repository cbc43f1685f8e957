"""Does every term have words in both languages, and does the printed table hold them all?"""

from collections.abc import Iterator

import pytest

from citizenfeedback.documents.catalogue import LANGUAGES, entries
from citizenfeedback.documents.lawbook import (
    EVENT_LABELS,
    TERM_LABELS,
    days_label,
    deadlines_markdown,
    event_label,
    term_label,
)
from citizenfeedback.domain.deadlines import OFFICE_STANDARD
from citizenfeedback.domain.law.terms import CountsFrom, DayUnit, codes, terms


def test_has_each_rule_words_in_both_languages() -> None:
    for code in (*codes(), OFFICE_STANDARD):
        assert term_label(code) != term_label(code, "en"), code
    assert set(TERM_LABELS) == {row.code for row in terms()} | {OFFICE_STANDARD}


def test_has_each_event_words_in_both_languages() -> None:
    assert set(EVENT_LABELS) == set(CountsFrom)
    for event in CountsFrom:
        assert event_label(event) != event_label(event, "en")


@pytest.mark.parametrize(
    ("days", "unit", "vi", "en"),
    [
        (30, "calendar", "30 ngày", "30 days"),
        (1, "calendar", "1 ngày", "1 day"),
        (7, "working", "7 ngày làm việc", "7 working days"),
        (1, "working", "1 ngày làm việc", "1 working day"),
    ],
)
def test_how_is_a_number_of_days_said(days: int, unit: str, vi: str, en: str) -> None:
    assert days_label(days, DayUnit(unit)) == vi
    assert days_label(days, DayUnit(unit), "en") == en


def test_does_the_printed_table_hold_every_row_and_every_open_day() -> None:
    text = deadlines_markdown()
    for row in terms():
        assert f"| {row.code} |" in text
    assert (
        "| KN-09 | Making a second complaint (Nộp đơn khiếu nại lần hai) | 30 days; 45 in a" in text
    )
    assert "| at least 5 working days before |" in text
    assert "| 24/11/2026 |" in text
    assert "no, until a law says so" in text
    assert text.endswith("|\n")
    assert all(len(set(map(len, rows))) == 1 for rows in _tables(text))


def _tables(text: str) -> Iterator[list[list[str]]]:
    table: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("|"):
            table.append(line.split(" | ") if " | " in line else line.split("---|"))
        elif table:
            yield [row for row in table if "---" not in row[0]]
            table = []


def test_is_the_catalogue_of_the_law_complete() -> None:
    law = [entry for entry in entries("en") if entry.area == "law"]
    assert law
    assert all(all(entry.forms) and not entry.fuzzy for entry in law)
    assert set(LANGUAGES) == {"vi", "en"}
