"""What follows a decision, or the silence after a complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from citizenfeedback.domain.aftermath import (
    Ending,
    NextStepKind,
    aftermath,
    next_steps,
    years_after,
)
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.vocabulary import CaseKind, CaseResult, Instance, State

PLAIN = WorkCalendar()
TODAY = date(2026, 8, 28)
DECIDED = Ending(
    CaseKind.COMPLAINT,
    Instance.FIRST,
    State.DONE,
    CaseResult.REJECTED,
    False,
    date(2026, 8, 3),
    date(2026, 8, 5),
    date(2026, 8, 20),
)


def test_what_follows_a_first_decision() -> None:
    follows = aftermath(DECIDED, TODAY, PLAIN)
    assert follows.effective is not None
    assert follows.appeal is not None
    assert (follows.effective.due, follows.appeal.due) == (date(2026, 9, 2), date(2026, 9, 4))
    assert follows.court
    remote = aftermath(replace(DECIDED, remote=True), TODAY, PLAIN)
    assert remote.appeal is not None
    assert remote.appeal.due == date(2026, 9, 21)


def test_what_follows_a_second_decision() -> None:
    follows = aftermath(replace(DECIDED, instance=Instance.SECOND), TODAY, PLAIN)
    assert follows.effective is not None
    assert (follows.appeal, follows.court) == (None, True)
    assert follows.effective.rule == "KN-18"


def test_what_follows_silence() -> None:
    silent = replace(DECIDED, state=State.VERIFYING, result=None, decided_on=None, sent_on=None)
    follows = aftermath(silent, TODAY, PLAIN)
    assert follows.unanswered
    assert follows.court
    assert follows.appeal is not None
    assert follows.appeal.start == date(2026, 8, 20)
    assert not aftermath(silent, date(2026, 8, 20), PLAIN)


def test_what_follows_a_conclusion_and_an_answer() -> None:
    conclusion = replace(DECIDED, kind=CaseKind.DENUNCIATION)
    assert aftermath(conclusion, TODAY, PLAIN).follow_up
    assert not aftermath(replace(conclusion, sent_on=None), TODAY, PLAIN)
    assert not aftermath(replace(DECIDED, kind=CaseKind.PETITION), TODAY, PLAIN)
    assert not aftermath(replace(DECIDED, result=CaseResult.WITHDRAWN), TODAY, PLAIN)


def test_what_follows_a_denunciation_left_unsettled() -> None:
    silent = replace(
        DECIDED,
        kind=CaseKind.DENUNCIATION,
        state=State.VERIFYING,
        result=None,
        decided_on=None,
        sent_on=None,
    )
    follows = aftermath(silent, TODAY, PLAIN)
    assert (follows.overdue_follow_up, follows.follow_up, follows.court) == (True, False, False)
    (way,) = next_steps(silent, TODAY, PLAIN)
    assert (way.kind, way.since, way.by) == (
        NextStepKind.OVERDUE_FOLLOW_UP,
        date(2026, 8, 20),
        None,
    )
    assert way.answer is not None
    assert (way.answer.rule, way.answer.due) == ("TC-15", date(2026, 9, 4))
    assert not next_steps(silent, date(2026, 8, 20), PLAIN)
    assert not next_steps(replace(silent, state=State.SUSPENDED), TODAY, PLAIN)


def test_which_ways_lead_on_and_until_when() -> None:
    second, court = next_steps(DECIDED, TODAY, PLAIN)
    assert (second.kind, second.by, second.over) == (
        NextStepKind.SECOND_COMPLAINT,
        date(2026, 9, 4),
        False,
    )
    assert (court.kind, court.by) == (NextStepKind.COURT, date(2027, 8, 5))
    late = next_steps(DECIDED, date(2026, 9, 5), PLAIN)
    assert [one.over for one in late] == [True, False]
    last = replace(DECIDED, instance=Instance.SECOND)
    assert [one.kind for one in next_steps(last, TODAY, PLAIN)] == [NextStepKind.COURT]
    petition = replace(DECIDED, kind=CaseKind.PETITION)
    assert [one.kind for one in next_steps(petition, TODAY, PLAIN)] == [NextStepKind.REOPEN]
    assert not next_steps(replace(petition, state=State.VERIFYING), TODAY, PLAIN)
    conclusion = replace(DECIDED, kind=CaseKind.DENUNCIATION, result=CaseResult.UPHELD)
    assert [one.kind for one in next_steps(conclusion, TODAY, PLAIN)] == [NextStepKind.FOLLOW_UP]


def test_how_is_a_year_counted_from_a_leap_day() -> None:
    assert years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert years_after(date(2026, 8, 5), 1) == date(2027, 8, 5)
