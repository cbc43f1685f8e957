"""Who is reminded, when, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    Channel,
    DataOutcome,
    DataPart,
    DataWish,
    MailKind,
    Role,
)
from citizenfeedback.domain.workflow import DATA_REQUEST
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.calendar import seed_shipped
from citizenfeedback.services.escalating import remind_staff
from citizenfeedback.services.registering import NewCase, register
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_unit, make_user

pytestmark = pytest.mark.both_databases
FRIDAY = date(2026, 12, 4)


class Office:
    """A department below the province, with a handler and leaders, and one case due on a Friday."""

    def __init__(self, gateways: Gateways) -> None:
        self.gateways = gateways
        seed_shipped()
        self.root = make_unit(gateways, "QN")
        self.land = make_unit(gateways, "LAND", self.root)
        self.hoa = make_user(gateways, self.land, Role.HANDLER)
        self.leader = make_user(gateways, self.land, Role.UNIT_LEADER, email="lanhdao@qn.vn")
        self.chief = make_user(gateways, self.root, Role.UNIT_LEADER, email="chutich@qn.vn")
        self.watch = make_user(gateways, self.root, Role.SUPERVISOR, email="giamsat@qn.vn")

    def case(self, kind: CaseKind = CaseKind.PETITION, **columns: Any) -> int:
        calendar = work_calendar()
        with transaction() as session:
            new = NewCase(
                kind=kind,
                field=CaseField.LAND,
                channel=Channel.POST,
                unit_id=self.land,
                received_on=NOON.date(),
                formal=True,
            )
            made = register(session, self.gateways.keys, calendar, Policy(), SYSTEM, new, now=NOON)
            values = {"due_on": FRIDAY, "assignee_id": self.hoa, "unit_id": self.land} | columns
            session.execute(update(Case).where(Case.id == made.id).values(**values))
        return made.id

    def remind(self, day: date) -> int:
        now = datetime.combine(day, NOON.time(), UTC)
        return remind_staff(keys=self.gateways.keys, today=day, now=now)

    def queued(self) -> list[tuple[MailKind, int]]:
        rows = db.session.execute(
            select(OutgoingMessage.kind, OutgoingMessage.user_id)
            .where(OutgoingMessage.kind.in_(["staff_due_soon", "staff_due_today", "staff_overdue"]))
            .order_by(OutgoingMessage.id)
        )
        return [(row.kind, row.user_id) for row in rows]


def ask_about_data(case_id: int) -> None:
    """The sender asks on Wednesday; the answer is due on Friday."""
    with transaction() as session:
        session.execute(
            insert(DataRequest).values(
                case_id=case_id,
                wish=DataWish.ERASURE,
                part=DataPart.ID_NO,
                asked_on=date(2026, 12, 2),
                due_on=FRIDAY,
            )
        )


@pytest.fixture
def office(session: Any, gateways: Gateways) -> Office:
    """The office."""
    return Office(gateways)


def test_reminders_come_before_on_and_after_the_day_and_once_each(office: Office) -> None:
    office.case()
    day = date(2026, 11, 30)
    while day <= date(2026, 12, 20):
        office.remind(day)
        office.remind(day)
        day += timedelta(days=1)
    soon, today, late = MailKind.STAFF_DUE_SOON, MailKind.STAFF_DUE_TODAY, MailKind.STAFF_OVERDUE
    assert office.queued() == [
        (soon, office.hoa),
        (today, office.hoa),
        (today, office.leader),
        (late, office.hoa),
        (late, office.leader),
        (late, office.hoa),
        (late, office.leader),
        (late, office.watch),
    ]


def test_nothing_is_said_four_working_days_before(office: Office) -> None:
    office.case()
    assert office.remind(date(2026, 11, 30)) == 0
    assert office.remind(date(2026, 12, 1)) == 1


def test_leaders_are_told_where_nobody_has_the_case(office: Office) -> None:
    office.case(assignee_id=None)
    office.remind(date(2026, 12, 1))
    assert office.queued() == [(MailKind.STAFF_DUE_SOON, office.leader)]


def test_leaders_above_are_told_where_the_unit_has_none(office: Office) -> None:
    office.case(assignee_id=None, unit_id=make_unit(office.gateways, "NEW", office.root))
    office.remind(date(2026, 12, 1))
    assert office.queued() == [(MailKind.STAFF_DUE_SOON, office.chief)]


def test_nobody_behind_the_wall_of_a_denunciation_is_told(office: Office) -> None:
    office.case(CaseKind.DENUNCIATION, assignee_id=None, respondent_user_id=office.leader)
    office.remind(date(2026, 12, 1))
    assert office.queued() == [(MailKind.STAFF_DUE_SOON, office.chief)]


def test_closed_cases_and_imported_ones_nobody_has_are_left_alone(office: Office) -> None:
    office.case(is_open=False)
    office.case(imported=True, assignee_id=None)
    assert office.remind(date(2026, 12, 8)) == 0
    office.case(imported=True)
    assert office.remind(date(2026, 12, 8)) > 0


def test_a_mail_says_number_and_day(office: Office) -> None:
    case_id = office.case()
    office.remind(date(2026, 12, 1))
    details = db.session.scalars(select(OutgoingMessage.details)).all()[-1]
    number = db.session.scalar(select(Case.number).where(Case.id == case_id))
    assert details == {"number": number, "due": "2026-12-04"}


def test_is_an_unprocessed_submission_raised_a_step_higher_each_time(office: Office) -> None:
    office.case(received_on=NOON.date(), due_on=date(9999, 12, 31))
    told = select(OutgoingMessage.user_id).where(OutgoingMessage.kind == MailKind.STAFF_UNPROCESSED)
    raised = []
    for days in (29, 30, 31, 40, 45, 46, 60):
        before = len(db.session.scalars(told).all())
        office.remind(NOON.date() + timedelta(days=days))
        raised.append(len(db.session.scalars(told).all()) - before)
    assert raised == [0, 1, 0, 2, 0, 3, 0]
    assert set(db.session.scalars(told)) == {office.hoa, office.leader, office.watch}


def test_a_request_about_data_is_said_until_it_is_answered(office: Office) -> None:
    """The case has ended and is nobody's: its leader hears of it every working day."""
    case_id = office.case(is_open=False, assignee_id=None, due_rule=DATA_REQUEST)
    ask_about_data(case_id)
    told = []
    for days in range(12):
        before = len(office.queued())
        for _ in range(2):
            office.remind(date(2026, 12, 2) + timedelta(days=days))
        told.append(len(office.queued()) - before)
    wed, thu, fri, weekend, five = 1, 0, 1, [0, 0], [1, 1, 1, 1, 2]
    assert told == [wed, thu, fri, *weekend, *five, *weekend]
    assert {user for _, user in office.queued()} == {office.leader, office.watch}
    with transaction() as session:
        session.execute(update(DataRequest).values(outcome=DataOutcome.DONE))
    assert office.remind(date(2026, 12, 14)) == 0


def test_a_request_about_data_of_an_open_case_is_said_once_a_day(office: Office) -> None:
    case_id = office.case(due_rule=DATA_REQUEST)
    ask_about_data(case_id)
    assert office.remind(FRIDAY) == 2, "the handler and the leader, not twice for one term"
