"""Who is reminded of a term, and on which day."""

from datetime import date

import pytest

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.escalation import LADDER, age_step, day_of, steps_due
from citizenfeedback.domain.vocabulary import MailKind

CALENDAR = WorkCalendar()
DUE = date(2026, 12, 4)  # a Friday


def test_on_which_days_do_the_steps_fall() -> None:
    days = [day_of(step, DUE, CALENDAR) for step in LADDER]
    assert days == [date(2026, 12, 1), DUE, date(2026, 12, 7), date(2026, 12, 11)]
    assert len({step.occasion for step in LADDER}) == len(LADDER)


@pytest.mark.parametrize(
    ("today", "mails"),
    [
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), [MailKind.STAFF_DUE_SOON]),
        (date(2026, 12, 4), [MailKind.STAFF_DUE_TODAY]),
        (date(2026, 12, 6), [MailKind.STAFF_DUE_TODAY]),
        (date(2026, 12, 30), [MailKind.STAFF_OVERDUE]),
    ],
)
def test_is_only_the_latest_step_told(today: date, mails: list[MailKind]) -> None:
    assert [step.mail for step in steps_due(DUE, today, CALENDAR)] == mails


def test_when_is_an_old_submission_raised() -> None:
    received = date(2026, 1, 1)
    assert age_step(received, date(2026, 1, 30)) is None
    assert age_step(received, date(2026, 1, 31)) == 30
    assert age_step(received, date(2026, 2, 15)) == 45
