"""The legal clock as a ledger: what was done to it, and what follows from that.

Entries are only added; the due date is read from all of them and the calendar, and from nothing
else. A stopped clock runs again only by a new start, which is a reopening and counts afresh.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import OFFICE_STANDARD, allowance_of, row_of
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanations import Allowance, Explanation, Pause, Roll, explain
from citizenfeedback.domain.law.sources import Provision
from citizenfeedback.domain.law.terms import EXTENSION_DAYS, DayUnit, rows_of
from citizenfeedback.domain.vocabulary import ClockEffect, Complexity


@dataclass(frozen=True, slots=True)
class ClockEntry:
    """One act on a clock.

    A start brings rule and allowance, an extension its number of days and its article. A recount
    with a rule puts that in place of the one before and keeps day zero; one without notes that
    the calendar changed. A transfer notes that another unit has the case: the count goes on.
    """

    effect: ClockEffect
    on: date
    rule: str = ""
    provisions: tuple[Provision, ...] = ()
    allowance: Allowance | None = None
    days: int = 0

    @property
    def days_given(self) -> int:
        """The number of days the entry brings: of its term, or of the extension."""
        return self.days if self.allowance is None else self.allowance.days


def starting(rule: str, on: date, *, days: int = 0) -> ClockEntry:
    """The start of a clock on its day zero, under the row of the rule that holds on that day.

    `days` is the term that was promised; without it the one of the row, which the office's own
    standard does not have.
    """
    return _ruled(ClockEffect.START, rule, on, on, days)


def recounting(rule: str, on: date, *, start: date, days: int = 0) -> ClockEntry:
    """A change of the rule on a day; the count keeps the day zero of the start."""
    return _ruled(ClockEffect.RECOUNT, rule, on, start, days)


def _ruled(effect: ClockEffect, rule: str, on: date, start: date, days: int) -> ClockEntry:
    if rule == OFFICE_STANDARD:
        return ClockEntry(effect, on, rule, (), Allowance(days, DayUnit.WORKING))
    row = row_of(rule, start)
    allowance = allowance_of(row)
    if days:
        allowance = replace(allowance, days=days)
    return ClockEntry(effect, on, row.code, row.provisions, allowance)


_EXTENDED_UNDER = {Complexity.COMPLEX: "TC-07", Complexity.SPECIAL: "TC-08"}


def extending(complexity: Complexity, on: date) -> ClockEntry:
    """An extension of a denunciation: thirty days more, under the clause of its complexity.

    Old registers hold extensions of cases that nobody called complex: those name no clause.
    """
    rule = _EXTENDED_UNDER.get(complexity, "")
    return stored_entry(ClockEffect.EXTEND, on, rule, EXTENSION_DAYS)


def stored_entry(
    effect: ClockEffect, on: date, rule: str = "", days: int = 0, *, start: date | None = None
) -> ClockEntry:
    """An entry as the ledger keeps it: the law behind its rule is looked up again.

    `start` is the day zero of the run, for a recount under another rule.
    """
    if rule and effect is ClockEffect.START:
        return starting(rule, on, days=days)
    if rule and effect is ClockEffect.RECOUNT:
        return recounting(rule, on, start=start or on, days=days)
    provisions = rows_of(rule)[0].provisions if rule else ()
    return ClockEntry(effect, on, rule, provisions, days=days)


def newest_run(
    rows: Iterable[tuple[ClockEffect, date, str, int]],
) -> tuple[ClockEntry, ...]:
    """The entries from the last start on, from their columns in order."""
    run: list[ClockEntry] = []
    for effect, on, rule, days in rows:
        if effect is ClockEffect.START:
            run = []
        start = run[0].on if run else None
        run.append(stored_entry(effect, on, rule, days, start=start))
    return tuple(run)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a ledger comes to: running, suspended or stopped, since when, and until when.

    `explanation` is None while the clock is suspended: nobody knows yet when it goes on.
    """

    started_on: date
    suspended_on: date | None
    stopped_on: date | None
    explanation: Explanation | None

    @property
    def due(self) -> date | None:
        """The due date, unless the clock is suspended."""
        return None if self.explanation is None else self.explanation.due


@dataclass
class _Run:
    """One run of a clock, from a start on."""

    start: ClockEntry
    extensions: list[ClockEntry]
    pauses: list[Pause]
    suspended_on: date | None = None
    stopped_on: date | None = None

    def take(self, entry: ClockEntry) -> None:
        """Apply an entry that is not a start. People enter late: only day zero bounds the days."""
        if self.stopped_on is not None:
            raise RuleBroken("clock_stopped", on=entry.on)
        if entry.on < self.start.on:
            raise RuleBroken("clock_out_of_order", on=entry.on)
        if entry.effect == ClockEffect.SUSPEND:
            if self.suspended_on is not None:
                raise RuleBroken("clock_suspended", on=entry.on)
            self.suspended_on = entry.on
        elif entry.effect == ClockEffect.RESUME:
            if self.suspended_on is None:
                raise RuleBroken("clock_running", on=entry.on)
            self._go_on(entry.on)
        elif entry.effect == ClockEffect.EXTEND:
            self.extensions.append(entry)
        elif entry.effect == ClockEffect.RECOUNT and entry.rule:
            self.start = replace(
                self.start,
                rule=entry.rule,
                provisions=entry.provisions,
                allowance=entry.allowance,
            )
        elif entry.effect == ClockEffect.STOP:
            self._go_on(entry.on)
            self.stopped_on = entry.on

    def _go_on(self, on: date) -> None:
        """End a suspension, if there is one: what ends during it was not late for its days."""
        if self.suspended_on is None:
            return
        if on < self.suspended_on:
            raise RuleBroken("clock_out_of_order", on=on)
        self.pauses.append((self.suspended_on, on))
        self.suspended_on = None

    def close(self, calendar: WorkCalendar, roll: Roll) -> Clock:
        """What the run comes to."""
        allowance = self.start.allowance
        if allowance is None:
            raise RuleBroken("no_term", rule=self.start.rule)
        explanation = None
        if self.suspended_on is None:
            explanation = explain(
                self.start.rule,
                tuple(
                    dict.fromkeys(
                        provision
                        for entry in (self.start, *self.extensions)
                        for provision in entry.provisions
                    )
                ),
                self.start.on,
                allowance,
                calendar,
                extensions=[entry.days for entry in self.extensions],
                pauses=self.pauses,
                roll=roll,
            )
        return Clock(self.start.on, self.suspended_on, self.stopped_on, explanation)


def read_clock(
    entries: Iterable[ClockEntry], calendar: WorkCalendar, *, roll: Roll = Roll.ONCE
) -> Clock | None:
    """What the entries come to, in the order in which they were made; None without a start."""
    run: _Run | None = None
    for entry in entries:
        if entry.effect == ClockEffect.START:
            if run is not None and run.stopped_on is None:
                raise RuleBroken("clock_running", on=entry.on)
            run = _Run(entry, [], [])
        elif run is None:
            raise RuleBroken("clock_not_started", on=entry.on)
        else:
            run.take(entry)
    return None if run is None else run.close(calendar, roll)
