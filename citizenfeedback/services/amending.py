"""Shared steps of putting kept rows right: the reason, what stood there before, what is closed.

The reception book, the leaders' days and the register of state management are corrected alike: the
row says what is right, the row of history what stood there, who changed it and why.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.intake import Problem
from citizenfeedback.domain.receptions import REASON_MOST
from citizenfeedback.domain.text import clean
from citizenfeedback.models.reporting import FrozenReport
from citizenfeedback.services.receiving import Incomplete


def reason_of(reason: str, found: tuple[Problem, ...] = ()) -> str:
    """The reason of a correction; raises `Incomplete` without one, or with what else was found."""
    told = clean(reason)
    if not told:
        found = (*found, Problem("reason", "reason_required"))
    elif len(told) > REASON_MOST:
        found = (*found, Problem("reason", "too_long", REASON_MOST))
    if found:
        raise Incomplete(found)
    return told


def plain(value: Any) -> Any:
    """A value of a column as a history row keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def closed_reports(session: Session, on: date) -> int:
    """How many closed reports have the day in their window; a correction is not blocked by that."""
    number = session.scalar(
        select(func.count())
        .select_from(FrozenReport)
        .where(FrozenReport.starts_on <= on, FrozenReport.ends_on >= on)
    )
    return int(number or 0)
