"""Who is told of a term, and when: the reminder ladder (an office's rule, not a law's)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.vocabulary import MailKind, Role


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

# Calendar days from receipt after which an unprocessed submission is raised; past 45 it is a
# disciplinary matter (NĐ 154/2026/NĐ-CP art. 41.3.b).
AGE_STEPS: tuple[int, ...] = (30, 40, 45)


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


def age_step(received_on: date, today: date) -> int | None:
    """The highest age step an unprocessed submission has reached, in calendar days."""
    reached = [days for days in AGE_STEPS if today - received_on >= timedelta(days=days)]
    return reached[-1] if reached else None
