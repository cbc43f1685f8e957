"""The working calendar as the office keeps it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import DayKind, DayOrigin
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.queries.calendar import CALENDAR_VERSION, calendar_days, work_calendar
from citizenfeedback.services.transaction import transaction

pytestmark = pytest.mark.both_databases

DAY = date(2026, 11, 24)


def put(version: str | None, *days: date) -> None:
    with transaction() as session:
        session.execute(delete(CalendarDay))
        session.execute(delete(InstallationFact))
        for day in days:
            values = {"date": day, "kind": DayKind.HOLIDAY, "name": "Nghỉ", "origin": DayOrigin.SET}
            session.execute(insert(CalendarDay).values(**values, decreed=True, counts=True))
        if version:
            session.execute(insert(InstallationFact).values(key=CALENDAR_VERSION, value=version))


def test_is_a_change_seen_as_soon_as_the_version_changes(session: Session) -> None:
    put("first")
    assert work_calendar().is_working(DAY)
    put("second", DAY)
    assert not work_calendar().is_working(DAY)
    assert work_calendar() is work_calendar(), "kept while the version stands"


def test_is_nothing_kept_without_a_version(session: Session) -> None:
    put(None)
    assert work_calendar().is_working(DAY)
    put(None, DAY)
    assert not work_calendar().is_working(DAY)


def test_are_the_days_of_one_year_listed_in_order(session: Session) -> None:
    put(None, DAY, date(2026, 1, 1), date(2027, 1, 1))
    assert [day.date for day in calendar_days(2026)] == [date(2026, 1, 1), DAY]
    assert len(calendar_days()) == 3
