"""Who is reminded of a term, and on which day."""

from datetime import date

import pytest

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.escalation import (
    LADDER,
    age_step,
    data_step,
    day_of,
    may_be_reminded,
    steps_due,
    unanswered_in_time,
)
from citizenfeedback.domain.vocabulary import CaseKind, MailKind, Role, State

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
    assert age_step(received, date(2026, 1, 30), (30, 40, 45)) is None
    assert age_step(received, date(2026, 1, 31), (30, 40, 45)) == 0
    assert age_step(received, date(2026, 2, 15), (30, 40, 45)) == 1
    assert age_step(received, date(2026, 2, 16), (30, 40, 45)) == 2


@pytest.mark.parametrize(
    ("due_on", "received_on", "processed_on", "late"),
    [
        (date(2026, 8, 3), date(2026, 8, 1), date(2026, 8, 2), True),
        (date(2026, 8, 4), date(2026, 8, 1), date(2026, 8, 2), False),
        (None, date(2026, 6, 19), None, True),
        (None, date(2026, 6, 20), None, False),
        (None, date(2026, 6, 19), date(2026, 7, 1), False),
    ],
)
def test_when_must_a_superior_remind(
    due_on: date | None, received_on: date, processed_on: date | None, late: bool
) -> None:
    told = may_be_reminded(
        due_on=due_on,
        received_on=received_on,
        processed_on=processed_on,
        today=date(2026, 8, 4),
        red_line=45,
    )
    assert told is late


@pytest.mark.parametrize(
    ("kind", "state", "settle_by", "on", "unanswered"),
    [
        (CaseKind.COMPLAINT, State.VERIFYING, date(2026, 8, 3), date(2026, 8, 4), True),
        (CaseKind.COMPLAINT, State.VERIFYING, date(2026, 8, 3), date(2026, 8, 3), False),
        (CaseKind.COMPLAINT, State.SUSPENDED, date(2026, 8, 3), date(2026, 8, 4), False),
        (CaseKind.COMPLAINT, State.VERIFYING, None, date(2026, 8, 4), False),
        (CaseKind.COMPLAINT, State.VERIFYING, date(2026, 6, 1), date(2026, 6, 30), False),
        (CaseKind.DENUNCIATION, State.VERIFYING, date(2026, 8, 3), date(2026, 8, 4), True),
        (CaseKind.DENUNCIATION, State.VERIFYING, date(2026, 8, 3), date(2026, 8, 3), False),
        (CaseKind.DENUNCIATION, State.VERIFYING, date(2020, 6, 1), date(2020, 6, 2), True),
        (CaseKind.DENUNCIATION, State.SUSPENDED, date(2026, 8, 3), date(2026, 8, 4), False),
        (CaseKind.DENUNCIATION, State.EXAMINING, None, date(2026, 8, 4), False),
        (CaseKind.PETITION, State.VERIFYING, date(2026, 8, 3), date(2026, 8, 4), False),
    ],
)
def test_what_unsettled_may_be_taken_to_the_superior(
    kind: CaseKind, state: State, settle_by: date | None, on: date, unanswered: bool
) -> None:
    assert unanswered_in_time(kind, state, settle_by, on) is unanswered


def test_a_request_about_data_is_said_again_every_working_day() -> None:
    said = {}
    for day in range(1, 16):
        found = data_step(DUE, date(2026, 12, day), CALENDAR)
        if found is not None:
            step, key = found
            said.setdefault(key, (date(2026, 12, day), step))
    days = [day.day for day, _ in said.values()]
    assert days == [1, 4, 7, 8, 9, 10, 11, 14, 15], "from the day after on, weekends apart"
    assert [step.mail for _, step in said.values()][:2] == [
        MailKind.STAFF_DUE_SOON,
        MailKind.STAFF_DUE_TODAY,
    ]
    assert {day.day for day, step in said.values() if Role.SUPERVISOR in step.roles} == {11, 14, 15}
    assert data_step(DUE, date(2026, 11, 30), CALENDAR) is None
