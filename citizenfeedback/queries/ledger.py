"""The ledger of the clocks of one case, as its page shows it: each act with day, person and paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from citizenfeedback.domain.clocks import ClockEntry as Entry
from citizenfeedback.domain.clocks import newest_run, read_clock
from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.explanations import Explanation, Roll
from citizenfeedback.domain.vocabulary import ClockEffect, ClockKind
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import CaseClock
from citizenfeedback.models.clocks import ClockEntry
from citizenfeedback.queries.calendar import work_calendar

PROMISED = frozenset({ClockKind.ACCEPTANCE, ClockKind.SETTLEMENT})
"""The clocks whose date a receipt promises to whoever filed."""


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One term of the case: until when it runs or ran, and how that was counted."""

    clock: ClockKind
    due_on: date
    stopped_on: date | None
    suspended_on: date | None
    explanation: Explanation

    @property
    def runs(self) -> bool:
        """Whether the term is being counted: neither stopped nor suspended."""
        return self.stopped_on is None and self.suspended_on is None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One act on one clock. `by` is blank for what the office's system or an import wrote."""

    clock: ClockKind
    effect: ClockEffect
    act: str
    on: date
    at: datetime
    by: str
    rule: str
    days: int
    document_no: str


def case_ledger(case_id: int) -> tuple[LedgerLine, ...]:
    """Every entry of the case in the order in which they were made."""
    rows = db.session.execute(
        select(
            ClockEntry.clock,
            ClockEntry.effect,
            ClockEntry.act,
            ClockEntry.on,
            ClockEntry.at,
            User.name,
            ClockEntry.rule,
            ClockEntry.days,
            ClockEntry.document_no,
        )
        .outerjoin(User, User.id == ClockEntry.actor_id)
        .where(ClockEntry.case_id == case_id)
        .order_by(ClockEntry.id)
    )
    return tuple(
        LedgerLine(
            row.clock,
            row.effect,
            row.act,
            row.on,
            row.at,
            row.name or "",
            row.rule,
            row.days,
            row.document_no,
        )
        for row in rows
    )


def foretold(case_id: int, more: Callable[[date], Entry], roll: Roll) -> date | None:
    """Until when a case would have to be settled if one entry more were made; nothing is written.

    `more` gives the entry for the day zero of the term. None where no term runs.
    """
    rows = db.session.execute(
        select(ClockEntry.effect, ClockEntry.on, ClockEntry.rule, ClockEntry.days)
        .where(ClockEntry.case_id == case_id, ClockEntry.clock == ClockKind.SETTLEMENT)
        .order_by(ClockEntry.id)
    )
    run = newest_run((row.effect, row.on, row.rule, row.days) for row in rows)
    if not run:
        return None
    clock = read_clock((*run, more(run[0].on)), work_calendar(), roll=roll)
    return None if clock is None else clock.due


def case_clocks(case_id: int) -> tuple[ClockLine, ...]:
    """The clocks of a case alone."""
    rows = db.session.execute(
        select(
            CaseClock.clock,
            CaseClock.due_on,
            CaseClock.stopped_on,
            CaseClock.suspended_on,
            CaseClock.explanation,
        )
        .where(CaseClock.case_id == case_id)
        .order_by(CaseClock.id)
    )
    return tuple(
        ClockLine(row.clock, row.due_on, row.stopped_on, row.suspended_on, recall(row.explanation))
        for row in rows
    )
