"""What follows a decision, or its absence: when it takes effect, and where the citizen goes next.

A complainant may take a first decision, or a term that passed without one, to the superior within
KN-09, or to court (KN-21) within the year of `law/lawsuits.py`; a denouncer may
denounce again to the superior (Luật Tố cáo art. 37), and do so too when the term passed without
a conclusion (art. 38). A petition or reflection may be taken up
again by the office.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.escalation import unanswered_in_time
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.law.lawsuits import LAWSUIT
from citizenfeedback.domain.vocabulary import CaseKind, CaseResult, Instance, State
from citizenfeedback.domain.workflow import DEMANDED

_DECIDED = frozenset({CaseResult.UPHELD, CaseResult.PARTLY_UPHELD, CaseResult.REJECTED})


@dataclass(frozen=True, slots=True)
class Aftermath:
    """`effective`: after this day the decision binds; `appeal`: until then a second complaint.

    `court`: a lawsuit is open too; `follow_up`: a follow-up denunciation is, `overdue_follow_up`
    while none is concluded; `unanswered`: all of this because the term passed without a decision.
    """

    effective: Explanation | None = None
    appeal: Explanation | None = None
    court: bool = False
    follow_up: bool = False
    overdue_follow_up: bool = False
    unanswered: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        ways_on = self.court or self.follow_up or self.overdue_follow_up
        return ways_on or self.effective is not None


@dataclass(frozen=True, slots=True)
class Ending:
    """What of a case decides on what follows."""

    kind: CaseKind
    instance: Instance
    state: State
    result: CaseResult | None
    remote: bool
    decided_on: date | None
    sent_on: date | None
    settle_by: date | None


def aftermath(ending: Ending, today: date, calendar: WorkCalendar) -> Aftermath:
    """What follows; nothing for petitions, reflections, and what is still in its term."""
    silent = ending.result is None and unanswered_in_time(
        ending.kind, ending.state, ending.settle_by, today
    )
    if ending.kind is CaseKind.DENUNCIATION:
        told = ending.result in _DECIDED and ending.sent_on is not None
        return Aftermath(follow_up=told, overdue_follow_up=silent, unanswered=silent)
    if ending.kind is not CaseKind.COMPLAINT:
        return Aftermath()
    first = ending.instance is Instance.FIRST
    if ending.result in _DECIDED and ending.decided_on is not None:
        effect = deadline(
            "KN-17" if first else "KN-18", ending.decided_on, calendar, remote=ending.remote
        )
        return Aftermath(effect, _appeal(ending.sent_on, ending, calendar), court=True)
    if silent:
        appeal = _appeal(ending.settle_by, ending, calendar)
        return Aftermath(appeal=appeal, court=True, unanswered=True)
    return Aftermath()


class NextStepKind(StrEnum):
    """Where a citizen may turn after the end, in the order in which the page offers it."""

    SECOND_COMPLAINT = "second_complaint"
    FOLLOW_UP = "follow_up"
    OVERDUE_FOLLOW_UP = "overdue_follow_up"
    REOPEN = "reopen"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One lawful way on. `by` is its last day, where the law sets one; `counted` explains it.

    `since`: the term that passed without a conclusion; `answer`: how long the superior then has,
    counted for somebody who goes on today.
    """

    kind: NextStepKind
    by: date | None = None
    counted: Explanation | None = None
    over: bool = False
    since: date | None = None
    answer: Explanation | None = None


def next_steps(ending: Ending, today: date, calendar: WorkCalendar) -> tuple[NextStep, ...]:
    """The ways on from here, those whose last day is past marked as over."""
    if ending.kind in (CaseKind.PETITION, CaseKind.REFLECTION):
        done = ending.state is State.DONE
        return (NextStep(NextStepKind.REOPEN),) if done else ()
    follows = aftermath(ending, today, calendar)
    if follows.overdue_follow_up:
        answer = deadline(DEMANDED, today, calendar)
        return (NextStep(NextStepKind.OVERDUE_FOLLOW_UP, since=ending.settle_by, answer=answer),)
    if follows.follow_up:
        return (NextStep(NextStepKind.FOLLOW_UP),)
    steps = []
    if follows.appeal is not None:
        last = follows.appeal.due
        steps.append(NextStep(NextStepKind.SECOND_COMPLAINT, last, follows.appeal, today > last))
    since = ending.settle_by if follows.unanswered else ending.sent_on
    if follows.court and since is not None:
        last = calendar.roll_forward(years_after(since, LAWSUIT.years))
        steps.append(NextStep(NextStepKind.COURT, last, None, today > last))
    return tuple(steps)


def years_after(day: date, years: int) -> date:
    """The same day of a later year; a leap day ends with its February (Bộ luật Dân sự art. 148)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _appeal(since: date | None, ending: Ending, calendar: WorkCalendar) -> Explanation | None:
    """Until when a first complaint may be taken to the superior; no third complaint exists."""
    if since is None or ending.instance is not Instance.FIRST:
        return None
    return deadline("KN-09", since, calendar, remote=ending.remote)
