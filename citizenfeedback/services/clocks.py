"""The clocks of a case as rows: starting, moving and stopping them, and what is due next.

Shared steps, called inside a transaction. The rules (`domain/workflow.py` for which clock an act
touches, `domain/deadlines.py` for the date) decide; here their answer is written down together
with the explanation that was given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import case_deadline, deadline
from citizenfeedback.domain.explanation_store import keep
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.facts import CaseFacts
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import CaseKind, ClockEffect, ClockKind
from citizenfeedback.domain.workflow import ClockChange, clock_rule, opening_clocks
from citizenfeedback.models.cases import Case, CaseClock

NO_TERM = date(9999, 12, 31)
"""Stands in `Case.due_on` while no clock runs, so that one index sorts every open case."""


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: until when, under which rule, and how that was counted."""

    clock: ClockKind
    explanation: Explanation

    @property
    def due_on(self) -> date:
        """The date promised."""
        return self.explanation.due

    @property
    def rule(self) -> str:
        """The code of the rule."""
        return self.explanation.rule

    def columns(self) -> dict[str, object]:
        """The clock as columns of its row."""
        return {
            "clock": self.clock,
            "rule": self.rule,
            "started_on": self.explanation.start,
            "due_on": self.due_on,
            "stopped_on": None,
            "explanation": keep(self.explanation),
        }


def explain_clock(
    clock: ClockKind,
    rule: str,
    start: date,
    facts: CaseFacts,
    calendar: WorkCalendar,
    policy: Policy,
) -> Explanation:
    """Count the term of one clock from its day zero, with every step kept."""
    if clock is ClockKind.SETTLEMENT:
        own_standard = facts.kind in (CaseKind.PETITION, CaseKind.REFLECTION)
        settled = case_deadline(
            facts.kind,
            facts.instance,
            facts.complexity,
            facts.remote,
            start if own_standard else facts.received_on,
            None if own_standard else start,
            facts.extensions,
            calendar,
            petition_days=policy.petition_days,
            roll=policy.denunciation_roll,
        )
        if settled is not None:
            return settled
    return deadline(rule, start, calendar)


def starting_clocks(
    facts: CaseFacts, calendar: WorkCalendar, policy: Policy
) -> tuple[Running, ...]:
    """Return the clocks that run from receipt: acceptance, or the office's own standard."""
    running = []
    for clock in opening_clocks(facts):
        rule = clock_rule(facts.kind, facts.instance, clock, facts)
        if rule is not None:
            explained = explain_clock(clock, rule, facts.received_on, facts, calendar, policy)
            running.append(Running(clock, explained))
    return tuple(running)


def apply_changes(
    session: Session,
    facts: CaseFacts,
    changes: Iterable[ClockChange],
    calendar: WorkCalendar,
    policy: Policy,
    *,
    on: date,
) -> None:
    """Write what an act does to the clocks of a case, and the next due date into the case.

    `facts` are those after the act. A clock that ran counts its days up to `on`; an extension
    counts the whole term again from its first day, as the law has one longer period.
    """
    for change in changes:
        running = session.execute(
            select(CaseClock.id, CaseClock.started_on, CaseClock.rule).where(
                CaseClock.case_id == facts.id,
                CaseClock.clock == change.clock,
                CaseClock.stopped_on.is_(None),
            )
        ).first()
        if change.effect is ClockEffect.STOP and running is not None:
            session.execute(
                update(CaseClock).where(CaseClock.id == running.id).values(stopped_on=on)
            )
        elif change.effect is ClockEffect.EXTEND and running is not None:
            explained = explain_clock(
                change.clock,
                change.rule or running.rule,
                running.started_on,
                facts,
                calendar,
                policy,
            )
            columns = Running(change.clock, explained).columns()
            session.execute(update(CaseClock).where(CaseClock.id == running.id).values(**columns))
        elif (
            change.effect is ClockEffect.START
            and running is None
            and change.rule is not None
            and change.start is not None
        ):
            explained = explain_clock(
                change.clock, change.rule, change.start, facts, calendar, policy
            )
            columns = Running(change.clock, explained).columns()
            session.execute(insert(CaseClock).values(case_id=facts.id, **columns))
    refresh_due(session, facts.id)


def refresh_due(session: Session, case_id: int) -> None:
    """Write the nearest running term and the settlement date into the case."""
    rows = session.execute(
        select(CaseClock.clock, CaseClock.rule, CaseClock.due_on, CaseClock.stopped_on)
        .where(CaseClock.case_id == case_id)
        .order_by(CaseClock.id)
    ).all()
    running = [row for row in rows if row.stopped_on is None]
    nearest = min(running, key=lambda row: row.due_on, default=None)
    settlement = [row for row in rows if row.clock is ClockKind.SETTLEMENT]
    session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(
            due_on=nearest.due_on if nearest else NO_TERM,
            due_rule=nearest.rule if nearest else "",
            settle_by=settlement[-1].due_on if settlement else None,
        )
    )
