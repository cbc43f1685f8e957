"""The ways on after the end, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from citizenfeedback.documents.next_steps import (
    MISSED,
    TEXTS,
    TITLES,
    FirstDecision,
    about_first,
    about_no_conclusion,
    step_words,
)
from citizenfeedback.domain.aftermath import NextStepKind, next_steps
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.vocabulary import CaseKind, State
from tests.domain.test_aftermath import DECIDED, TODAY


def test_has_every_way_a_title_and_a_text() -> None:
    assert set(TITLES) == set(TEXTS) == set(NextStepKind)


@pytest.mark.parametrize(("lang", "day"), [("vi", "thứ Sáu 04/09/2026"), ("en", "4 September")])
def test_is_the_last_day_said_and_counted(lang: str, day: str) -> None:
    told = step_words(next_steps(DECIDED, TODAY, WorkCalendar())[0], TODAY, lang)
    assert day in told.last_day
    assert "7" in told.last_day
    assert told.end is not None
    assert told.end[0] == "04/09/2026"
    last = step_words(next_steps(DECIDED, date(2026, 9, 4), WorkCalendar())[0], date(2026, 9, 4))
    assert "hôm nay" in last.last_day


def test_is_it_said_what_remains_after_the_last_day() -> None:
    day = date(2026, 9, 5)
    told = step_words(next_steps(DECIDED, day, WorkCalendar())[0], day)
    assert told.over
    assert not told.last_day
    assert len(told.texts) == len(MISSED[NextStepKind.SECOND_COMPLAINT])
    assert "04/09/2026" in told.texts[0]


@pytest.mark.parametrize(
    ("lang", "since", "by"),
    [("vi", "20/08/2026", "thứ Sáu 04/09/2026"), ("en", "20/08/2026", "4 September")],
)
def test_is_the_superiors_term_said_and_counted(lang: str, since: str, by: str) -> None:
    silent = replace(
        DECIDED, kind=CaseKind.DENUNCIATION, state=State.VERIFYING, result=None, sent_on=None
    )
    told = step_words(next_steps(silent, TODAY, WorkCalendar())[0], TODAY, lang)
    assert not told.last_day
    assert since in " ".join(told.texts)
    assert by in " ".join(told.texts)
    assert told.end is not None
    assert told.end[0] == "04/09/2026"


def test_names_the_follow_up_what_was_left_unsettled() -> None:
    first = FirstDecision("26-4K7Q-2", "Sở Xây dựng", "", None, date(2026, 8, 20))
    told = about_no_conclusion(first)
    for part in ("26-4K7Q-2", "Sở Xây dựng", "20/08/2026"):
        assert part in told


def test_does_the_second_complaint_name_the_decision_or_the_silence() -> None:
    first = FirstDecision("26-4K7Q-2", "Sở Xây dựng", "15/QĐ-SXD", date(2026, 8, 3))
    told = about_first(first)
    assert told.startswith("Sở Xây dựng, ")
    for part in ("26-4K7Q-2", "Sở Xây dựng", "15/QĐ-SXD", "03/08/2026"):
        assert part in told
    assert "quá hạn" in about_first(replace(first, decision_no=""))
