"""A due date that can be unfolded: the days behind it, and the proof that they lead to it.

The steps hold codes, dates and the names of days off; `documents/deadline_text.py` words them.
Replaying the steps against the calendar gives the due date again, or fails if a step is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from citizenfeedback.domain.calendar import DayOff, WorkCalendar
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.sources import Provision, cite
from citizenfeedback.domain.law.terms import DayUnit

Pause = tuple[date, date]
"""Day of the suspension decision, day of the decision to go on: days from the first up to but
not including the second do not count (Nghị định 155/2026, article 28b; doubt D4)."""

ONE_DAY = timedelta(days=1)


class StepKind(StrEnum):
    """What happens on a day of the count."""

    NOT_IN_FORCE = "not_in_force"
    START = "start"
    FIRST_DAY = "first_day"
    SKIPPED = "skipped"
    MAKEUP_COUNTED = "makeup_counted"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    LAST_DAY = "last_day"
    MOVED = "moved"
    DUE = "due"


class Roll(StrEnum):
    """When a last day off moves to the next working day: at the very end, or per extension."""

    ONCE = "once"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many days of which unit; `backward` counts before the event instead of after it."""

    days: int
    unit: DayUnit
    backward: bool = False

    def __post_init__(self) -> None:
        """Refuse a term that would end before it begins, and a unit the law does not know."""
        object.__setattr__(self, "unit", DayUnit(self.unit))
        if self.days < 0:
            raise RuleBroken("term_invalid", days=self.days)


@dataclass(frozen=True, slots=True)
class Step:
    """One day that matters, and why.

    `why` is a code, `name` the name of a day off, `days` a number of days, `until` the last day
    that a suspension takes out.
    """

    on: date
    what: StepKind
    why: str = ""
    name: str = ""
    name_en: str = ""
    days: int = 0
    until: date | None = None
    decreed: bool = True

    def reason(self) -> str:
        """The reason as one plain text, for machines that keep no table of codes."""
        if self.until is not None:
            return f"{self.why} until {self.until.isoformat()}"
        if self.name:
            return f"{self.why}: {self.name}" + ("" if self.decreed else " (not yet decreed)")
        if self.days:
            return f"{self.why} {self.days}"
        return self.why


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date with everything that led to it."""

    rule: str
    provisions: tuple[Provision, ...]
    start: date
    due: date
    allowance: Allowance
    steps: tuple[Step, ...]

    @property
    def days(self) -> int:
        """The whole number of days, extensions included."""
        return self.allowance.days + sum(
            step.days for step in self.steps if step.what is StepKind.EXTENDED
        )

    @property
    def unit(self) -> DayUnit:
        """Calendar or working days."""
        return self.allowance.unit

    def law(self, lang: str = "vi") -> str:
        """The articles the term rests on; empty for a standard of the office."""
        return cite(self.provisions, lang)

    def as_json(self, lang: str = "vi") -> dict[str, object]:
        """The public form of an explanation: `deadline --json` prints it."""
        return {
            "rule": self.rule,
            "law": self.law(lang),
            "from": self.start.isoformat(),
            "due": self.due.isoformat(),
            "unit": str(self.unit),
            "days": self.days,
            "steps": [
                {"date": step.on.isoformat(), "what": str(step.what), "why": step.reason()}
                for step in self.steps
            ],
        }


def merged(pauses: Sequence[Pause], allowance: Allowance) -> tuple[Pause, ...]:
    """Suspensions in order, those that touch or overlap joined, empty ones left out.

    A term that is counted back from its event cannot be suspended.
    """
    if pauses and allowance.backward:
        raise RuleBroken("suspension_not_applicable")
    joined: list[Pause] = []
    for begin, end in sorted(pauses):
        if end < begin:
            raise RuleBroken("suspension_backwards", begin=begin, end=end)
        if begin == end:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)


def shifted(day: date, days: int) -> date:
    """The day so many calendar days later, refused beyond the years a calendar can hold."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise RuleBroken("date_out_of_range") from None


class _Walk:
    """One walk along the days, writing down what matters on the way."""

    def __init__(
        self, start: date, allowance: Allowance, calendar: WorkCalendar, pauses: tuple[Pause, ...]
    ) -> None:
        self.day = start
        self.steps: list[Step] = [Step(start, StepKind.START, "day_zero")]
        self._calendar = calendar
        self._pauses = pauses
        self._working = allowance.unit == DayUnit.WORKING
        self._stride = -1 if allowance.backward else 1
        self._counted = 0

    def count(self, days: int) -> None:
        """Go on until so many more days have counted."""
        target = self._counted + days
        while self._counted < target:
            self._onward()
            off = self._calendar.day_off(self.day) if self._working else None
            if off is not None:
                self._note(StepKind.SKIPPED, off)
                continue
            self._counted += 1
            if self._counted == 1:
                self.steps.append(Step(self.day, StepKind.FIRST_DAY, "day", days=1))
            if self._working:
                self._note_makeup()

    def extend(self, days: int) -> None:
        """Write down an extension that begins where the count stands."""
        self.steps.append(Step(self.day, StepKind.EXTENDED, "more_days", days=days))

    def roll(self) -> None:
        """Write down the last day, and move off a day on which nobody works or nothing runs."""
        self.steps.append(Step(self.day, StepKind.LAST_DAY, "day", days=self._counted))
        self._leap()
        while (off := self._calendar.day_off(self.day)) is not None:
            self._note(StepKind.MOVED, off)
            self._onward()
        if not self._working:
            self._note_makeup()

    def finish(self) -> date:
        """Write down the due date and give it."""
        self.steps.append(Step(self.day, StepKind.DUE, "end_of_day"))
        return self.day

    def _onward(self) -> None:
        self.day = shifted(self.day, self._stride)
        self._leap()

    def _leap(self) -> None:
        for begin, end in self._pauses:
            if begin <= self.day < end:
                self.steps.append(
                    Step(begin, StepKind.SUSPENDED, "not_counted", until=end - ONE_DAY)
                )
                self.steps.append(Step(end, StepKind.RESUMED, "counts_again"))
                self.day = end

    def _note(self, what: StepKind, off: DayOff) -> None:
        self.steps.append(Step(self.day, what, off.why, off.name, off.name_en, decreed=off.decreed))

    def _note_makeup(self) -> None:
        makeup = self._calendar.makeup(self.day)
        if makeup is not None:
            self.steps.append(
                Step(
                    self.day,
                    StepKind.MAKEUP_COUNTED,
                    str(makeup.kind),
                    makeup.name,
                    makeup.name_en,
                    decreed=makeup.decreed,
                )
            )


def explain(
    rule: str,
    provisions: tuple[Provision, ...],
    start: date,
    allowance: Allowance,
    calendar: WorkCalendar,
    *,
    extensions: Sequence[int] = (),
    pauses: Sequence[Pause] = (),
    roll: Roll = Roll.ONCE,
) -> Explanation:
    """Walk from the start day to the due date and keep every step that matters."""
    walk = _Walk(start, allowance, calendar, merged(pauses, allowance))
    walk.count(allowance.days)
    for days in extensions:
        if roll == Roll.EACH:
            walk.roll()
        walk.extend(days)
        walk.count(days)
    walk.roll()
    due = walk.finish()
    return Explanation(rule, provisions, start, due, allowance, tuple(walk.steps))


def _parts(explanation: Explanation) -> list[tuple[int, bool]]:
    """The term and its extensions in days, each with whether its last day was then moved off."""
    parts = [(explanation.allowance.days, False)]
    for step in explanation.steps:
        if step.what is StepKind.EXTENDED:
            parts.append((step.days, False))
        elif step.what is StepKind.LAST_DAY:
            parts[-1] = (parts[-1][0], True)
    return parts


def replay(explanation: Explanation, calendar: WorkCalendar) -> date:
    """The due date found again from the steps alone, day by day.

    Each step is held against the calendar: a day that was skipped or moved off must be a day off,
    a working day that counted must be one, and the due date too. Refuses an explanation that does
    not hold.
    """
    stride = -ONE_DAY if explanation.allowance.backward else ONE_DAY
    working = explanation.unit == DayUnit.WORKING
    steps = explanation.steps
    skipped = {step.on for step in steps if step.what is StepKind.SKIPPED}
    moved = {step.on for step in steps if step.what is StepKind.MOVED}
    pauses = [(step.on, step.until) for step in steps if step.until is not None]

    def paused(day: date) -> bool:
        return any(first <= day <= last for first, last in pauses)

    def hold(truth: bool, day: date) -> None:
        if not truth:
            raise RuleBroken("explanation_does_not_hold", on=day)

    for day in skipped | moved:
        hold(not calendar.is_working(day), day)
    day = explanation.start
    for days, rolls in _parts(explanation):
        counted = 0
        while counted < days:
            day += stride
            if paused(day) or day in skipped:
                continue
            hold(not working or calendar.is_working(day), day)
            counted += 1
        while rolls and (paused(day) or day in moved):
            day += stride
    hold(calendar.is_working(day), day)
    return day
