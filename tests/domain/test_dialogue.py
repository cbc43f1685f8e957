"""When a dialogue must be announced, and when the complainant is invited again."""

from __future__ import annotations

from datetime import date

import pytest

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.dialogue import first_day, last_notice, must_be_held_again
from citizenfeedback.domain.vocabulary import Attendance

PLAIN = WorkCalendar()


def test_by_when_must_a_dialogue_be_announced() -> None:
    assert last_notice(date(2026, 11, 25), PLAIN) == date(2026, 11, 20)
    assert last_notice(date(2026, 6, 30), PLAIN) is None


def test_for_which_day_can_a_dialogue_be_announced_today() -> None:
    assert first_day(date(2026, 11, 20), PLAIN) == date(2026, 11, 25)
    assert first_day(date(2026, 3, 2), PLAIN) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("attendance", "on", "again"),
    [
        (Attendance.PRESENT, date(2026, 8, 3), False),
        (Attendance.ABSENT_EXCUSED, date(2026, 8, 3), True),
        (Attendance.ABSENT_UNEXCUSED, date(2026, 6, 30), True),
        (Attendance.ABSENT_UNEXCUSED, date(2026, 7, 1), False),
    ],
)
def test_does_an_absence_hold_up_the_decision(
    attendance: Attendance, on: date, again: bool
) -> None:
    assert must_be_held_again(attendance, on) is again
