"""The legal clock as a ledger: start, suspend, resume, extend, stop, and what follows from it.

Entries are only added; the due date is read from all of them. A stopped clock runs again only by
a new start, which is a reopening and counts afresh.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanations import Allowance, Explanation, Pause, Roll, explain
from citizenfeedback.domain.law.sources import Provision
from citizenfeedback.domain.vocabulary import ClockEffect


@dataclass(frozen=True, slots=True)
class ClockEntry:
    """One act on a clock. A start brings rule and allowance, an extension its number of days."""

    effect: ClockEffect
    on: date
    rule: str = ""
    provisions: tuple[Provision, ...] = ()
    allowance: Allowance | None = None
    days: int = 0


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
    extensions: list[int]
    pauses: list[Pause]
    suspended_on: date | None = None
    stopped_on: date | None = None

    def take(self, entry: ClockEntry) -> None:
        """Apply an entry that is not a start."""
        if self.stopped_on is not None:
            raise RuleBroken("clock_stopped", on=entry.on)
        if entry.effect == ClockEffect.SUSPEND:
            if self.suspended_on is not None:
                raise RuleBroken("clock_suspended", on=entry.on)
            self.suspended_on = entry.on
        elif entry.effect == ClockEffect.RESUME:
            if self.suspended_on is None:
                raise RuleBroken("clock_running", on=entry.on)
            self.pauses.append((self.suspended_on, entry.on))
            self.suspended_on = None
        elif entry.effect == ClockEffect.EXTEND:
            self.extensions.append(entry.days)
        else:
            self.stopped_on = entry.on

    def close(self, calendar: WorkCalendar, roll: Roll) -> Clock:
        """What the run comes to."""
        allowance = self.start.allowance
        if allowance is None:
            raise RuleBroken("no_term", rule=self.start.rule)
        explanation = None
        if self.suspended_on is None:
            explanation = explain(
                self.start.rule,
                self.start.provisions,
                self.start.on,
                allowance,
                calendar,
                extensions=self.extensions,
                pauses=self.pauses,
                roll=roll,
            )
        return Clock(self.start.on, self.suspended_on, self.stopped_on, explanation)


def read_clock(
    entries: Iterable[ClockEntry], calendar: WorkCalendar, *, roll: Roll = Roll.ONCE
) -> Clock | None:
    """What the entries come to, in the order in which they were made; None without a start."""
    run: _Run | None = None
    before = date.min
    for entry in entries:
        if entry.on < before:
            raise RuleBroken("clock_out_of_order", on=entry.on)
        before = entry.on
        if entry.effect == ClockEffect.START:
            if run is not None and run.stopped_on is None:
                raise RuleBroken("clock_running", on=entry.on)
            run = _Run(entry, [], [])
        elif run is None:
            raise RuleBroken("clock_not_started", on=entry.on)
        else:
            run.take(entry)
    return None if run is None else run.close(calendar, roll)
