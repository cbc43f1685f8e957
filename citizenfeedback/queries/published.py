"""The months that citizens see: closed ones as they were closed, others as they were counted ahead.

Nothing here counts: a page of citizens reads a few rows, however many records there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.domain.windows import Window, month_window
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.reporting import FrozenReport, MonthSummary
from citizenfeedback.queries.closed import MONTHLY

MONTHS = 12
# Windows of other lengths may be closed among them.
_CLOSED_READ = 3 * MONTHS


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    """A month's figures, as `report monthly` prints them, and when they were counted.

    `apart` is how many rows were left out because of doubt, by what they are; months closed when
    nothing was left out know of none.
    """

    window: Window
    counted_at: datetime
    closed: bool
    figures: Mapping[str, Mapping[str, Any]]
    apart: Mapping[str, int]


def published_months(limit: int = MONTHS) -> tuple[PublishedMonth, ...]:
    """The newest months of the whole province, the newest first; a closed one stands for good."""
    months = {one.window.first: one for one in _counted(limit)}
    months |= {one.window.first: one for one in _closed(limit)}
    newest = sorted(months.values(), key=lambda one: one.window.first, reverse=True)
    return tuple(newest[:limit])


def _counted(limit: int) -> list[PublishedMonth]:
    rows = db.session.execute(
        select(MonthSummary.starts_on, MonthSummary.counted_at, MonthSummary.document)
        .order_by(MonthSummary.starts_on.desc())
        .limit(limit)
    )
    return [
        PublishedMonth(
            month_window(row.starts_on.year, row.starts_on.month),
            row.counted_at,
            False,
            row.document["figures"],
            row.document.get("apart", {}),
        )
        for row in rows
    ]


def _closed(limit: int) -> list[PublishedMonth]:
    top = (
        select(Unit.id)
        .where(Unit.parent_id.is_(None))
        .order_by(case((Unit.level == UnitLevel.PROVINCE, 0), else_=1), Unit.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            FrozenReport.starts_on,
            FrozenReport.ends_on,
            FrozenReport.frozen_at,
            FrozenReport.document,
        )
        .where(FrozenReport.name == MONTHLY, FrozenReport.unit_id == top)
        .order_by(FrozenReport.ends_on.desc(), FrozenReport.id.desc())
        .limit(min(_CLOSED_READ, 3 * limit))
    )
    windows = ((Window(row.starts_on, row.ends_on), row) for row in rows)
    return [
        PublishedMonth(
            window, row.frozen_at, True, row.document["figures"], row.document.get("apart", {})
        )
        for window, row in windows
        if window == month_window(window.first.year, window.first.month)
    ]
