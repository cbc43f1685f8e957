"""The working calendar as rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.law.days import shipped_days
from citizenfeedback.domain.vocabulary import AuditAction, DayKind, DayOrigin
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.calendar import remove_day, seed_shipped, set_day
from tests.conftest import NOON

pytestmark = pytest.mark.both_databases
DAY = date(2026, 11, 25)


def test_the_shipped_days_fill_an_empty_calendar_only(session: Any, gateways: Gateways) -> None:
    assert seed_shipped() == len(shipped_days())
    remove_day(SYSTEM, date(2026, 9, 2), keys=gateways.keys, now=NOON)
    assert seed_shipped() == 0
    assert work_calendar().is_working(date(2026, 9, 2))


def test_a_day_that_is_set_counts_and_is_traceable(session: Any, gateways: Gateways) -> None:
    assert work_calendar().is_working(DAY)
    day = Day(DAY, DayKind.HOLIDAY, "  Ngày  nghỉ ", "", "QĐ 1")
    set_day(SYSTEM, day, keys=gateways.keys, now=NOON)
    assert not work_calendar().is_working(DAY)
    row = db.session.get(CalendarDay, DAY)
    assert row is not None
    assert (row.name, row.origin) == ("Ngày nghỉ", DayOrigin.SET)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.details) == (
        AuditAction.CALENDAR_CHANGED,
        {"set": "2026-11-25", "kind": "holiday", "moved": 0},
    )


def test_a_day_without_a_name_or_a_right_is_refused(session: Any, gateways: Gateways) -> None:
    with pytest.raises(RuleBroken, match="name_missing"):
        set_day(SYSTEM, Day(DAY, DayKind.HOLIDAY, " "), keys=gateways.keys, now=NOON)
    with pytest.raises(NotFound):
        set_day(NOBODY, Day(DAY, DayKind.HOLIDAY, "x"), keys=gateways.keys, now=NOON)
    with pytest.raises(NotFound):
        remove_day(SYSTEM, DAY, keys=gateways.keys, now=NOON)
