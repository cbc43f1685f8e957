"""Does an explanation show every day that matters, and fail when a step is wrong?"""

import dataclasses
from datetime import date

import pytest

from citizenfeedback.domain.deadlines import deadline, replay
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanations import Allowance, Step, StepKind, explain, merged
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.law.terms import DayUnit

CALENDAR = shipped_calendar()


def test_what_does_the_public_form_hold() -> None:
    explanation = deadline(
        "KN-04",
        date(2026, 7, 1),
        CALENDAR,
        suspensions=[(date(2026, 7, 11), date(2026, 8, 10))],
    )
    assert explanation.as_json() == {
        "rule": "KN-04",
        "law": "Luật Khiếu nại 02/2011/QH13, điều 28",
        "from": "2026-07-01",
        "due": "2026-09-03",
        "unit": "calendar",
        "days": 30,
        "steps": [
            {"date": "2026-07-01", "what": "start", "why": "day_zero"},
            {"date": "2026-07-02", "what": "first_day", "why": "day 1"},
            {"date": "2026-07-11", "what": "suspended", "why": "not_counted until 2026-08-09"},
            {"date": "2026-08-10", "what": "resumed", "why": "counts_again"},
            {"date": "2026-08-30", "what": "last_day", "why": "day 30"},
            {"date": "2026-08-30", "what": "moved", "why": "weekend"},
            {
                "date": "2026-08-31",
                "what": "moved",
                "why": "compensatory_off: Ngày nghỉ (thay cho ngày 22/08/2026)",
            },
            {"date": "2026-09-01", "what": "moved", "why": "holiday: Quốc khánh"},
            {"date": "2026-09-02", "what": "moved", "why": "holiday: Quốc khánh"},
            {"date": "2026-09-03", "what": "due", "why": "end_of_day"},
        ],
    }


def test_are_skipped_and_made_up_days_named() -> None:
    explanation = deadline("KN-03", date(2026, 8, 20), CALENDAR)
    named = [(step.on.day, step.what, step.why) for step in explanation.steps]
    assert (22, StepKind.MAKEUP_COUNTED, "makeup_workday") in named
    assert (23, StepKind.SKIPPED, "weekend") in named
    assert explanation.due == date(2026, 8, 28)


def test_is_a_last_day_on_a_make_up_saturday_kept() -> None:
    explanation = deadline("KN-04", date(2026, 7, 23), CALENDAR)
    assert explanation.due == date(2026, 8, 22)
    assert StepKind.MAKEUP_COUNTED in [step.what for step in explanation.steps]


def test_does_a_day_off_that_is_only_expected_say_so() -> None:
    explanation = deadline("TD-01", date(2027, 1, 28), CALENDAR)
    reasons = [step.reason() for step in explanation.steps]
    assert "holiday: Tết Nguyên Đán (not yet decreed)" in reasons


def test_is_each_extension_a_step() -> None:
    explanation = deadline(
        "TC-06", date(2026, 3, 2), CALENDAR, specially_complex=True, extensions=2
    )
    extended = [step for step in explanation.steps if step.what is StepKind.EXTENDED]
    assert [(step.on, step.reason()) for step in extended] == [
        (date(2026, 4, 1), "more_days 30"),
        (date(2026, 5, 1), "more_days 30"),
    ]


def test_are_suspensions_put_in_order_joined_and_cleaned() -> None:
    allowance = Allowance(1, DayUnit.CALENDAR)
    a, b, c, d, e = (date(2026, 1, n) for n in (1, 5, 9, 12, 20))
    assert merged([(c, d), (a, b), (b, c), (e, e)], allowance) == ((a, d),)
    assert merged([(d, e), (a, b)], allowance) == ((a, b), (d, e))


def test_does_a_suspension_that_takes_the_last_day_move_it() -> None:
    # Day 10 is Saturday 28 November; the Monday after is the day of the suspension decision.
    allowance = Allowance(10, DayUnit.CALENDAR)
    pause = (date(2026, 11, 30), date(2026, 12, 5))
    explanation = explain("x", (), date(2026, 11, 18), allowance, CALENDAR, pauses=[pause])
    assert explanation.due == date(2026, 12, 7) == replay(explanation, CALENDAR)


@pytest.mark.parametrize("what", [StepKind.SKIPPED, StepKind.MOVED])
def test_is_an_explanation_with_a_false_step_refused(what: StepKind) -> None:
    explanation = deadline("KN-03", date(2026, 8, 20), CALENDAR)
    false = Step(date(2026, 8, 25), what, "holiday", "Lễ không có thật")
    forged = dataclasses.replace(explanation, steps=(*explanation.steps, false))
    with pytest.raises(RuleBroken) as refusal:
        replay(forged, CALENDAR)
    assert refusal.value.code == "explanation_does_not_hold"


def test_is_an_explanation_with_a_missing_step_refused() -> None:
    explanation = deadline("KN-03", date(2026, 11, 20), CALENDAR)
    kept = tuple(step for step in explanation.steps if step.what is not StepKind.SKIPPED)
    with pytest.raises(RuleBroken) as refusal:
        replay(dataclasses.replace(explanation, steps=kept), CALENDAR)
    assert refusal.value.code == "explanation_does_not_hold"


def test_does_a_pause_on_day_zero_of_an_extended_term_replay() -> None:
    explanation = explain(
        "x",
        (),
        date(2026, 7, 20),
        Allowance(0, DayUnit.WORKING),
        CALENDAR,
        extensions=[3],
        pauses=[(date(2026, 7, 20), date(2026, 7, 22))],
    )
    assert explanation.due == date(2026, 7, 24) == replay(explanation, CALENDAR)
