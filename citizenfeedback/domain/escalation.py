"""Who is told of a term, and when: the reminder ladder (an office's rule, not a law's)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.law.regimes import START_OF_LAW_136
from citizenfeedback.domain.vocabulary import CaseKind, MailKind, Role, State


class Moment(StrEnum):
    """What a step of the ladder is counted from."""

    BEFORE_DUE = "before_due"
    ON_DUE = "on_due"
    AFTER_DUE = "after_due"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the mail, the moment, how many working days away, and whom it tells.

    `HANDLER` stands for the person the case is assigned to; with nobody assigned the leaders
    of the unit are told instead.
    """

    mail: MailKind
    moment: Moment
    working_days: int
    roles: tuple[Role, ...]

    @property
    def occasion(self) -> str:
        """The key under which this reminder goes out once for one due date."""
        return f"{self.moment}:{self.working_days}"


LADDER: tuple[Step, ...] = (
    Step(MailKind.STAFF_DUE_SOON, Moment.BEFORE_DUE, 3, (Role.HANDLER,)),
    Step(MailKind.STAFF_DUE_TODAY, Moment.ON_DUE, 0, (Role.HANDLER, Role.UNIT_LEADER)),
    Step(MailKind.STAFF_OVERDUE, Moment.AFTER_DUE, 1, (Role.HANDLER, Role.UNIT_LEADER)),
    Step(
        MailKind.STAFF_OVERDUE,
        Moment.AFTER_DUE,
        5,
        (Role.HANDLER, Role.UNIT_LEADER, Role.SUPERVISOR),
    ),
)
DUE_SOON_WORKING_DAYS = 3

RED_LINE = 45
"""Calendar days after which an unprocessed submission is an offence (NĐ 154/2026 art. 41.3.b)."""

AGE_ROLES: tuple[tuple[Role, ...], ...] = (
    (Role.HANDLER,),
    (Role.HANDLER, Role.UNIT_LEADER),
    (Role.HANDLER, Role.UNIT_LEADER, Role.SUPERVISOR),
)
"""Whom each step of age tells of an unprocessed submission, the first step first."""


def day_of(step: Step, due_on: date, calendar: WorkCalendar) -> date:
    """The day on which the step falls for a term."""
    if step.moment is Moment.BEFORE_DUE:
        return calendar.add_working(due_on, -step.working_days)
    if step.moment is Moment.AFTER_DUE:
        return calendar.add_working(due_on, step.working_days)
    return due_on


def steps_due(due_on: date, today: date, calendar: WorkCalendar) -> Iterator[Step]:
    """The steps that stand today: the last one reached on each side of the due date.

    After days without a worker nobody gets a row of stale reminders: only the latest counts.
    """
    reached = [step for step in LADDER if day_of(step, due_on, calendar) <= today]
    if reached:
        yield reached[-1]


def data_step(due_on: date, today: date, calendar: WorkCalendar) -> tuple[Step, str] | None:
    """What stands today for a request about data, and the key under which it goes out once.

    Two working days leave no room for a ladder: past its day it is said again every working day,
    until it is answered. Whom it tells grows as for every other term.
    """
    step = next(steps_due(due_on, today, calendar), None)
    if step is None or step.moment is not Moment.AFTER_DUE:
        return (step, step.occasion) if step is not None else None
    return (step, f"{step.moment}:{today}") if calendar.is_working(today) else None


def age_step(received_on: date, today: date, steps: Sequence[int]) -> int | None:
    """The highest age step an unprocessed submission has reached: its place in `steps`.

    The steps are calendar days from receipt; past the last one it is a disciplinary matter
    (NĐ 154/2026/NĐ-CP art. 41.3.b), so that one is reached only on the day after.
    """
    age = (today - received_on).days
    reached = [
        place
        for place, days in enumerate(steps)
        if age > days or (age == days and place < len(steps) - 1)
    ]
    return reached[-1] if reached else None


def unprocessed_since(today: date, days: int) -> date:
    """A submission received before this day and not processed is past the red line."""
    return today - timedelta(days=days)


def past_red_line(
    received_on: date,
    processed_on: date | None,
    today: date,
    *,
    is_open: bool,
    days: int = RED_LINE,
) -> bool:
    """Whether an open submission lies unprocessed past the red line."""
    return is_open and processed_on is None and received_on < unprocessed_since(today, days)


def may_be_reminded(
    *,
    due_on: date | None,
    received_on: date,
    processed_on: date | None,
    today: date,
    red_line: int,
) -> bool:
    """Whether a case lies so late that the superior must remind of it.

    TT 05/2021 art. 14.2, NĐ 154/2026 art. 15.3: overdue, or unprocessed past the red line.
    """
    overdue = due_on is not None and due_on < today
    unprocessed = processed_on is None and received_on < unprocessed_since(today, red_line)
    return overdue or unprocessed


def unanswered_in_time(kind: CaseKind, state: State, settle_by: date | None, on: date) -> bool:
    """Whether what is undecided was left so past its term, and may be taken to the superior.

    A first complaint since 1 July 2026 (Luật Khiếu nại art. 33.1 as Law 136/2025 has it: with the
    first decision *if there is one*); a denunciation always (Luật Tố cáo art. 38.1).
    """
    if kind not in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION) or state is State.SUSPENDED:
        return False
    in_force = kind is CaseKind.DENUNCIATION or on >= START_OF_LAW_136
    return in_force and settle_by is not None and settle_by < on
