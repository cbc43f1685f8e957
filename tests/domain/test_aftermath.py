"""What follows a decision, or the silence after a complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from citizenfeedback.domain.aftermath import Ending, aftermath
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
