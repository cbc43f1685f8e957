"""Does a change of the calendar move what runs, and only that, and say why everywhere?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    Channel,
    ClockEffect,
    ClockKind,
    DayKind,
    EventKind,
    MailKind,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import Case, CaseClock, NoticeContact
from citizenfeedback.models.clocks import ClockEntry
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services.calendar import change_calendar, preview_change
from citizenfeedback.services.recounting import DayChange
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import verify
from tests.conftest import NOON
from tests.services.desk import HOA, Desk, open_desk
from tests.services.test_clocks import settle, turn

pytestmark = pytest.mark.both_databases
ONE = timedelta(days=1)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def holiday(on: date, basis: str = "CV 12/2026") -> list[DayChange]:
    return [DayChange(on, Day(on, DayKind.HOLIDAY, "Ngày nghỉ thêm", "", basis))]


def change(desk: Desk, changes: list[DayChange], token: str | None = None) -> int:
    done = change_calendar(SYSTEM, changes, keys=desk.keys, policy=Policy(), now=NOON, token=token)
    return done.cases


def weekday_inside(desk: Desk, due: date) -> date:
    """A working day between today and a due date."""
    day = desk.today + ONE
    while day.weekday() > 4:
        day += ONE
    assert day <= due
    return day


def test_is_a_change_shown_before_it_is_made(desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION, channel=Channel.POST)
    before = desk.row(case).due_on
    changes = holiday(weekday_inside(desk, before))
    shown = preview_change(SYSTEM, changes, policy=Policy())
    assert [(move.number, move.before) for move in shown.moves] == [(case.number, before)]
    assert shown.moves[0].after > before
    assert desk.row(case).due_on == before
    assert change(desk, changes, shown.token) == 1
    assert desk.row(case).due_on == shown.moves[0].after


def test_is_a_change_refused_that_moves_something_else_by_now(desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION)
    changes = holiday(weekday_inside(desk, desk.row(case).due_on))
    shown = preview_change(SYSTEM, changes, policy=Policy())
    desk.file(CaseKind.PETITION)
    with pytest.raises(RuleBroken, match="preview_outdated"):
        change(desk, changes, shown.token)


def test_does_everything_say_why(desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION, channel=Channel.POST)
    desk.put(case, assignee_id=HOA)
    with transaction() as session:
        session.execute(
            insert(NoticeContact).values(
                case_id=case.id,
                ciphertext=desk.keys.seal("dan@example.vn"),
                token_hash="t",
                asked_at=NOON,
                confirmed_at=NOON,
            )
        )
    before = desk.row(case).due_on
    day = weekday_inside(desk, before)
    change(desk, holiday(day))
    row = desk.row(case)
    assert row.settle_by == row.due_on > before
    event = desk.session.scalars(
        select(CaseEvent).where(CaseEvent.kind == EventKind.TERM_RECOMPUTED)
    ).one()
    assert event.details == {
        "clock": "settlement",
        "before": before.isoformat(),
        "due": row.due_on.isoformat(),
        "days": [day.isoformat()],
        "basis": "CV 12/2026",
    }
    entry = desk.session.scalars(
        select(ClockEntry).where(ClockEntry.effect == ClockEffect.RECOUNT)
    ).one()
    assert (entry.act, entry.document_no) == ("calendar_change", "CV 12/2026")
    clock = desk.session.scalars(
        select(CaseClock).where(CaseClock.clock == ClockKind.SETTLEMENT)
    ).one()
    explained = recall(clock.explanation)
    assert (explained.due, clock.due_on) == (row.due_on, row.due_on)
    assert "Ngày nghỉ thêm" in [step.name for step in explained.steps]
    mails = {mail.kind: mail for mail in desk.session.scalars(select(OutgoingMessage))}
    assert set(mails) == {MailKind.STAFF_TERM_MOVED, MailKind.CITIZEN_NEWS}
    assert mails[MailKind.STAFF_TERM_MOVED].details == {
        "moves": [[case.number, row.due_on.isoformat()]],
        "more": 0,
    }
    assert verify(desk.keys, desk.files).whole


def test_does_what_has_stopped_keep_its_date(desk: Desk) -> None:
    case = desk.file(received_on=desk.today - 20 * ONE)
    start = settle(desk, case)
    due = desk.row(case).settle_by
    turn(desk, case, ClockEffect.STOP, Action.DECIDE, start + 10 * ONE)
    desk.put(case, closed_on=start + 10 * ONE)
    change(desk, holiday(due))
    assert desk.row(case).settle_by == due


def test_is_a_suspended_clock_counted_when_it_goes_on(desk: Desk) -> None:
    case = desk.file(received_on=date(2026, 7, 1))
    settle(desk, case)
    turn(desk, case, ClockEffect.SUSPEND, Action.SUSPEND, date(2026, 7, 11))
    change(desk, [*holiday(date(2026, 8, 31)), *holiday(date(2026, 9, 1))])
    turn(desk, case, ClockEffect.RESUME, Action.LIFT_SUSPENSION, date(2026, 8, 10))
    assert desk.row(case).due_on == date(2026, 9, 2)


def test_is_a_day_that_moves_no_date_still_explained(desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION, received_on=desk.today)
    before = desk.row(case).due_on
    day = weekday_inside(desk, before)
    while day.weekday() != 5:
        day += ONE
    change(desk, holiday(day))
    assert desk.row(case).due_on == before
    kept = desk.session.scalars(
        select(CaseClock.explanation).where(CaseClock.clock == ClockKind.SETTLEMENT)
    ).one()
    assert "Ngày nghỉ thêm" in kept
    assert EventKind.TERM_RECOMPUTED not in desk.events(case)


def test_does_a_day_taken_back_bring_the_old_date_back(desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION)
    before = desk.row(case).due_on
    day = weekday_inside(desk, before)
    change(desk, holiday(day))
    change(desk, [DayChange(day, None)])
    assert desk.row(case).due_on == before
    assert desk.events(case).count("term_recomputed") == 2


def test_are_many_cases_moved_in_a_few_statements(desk: Desk) -> None:
    first = desk.file(CaseKind.PETITION)
    for _ in range(12):
        desk.file(CaseKind.PETITION)
    with transaction() as session:
        session.execute(update(Case).values(assignee_id=HOA))
    due = desk.row(first).due_on
    assert change(desk, holiday(weekday_inside(desk, due))) == 13
    assert len(desk.session.scalars(select(OutgoingMessage.id)).all()) == 1
