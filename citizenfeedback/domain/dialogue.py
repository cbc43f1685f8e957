"""The dialogue with a complainant: when it must be announced, and when one must be held again.

Notice goes out at least five days before (KN-19, Nghị định 155/2026 art. 11). Since 2026-07-01
somebody who stays away without good reason holds up nothing (Luật Khiếu nại art. 30.6).
"""

from datetime import date, timedelta

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.law.regimes import START_OF_LAW_136
from citizenfeedback.domain.law.terms import rows_of
from citizenfeedback.domain.vocabulary import Attendance

NOTICE = "KN-19"


def last_notice(day: date, calendar: WorkCalendar) -> date | None:
    """The last day on which a dialogue of this day may still be announced; None without a rule."""
    if not any(row.holds_on(day) for row in rows_of(NOTICE)):
        return None
    return deadline(NOTICE, day, calendar).due


def first_day(today: date, calendar: WorkCalendar) -> date:
    """The first day for which a dialogue can be announced today."""
    day = today
    while (last := last_notice(day, calendar)) is not None and last < today:
        day += timedelta(days=1)
    return day


def must_be_held_again(attendance: Attendance, on: date) -> bool:
    """Whether the complainant must be invited once more before a decision of this day."""
    if attendance is Attendance.PRESENT:
        return False
    if attendance is Attendance.ABSENT_EXCUSED:
        return True
    return on < START_OF_LAW_136
