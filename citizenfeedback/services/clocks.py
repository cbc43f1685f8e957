"""The clocks of a case as rows: the ledger, the dates that follow from it, and what is due next.

Shared steps, called inside a transaction. The rules decide (`domain/workflow.py` which clock an
act touches, `domain/clocks.py` what the ledger comes to); here the entries are added, and what
follows from them is written down together with the explanation that was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.clocks import (
    ClockEntry,
    extending,
    newest_run,
    read_clock,
    recounting,
    starting,
)
from citizenfeedback.domain.deadlines import OFFICE_STANDARD
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanation_store import keep
from citizenfeedback.domain.explanations import Explanation, Roll
from citizenfeedback.domain.facts import CaseFacts
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ClockEffect,
    ClockKind,
    LedgerAct,
)
from citizenfeedback.domain.workflow import ClockChange, clock_rule, opening_clocks
from citizenfeedback.models.cases import Case, CaseClock
from citizenfeedback.models.clocks import ClockEntry as Entry
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.models.prepared import Look
from citizenfeedback.queries.calendar import CALENDAR_VERSION, calendar_of
from citizenfeedback.services.rows import writing

NO_TERM = date(9999, 12, 31)
"""Stands in `Case.due_on` while no clock runs, so that one index sorts every open case."""

_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Deed:
    """What touches a clock, as the ledger keeps it: the act, when, by whom, on which paper."""

    act: Action | LedgerAct
    at: datetime
    actor_id: int | None = None
    document_no: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: its ledger so far, until when, under which rule, and how counted."""

    clock: ClockKind
    entries: tuple[ClockEntry, ...]
    explanation: Explanation
    kept: str

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
            "explanation": self.kept,
            "suspended_on": None,
        }

    def ledger(self, case_id: int, deed: Deed) -> list[dict[str, object]]:
        """Its entries as rows of the ledger."""
        return [ledger_row(case_id, self.clock, entry, deed) for entry in self.entries]


def ledger_row(case_id: int, clock: ClockKind, entry: ClockEntry, deed: Deed) -> dict[str, object]:
    """One entry as a row."""
    return {
        "case_id": case_id,
        "clock": clock,
        "effect": entry.effect,
        "act": str(deed.act),
        "on": entry.on,
        "at": deed.at,
        "actor_id": deed.actor_id,
        "rule": entry.rule,
        "days": entry.days_given,
        "document_no": deed.document_no,
        "reason": deed.reason,
    }


class Counts:
    """Terms already counted on one calendar: many clocks share rule, day zero and history."""

    def __init__(self, calendar: WorkCalendar, roll: Roll) -> None:
        """Count on this calendar."""
        self.calendar = calendar
        self.roll = roll
        self._known: dict[tuple[ClockEntry, ...], tuple[Explanation, str] | None] = {}

    def explained(self, entries: tuple[ClockEntry, ...]) -> tuple[Explanation, str] | None:
        """What the ledger comes to and its text; None while the clock is suspended."""
        if entries in self._known:
            return self._known[entries]
        clock = read_clock(entries, self.calendar, roll=self.roll)
        if clock is None or clock.explanation is None:
            found = None
        else:
            found = (clock.explanation, keep(clock.explanation))
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[entries] = found
        return found


_last: list[Counts] = []


def counts_on(calendar: WorkCalendar, policy: Policy) -> Counts:
    """What was counted on this calendar before; forgotten when the calendar changes."""
    roll = Roll(policy.denunciation_roll)
    known = _last[0] if _last else None
    if known is None or known.calendar is not calendar or known.roll is not roll:
        known = Counts(calendar, roll)
        _last[:] = [known]
    return known


_FACTS = InstallationFact.__table__
_VERSION = select(_FACTS.c.value).where(_FACTS.c.key == CALENDAR_VERSION)
# Made once: they run while other writers stand in line.
_HELD = Look(_VERSION.with_for_update(read=True))
_HELD_TO_CHANGE = Look(_VERSION.with_for_update())


def held_calendar(session: Session, *, to_change: bool = False) -> WorkCalendar:
    """The calendar as it stays until this transaction ends; every term is counted on it.

    A change of the calendar waits for those who hold it, and whoever asks while it is being changed
    waits for the change: so no term that enters the books escapes the recount. Ask after the case
    is locked, never before: the change does so too (`services/recounting.py`).
    """
    held = (_HELD_TO_CHANGE if to_change else _HELD).first(writing(session))
    return calendar_of(None if held is None else held.value)


def opening_entries(
    clock: ClockKind, rule: str, start: date, facts: CaseFacts, policy: Policy
) -> tuple[ClockEntry, ...]:
    """How a clock begins: its start, and the extensions a denunciation has been given already."""
    days = policy.petition_days if rule == OFFICE_STANDARD else 0
    entries = [starting(rule, start, days=days)]
    if clock is ClockKind.SETTLEMENT and facts.kind is CaseKind.DENUNCIATION:
        entries += [extending(facts.complexity, start)] * facts.extensions
    return tuple(entries)


def counted(
    clock: ClockKind, entries: tuple[ClockEntry, ...], calendar: WorkCalendar, policy: Policy
) -> Running:
    """A clock that runs, counted from its ledger."""
    found = counts_on(calendar, policy).explained(entries)
    if found is None:
        raise RuleBroken("clock_suspended", on=entries[-1].on)
    return Running(clock, entries, *found)


def starting_clocks(
    facts: CaseFacts, calendar: WorkCalendar, policy: Policy
) -> tuple[Running, ...]:
    """Return the clocks that run from receipt: acceptance, or the office's own standard."""
    running = []
    for clock in opening_clocks(facts):
        rule = clock_rule(facts.kind, facts.instance, clock, facts)
        if rule is not None:
            entries = opening_entries(clock, rule, facts.received_on, facts, policy)
            running.append(counted(clock, entries, calendar, policy))
    return tuple(running)


def apply_changes(
    session: Session,
    facts: CaseFacts,
    changes: Iterable[ClockChange],
    policy: Policy,
    *,
    on: date,
    deed: Deed,
) -> None:
    """Write what an act does to the clocks of a case, and the next due date into the case.

    `facts` are those after the act. A clock that ran counts its days up to `on`; an extension
    counts the whole term again from its first day, as the law has one longer period.
    """
    counts = counts_on(held_calendar(session), policy)
    for change in changes:
        _apply(session, facts, change, counts, policy, on=on, deed=deed)
    refresh_due(session, facts.id)


def _apply(
    session: Session,
    facts: CaseFacts,
    change: ClockChange,
    counts: Counts,
    policy: Policy,
    *,
    on: date,
    deed: Deed,
) -> None:
    running = session.execute(
        select(CaseClock.id, CaseClock.rule, CaseClock.started_on, CaseClock.suspended_on)
        .where(
            CaseClock.case_id == facts.id,
            CaseClock.clock == change.clock,
            CaseClock.stopped_on.is_(None),
        )
        .with_for_update()
    ).first()
    if change.effect is ClockEffect.START:
        if running is None and change.rule is not None and change.start is not None:
            _start(session, facts, change.clock, change.rule, change.start, counts, policy, deed)
        return
    if running is None:
        return
    entry = _entry(change, facts, running, on)
    if entry is None:
        return
    session.execute(insert(Entry).values(ledger_row(facts.id, change.clock, entry, deed)))
    values: dict[str, Any] = {}
    if change.effect is ClockEffect.STOP:
        values["stopped_on"] = on
    if change.effect is ClockEffect.SUSPEND:
        values["suspended_on"] = on
    elif change.effect is not ClockEffect.STOP or running.suspended_on is not None:
        found = counts.explained(stored_ledger(session, facts.id, change.clock))
        if found is not None:
            explanation, kept = found
            values |= {
                "rule": explanation.rule,
                "due_on": explanation.due,
                "explanation": kept,
                "suspended_on": None,
            }
    session.execute(update(CaseClock).where(CaseClock.id == running.id).values(**values))


def _entry(change: ClockChange, facts: CaseFacts, running: Any, on: date) -> ClockEntry | None:
    """The entry that a change makes; None where it leaves the clock as it is."""
    if change.effect is not ClockEffect.EXTEND:
        return ClockEntry(change.effect, on)
    if facts.kind is CaseKind.DENUNCIATION and change.clock is ClockKind.SETTLEMENT:
        return extending(facts.complexity, on)
    rule = change.rule or running.rule
    if rule == running.rule:
        return None
    return recounting(rule, on, start=running.started_on)


def _start(
    session: Session,
    facts: CaseFacts,
    clock: ClockKind,
    rule: str,
    start: date,
    counts: Counts,
    policy: Policy,
    deed: Deed,
) -> None:
    """Begin a run; one that only takes up an earlier one again keeps its suspensions."""
    opening = opening_entries(clock, rule, start, facts, policy)
    pauses: tuple[ClockEntry, ...] = ()
    if deed.act is Action.CORRECT:
        pauses = _pauses(stored_ledger(session, facts.id, clock), start)
    found = counts.explained((*opening, *pauses))
    assert found is not None  # every pause carried over has ended
    running = Running(clock, (*opening, *pauses), *found)
    session.execute(insert(CaseClock).values(case_id=facts.id, **running.columns()))
    session.execute(insert(Entry), running.ledger(facts.id, deed))


def _pauses(before: Sequence[ClockEntry], start: date) -> tuple[ClockEntry, ...]:
    """The suspensions of the run before, each with its end, if it counted from the same day."""
    if not before or before[0].on != start:
        return ()
    kept: list[ClockEntry] = []
    for entry in before:
        if entry.effect in (ClockEffect.SUSPEND, ClockEffect.RESUME):
            kept.append(entry)
        elif entry.effect is ClockEffect.STOP and kept and kept[-1].effect is ClockEffect.SUSPEND:
            kept.append(ClockEntry(ClockEffect.RESUME, entry.on))
    return tuple(kept)


def note_transfer(session: Session, case_id: int, *, on: date, deed: Deed) -> None:
    """Write into the ledger of each running clock that the case went to another unit."""
    clocks = session.scalars(
        select(CaseClock.clock)
        .where(CaseClock.case_id == case_id, CaseClock.stopped_on.is_(None))
        .order_by(CaseClock.id)
    ).all()
    entry = ClockEntry(ClockEffect.TRANSFER, on)
    if clocks:
        rows = [ledger_row(case_id, clock, entry, deed) for clock in clocks]
        session.execute(insert(Entry), rows)


def stored_ledger(session: Session, case_id: int, clock: ClockKind) -> tuple[ClockEntry, ...]:
    """The entries of the newest run of a clock, as the rules read them."""
    rows = session.execute(
        select(Entry.effect, Entry.on, Entry.rule, Entry.days)
        .where(Entry.case_id == case_id, Entry.clock == clock)
        .order_by(Entry.id)
    ).all()
    return newest_run((row.effect, row.on, row.rule, row.days) for row in rows)


def refresh_due(session: Session, case_id: int) -> None:
    """Write the nearest running term and the settlement date into the case.

    A suspended clock does not run. It has no settlement date either, unless that had passed
    before the suspension.
    """
    rows = session.execute(
        select(
            CaseClock.clock,
            CaseClock.rule,
            CaseClock.due_on,
            CaseClock.stopped_on,
            CaseClock.suspended_on,
        )
        .where(CaseClock.case_id == case_id)
        .order_by(CaseClock.id)
    ).all()
    running = [row for row in rows if row.stopped_on is None and row.suspended_on is None]
    nearest = min(running, key=lambda row: row.due_on, default=None)
    settlement = [row for row in rows if row.clock is ClockKind.SETTLEMENT]
    session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(
            due_on=nearest.due_on if nearest else NO_TERM,
            due_rule=nearest.rule if nearest else "",
            settle_by=settles_by(settlement[-1]) if settlement else None,
        )
    )


def settles_by(clock: Any) -> date | None:
    """The date by which a case must be settled, from the row of its newest settlement clock."""
    due: date = clock.due_on
    suspended: date | None = clock.suspended_on
    return due if suspended is None or due < suspended else None


def deed_of(
    act: Action | LedgerAct, at: datetime, actor_id: int | None, details: Mapping[str, object]
) -> Deed:
    """What an act puts into the ledger beside its day, from the details of its event."""
    paper = details.get("document_no") or ""
    reason = details.get("ground") or details.get("complexity") or ""
    return Deed(act, at, actor_id, str(paper), str(reason))
