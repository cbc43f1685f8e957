"""The superior reminds a unit below of what lies late, and the unit reports back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import Action, CaseKind, MailKind, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CaseClock
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.procedures import Reminder
from citizenfeedback.services.verifying import verify
from tests.services.desk import BUILDING, CHIEF, DUC, HOA, PROVINCE, Desk, open_desk
from tests.services.test_handling import refused

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def told(desk: Desk, kind: MailKind) -> set[int | None]:
    """Whom a kind of mail went to."""
    found = select(OutgoingMessage.user_id).where(OutgoingMessage.kind == kind)
    return set(desk.session.scalars(found))


def test_does_a_reminder_reach_the_unit_below_and_come_back(desk: Desk) -> None:
    case = desk.file(received_on=desk.today - timedelta(days=40))
    desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
    refused("not_granted", lambda: desk.act(DUC, case, Action.REMIND, text="x"))
    desk.act(CHIEF, case, Action.REMIND, text="Giải quyết ngay", document_no="88/UBND")
    reminder = desk.session.execute(select(Reminder)).scalar_one()
    assert (reminder.from_unit_id, reminder.to_unit_id) == (PROVINCE, BUILDING)
    assert reminder.report_by > desk.today
    assert told(desk, MailKind.STAFF_REMINDED) == {DUC, HOA}
    mail = desk.session.execute(
        select(OutgoingMessage.details).where(OutgoingMessage.kind == MailKind.STAFF_REMINDED)
    ).scalars()
    assert {frozenset(details) for details in mail} == {frozenset({"number", "due"})}
    desk.act(HOA, case, Action.REPORT_BACK, text="Đang chờ hồ sơ đất")
    desk.session.expire_all()
    assert desk.session.scalar(select(Reminder.answered_on)) == desk.today
    assert told(desk, MailKind.STAFF_NEWS) == {CHIEF}
    refused("nothing_to_report", lambda: desk.act(HOA, case, Action.REPORT_BACK, text="x"))


def test_is_nobody_reminded_of_what_is_in_time(desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION, received_on=desk.today)
    refused("not_late_yet", lambda: desk.act(CHIEF, case, Action.REMIND, text="x"))


def test_is_the_reminder_what_a_denouncer_turned_to_the_superior_for(desk: Desk) -> None:
    first = desk.file(CaseKind.DENUNCIATION)
    desk.put(
        first,
        state=State.VERIFYING,
        accepted_on=desk.today - timedelta(days=40),
        due_on=desk.today - timedelta(days=10),
        settle_by=desk.today - timedelta(days=10),
    )
    other = desk.file(CaseKind.DENUNCIATION)
    desk.put(other, state=State.VERIFYING, accepted_on=desk.today, settle_by=desk.today)
    refused(
        "first_not_decided",
        lambda: desk.act(DUC, other, Action.CONTINUE, on=desk.today, reason="x"),
    )
    second = desk.act(DUC, first, Action.CONTINUE, on=desk.today, reason="Quá hạn, chưa kết luận")
    row = desk.row(second)
    assert (row.unit_id, row.instance, row.unanswered) == (PROVINCE, 2, True)
    assert (row.due_rule, row.due_on) == ("TC-15", desk.today + timedelta(days=7))
    assert row.respondent == ""
    assert desk.row(first).state is State.VERIFYING
    desk.act(CHIEF, first, Action.REMIND, text="Báo cáo lý do chậm", document_no="9/UBND")
    assert desk.events(second)[-1] == "report_demanded"
    clock = desk.session.execute(
        select(CaseClock).where(CaseClock.case_id == second.id, CaseClock.clock == "demand")
    ).scalar_one()
    assert clock.stopped_on == desk.today
    desk.act(HOA if desk.row(first).assignee_id else DUC, first, Action.REPORT_BACK, text="Chờ")
    desk.act(CHIEF, second, Action.ATTACH, case_number=first.number)
    assert desk.row(second).duplicate_of_id == first.id
    assert verify(desk.keys, desk.files).whole


def test_may_the_superior_settle_it_instead(desk: Desk) -> None:
    first = desk.file(CaseKind.DENUNCIATION)
    late = desk.today - timedelta(days=1)
    desk.put(first, state=State.ACCEPTED, accepted_on=late, due_on=late, settle_by=late)
    second = desk.act(DUC, first, Action.CONTINUE, on=desk.today, reason="Không khách quan")
    desk.act(CHIEF, second, Action.EXAMINE, eligible=True, competent=True)
    desk.act(CHIEF, second, Action.ACCEPT, on=desk.today, document_no="3/QĐ-UBND")
    running = desk.session.scalars(
        select(CaseClock.rule).where(CaseClock.case_id == second.id, CaseClock.stopped_on.is_(None))
    ).all()
    assert "TC-06" in running
    assert "TC-15" not in running


def test_has_a_denunciation_the_five_days_of_the_law(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, received_on=desk.today - timedelta(days=50))
    desk.act(CHIEF, case, Action.REMIND, text="Báo cáo")
    assert desk.session.scalar(select(Reminder.report_by)) == desk.today + timedelta(days=7)
