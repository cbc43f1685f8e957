"""From a rule and a day to the date by which it must be done.

The day of the event is day zero; the count begins the next day and the last day ends at midnight
(Bộ luật Dân sự 2015, articles 147 and 148). A last day on which the office does not work moves to
the next one on which it does. Days of a suspension do not count.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanations import (
    ONE_DAY,
    Allowance,
    Explanation,
    Pause,
    Roll,
    Step,
    StepKind,
    explain,
    merged,
    replay,
    shifted,
)
from citizenfeedback.domain.law.sources import Provision
from citizenfeedback.domain.law.terms import (
    DENUNCIATION_SETTLEMENT,
    EXTENSION_DAYS,
    DayUnit,
    Term,
    extension_provision,
    extensions_allowed,
    moved_code,
    rows_of,
    settlement_code,
    term,
)
from citizenfeedback.domain.vocabulary import CaseKind, Complexity, Instance, Standing

__all__ = [
    "OFFICE_STANDARD",
    "Allowance",
    "CaseTerm",
    "Explanation",
    "Pause",
    "Roll",
    "Step",
    "StepKind",
    "allowance_of",
    "case_deadline",
    "case_due",
    "case_term",
    "deadline",
    "due_date",
    "due_soon_until",
    "replay",
    "row_of",
    "standing",
]

OFFICE_STANDARD = "office_standard"
"""The rule behind a petition or reflection: the office's own promise, never an article of law."""

PETITION_DAYS = 10
SOON_DAYS = 3


def due_date(
    start: date,
    allowance: Allowance,
    calendar: WorkCalendar,
    *,
    extensions: Sequence[int] = (),
    pauses: Sequence[Pause] = (),
    roll: Roll = Roll.ONCE,
) -> date:
    """The last day of a term whose event is on `start`, by arithmetic instead of walking.

    The start is day zero. A forward term ends at the end of the day given; a backward one gives
    the last day on which the duty can still be met. Article 148 of the Civil Code moves a last
    day off to the next working day; backward it moves to the working day before.
    """
    ordered = merged(pauses, allowance)
    parts = [allowance.days, *extensions]
    if roll == Roll.ONCE:
        parts = [sum(parts)]
    day = start
    for days in parts:
        last = _counted(day, days, allowance, calendar, ordered)
        day = _rolled(last, allowance, calendar, ordered)
    return day


def _counted(
    start: date, days: int, allowance: Allowance, calendar: WorkCalendar, pauses: tuple[Pause, ...]
) -> date:
    if allowance.backward:
        if allowance.unit == DayUnit.WORKING:
            return calendar.add_working(start, -days)
        return shifted(start, -days)
    working = allowance.unit == DayUnit.WORKING
    day = calendar.add_working(start, days) if working else shifted(start, days)
    for begin, end in pauses:
        if day < begin or days == 0:
            break
        first_lost = max(begin, start + ONE_DAY)
        if end <= first_lost:
            continue
        if working:
            lost = calendar.working_days_between(first_lost - ONE_DAY, end - ONE_DAY)
            day = calendar.add_working(day, lost)
        else:
            day = shifted(day, (end - first_lost).days)
    return day


def _rolled(
    day: date, allowance: Allowance, calendar: WorkCalendar, pauses: tuple[Pause, ...]
) -> date:
    if allowance.backward:
        return calendar.roll_backward(day)
    for begin, end in pauses:
        day = calendar.roll_forward(day)
        if begin <= day < end:
            day = end
    return calendar.roll_forward(day)


def allowance_of(row: Term, condition: str = "") -> Allowance:
    """The allowance of a row, the longer one where the condition gives one."""
    if row.days is None or row.unit is None:
        raise RuleBroken("no_term", rule=row.code)
    return Allowance(dict(row.longer).get(condition, row.days), row.unit, row.backward)


def deadline(
    rule: str,
    start: date,
    calendar: WorkCalendar,
    *,
    complex: bool = False,  # noqa: A002
    specially_complex: bool = False,
    remote: bool = False,
    dismissal: bool = False,
    extensions: int = 0,
    suspensions: Sequence[Pause] = (),
    roll: Roll | str = Roll.ONCE,
) -> Explanation:
    """The due date of any rule of the law, explained.

    A flag that means nothing to the rule is refused rather than passed over. A row asked for by
    name outside the dates in which it holds is computed, and its first step says so.
    """
    complexity = _complexity(complex=complex, special=specially_complex)
    flags = {
        "complex": complexity is not Complexity.NORMAL,
        "remote": remote,
        "dismissal": dismissal,
    }
    row = _row(rule, start, flags)
    allowance = allowance_of(row, _condition(row, flags))
    explanation = explain(
        row.code,
        _provisions(row, complexity, extensions),
        start,
        allowance,
        calendar,
        extensions=(EXTENSION_DAYS,) * _extensions(row, complexity, extensions),
        pauses=suspensions,
        roll=Roll(roll),
    )
    return explanation if row.holds_on(start) else _marked(explanation, row)


def _complexity(*, complex: bool, special: bool) -> Complexity:  # noqa: A002
    if special:
        return Complexity.SPECIAL
    return Complexity.COMPLEX if complex else Complexity.NORMAL


def row_of(rule: str, start: date) -> Term:
    """The row behind a code; of several variants the one in force on the day."""
    return _row(rule, start, {})


def _row(rule: str, start: date, flags: dict[str, bool]) -> Term:
    """The row meant by a code and flags; of several variants the one in force on the day."""
    rows = rows_of(rule)
    is_complex, remote = flags.get("complex", False), flags.get("remote", False)
    moved = moved_code(rows[0].code, is_complex=is_complex, remote=remote)
    if moved is not None:
        rows = rows_of(moved)
    usable = _usable_flags(rows[0], is_family=moved is not None)
    for flag, given in flags.items():
        if given and flag not in usable:
            raise RuleBroken("flag_not_applicable", rule=rows[0].code, flag=flag)
    in_force = [row for row in rows if row.holds_on(start)]
    if in_force:
        return in_force[0]
    first = rows[0].effective_from
    return rows[0] if first is not None and start < first else rows[-1]


def _usable_flags(row: Term, *, is_family: bool) -> frozenset[str]:
    if is_family:
        return frozenset({"complex", "remote"})
    if row.code == DENUNCIATION_SETTLEMENT:
        return frozenset({"complex"})
    return frozenset(condition for condition, _ in row.longer)


def _condition(row: Term, flags: dict[str, bool]) -> str:
    return next((condition for condition, _ in row.longer if flags[condition]), "")


def _extensions(row: Term, complexity: Complexity, asked: int) -> int:
    allowed = extensions_allowed(complexity) if row.code == DENUNCIATION_SETTLEMENT else 0
    if not 0 <= asked <= allowed:
        raise RuleBroken("extensions_not_allowed", rule=row.code, asked=asked, allowed=allowed)
    return asked


def _provisions(row: Term, complexity: Complexity, extensions: int) -> tuple[Provision, ...]:
    extra = extension_provision(complexity) if extensions else None
    return row.provisions if extra is None else (*row.provisions, extra)


def _marked(explanation: Explanation, row: Term) -> Explanation:
    """The explanation of a row asked for outside its dates, saying so before anything else."""
    if row.effective_from is not None and explanation.start < row.effective_from:
        note = Step(row.effective_from, StepKind.NOT_IN_FORCE, "holds_from")
    else:
        note = Step(row.effective_to or explanation.start, StepKind.NOT_IN_FORCE, "held_until")
    return dataclasses.replace(explanation, steps=(note, *explanation.steps))


@dataclass(frozen=True, slots=True)
class CaseTerm:
    """The term that the figures hold a case to: from which day, how long, under which row."""

    rule: str
    provisions: tuple[Provision, ...]
    start: date
    allowance: Allowance
    extensions: tuple[int, ...] = ()


def case_term(
    kind: CaseKind | str,
    instance: Instance | int,
    complexity: Complexity | str,
    remote: bool,
    received_on: date,
    accepted_on: date | None,
    extensions: int,
    *,
    petition_days: int = PETITION_DAYS,
) -> CaseTerm | None:
    """The settlement term of a case; None while a complaint or denunciation is not accepted.

    Complaints run from acceptance by instance, complexity (special as complex) and remoteness;
    denunciations of either instance from acceptance, thirty days and thirty more an extension;
    petitions and reflections from receipt, by the office's own standard in working days.
    """
    if kind in (CaseKind.PETITION, CaseKind.REFLECTION):
        allowance = Allowance(petition_days, DayUnit.WORKING)
        return CaseTerm(OFFICE_STANDARD, (), received_on, allowance)
    if accepted_on is None:
        return None
    if kind == CaseKind.DENUNCIATION:
        row = term(DENUNCIATION_SETTLEMENT, accepted_on)
        provisions = _provisions(row, Complexity(complexity), extensions)
        parts = (EXTENSION_DAYS,) * extensions
        return CaseTerm(row.code, provisions, accepted_on, allowance_of(row), parts)
    is_complex = complexity != Complexity.NORMAL
    code = settlement_code(Instance(instance), is_complex=is_complex, remote=remote)
    row = term(code, accepted_on)
    return CaseTerm(row.code, row.provisions, accepted_on, allowance_of(row))


def case_due(
    kind: CaseKind | str,
    instance: Instance | int,
    complexity: Complexity | str,
    remote: bool,
    received_on: date,
    accepted_on: date | None,
    extensions: int,
    calendar: WorkCalendar,
    *,
    petition_days: int = PETITION_DAYS,
    pauses: Sequence[Pause] = (),
    roll: Roll | str = Roll.ONCE,
) -> date | None:
    """The due date of a case for the figures; None while nothing runs yet."""
    found = case_term(
        kind,
        instance,
        complexity,
        remote,
        received_on,
        accepted_on,
        extensions,
        petition_days=petition_days,
    )
    if found is None:
        return None
    return due_date(
        found.start,
        found.allowance,
        calendar,
        extensions=found.extensions,
        pauses=pauses,
        roll=Roll(roll),
    )


def case_deadline(
    kind: CaseKind | str,
    instance: Instance | int,
    complexity: Complexity | str,
    remote: bool,
    received_on: date,
    accepted_on: date | None,
    extensions: int,
    calendar: WorkCalendar,
    *,
    petition_days: int = PETITION_DAYS,
    pauses: Sequence[Pause] = (),
    roll: Roll | str = Roll.ONCE,
) -> Explanation | None:
    """The same due date with its explanation."""
    found = case_term(
        kind,
        instance,
        complexity,
        remote,
        received_on,
        accepted_on,
        extensions,
        petition_days=petition_days,
    )
    if found is None:
        return None
    return explain(
        found.rule,
        found.provisions,
        found.start,
        found.allowance,
        calendar,
        extensions=found.extensions,
        pauses=pauses,
        roll=Roll(roll),
    )


def standing(
    due: date | None,
    answered_on: date | None,
    today: date,
    calendar: WorkCalendar,
    soon_days: int = SOON_DAYS,
    *,
    suspended: bool = False,
) -> Standing:
    """How a term stands today; soon means that at most `soon_days` working days are left."""
    if answered_on is not None:
        late = due is not None and answered_on > due
        return Standing.ANSWERED_LATE if late else Standing.ANSWERED
    if suspended:
        return Standing.SUSPENDED
    if due is None:
        return Standing.NO_TERM
    if today > due:
        return Standing.OVERDUE
    soon = due <= due_soon_until(today, calendar, soon_days)
    return Standing.DUE_SOON if soon else Standing.IN_TIME


def due_soon_until(today: date, calendar: WorkCalendar, soon_days: int = SOON_DAYS) -> date:
    """The last due date that counts as soon today: the border for lists and counts."""
    return calendar.add_working(today, soon_days + 1) - ONE_DAY
