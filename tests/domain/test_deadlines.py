"""Is every due date the one the law gives?"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citizenfeedback.domain.calendar import CalendarDay, WorkCalendar
from citizenfeedback.domain.deadlines import (
    OFFICE_STANDARD,
    Allowance,
    Pause,
    Roll,
    StepKind,
    allowance_of,
    case_deadline,
    case_due,
    deadline,
    due_date,
    due_soon_until,
    replay,
    standing,
)
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanations import explain
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.law.terms import DayUnit, codes, term
from citizenfeedback.domain.vocabulary import DayKind

CALENDAR = shipped_calendar()
PLAIN = WorkCalendar()
ONE = timedelta(days=1)
Flags = dict[str, Any]
CULTURE_DAY = CalendarDay(date(2026, 11, 24), DayKind.HOLIDAY, "Ngày Văn hóa Việt Nam")


def _due(rule: str, start: date, calendar: WorkCalendar = CALENDAR, **flags: Any) -> date:
    explanation = deadline(rule, start, calendar, **flags)
    assert replay(explanation, calendar) == explanation.due
    return explanation.due


# The worked examples.


def test_does_day_30_on_a_holiday_move_to_the_next_working_day() -> None:
    assert _due("KN-04", date(2026, 8, 3)) == date(2026, 9, 3)
    assert _due("KN-04", date(2026, 8, 3), PLAIN) == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("calendar", "due"),
    [
        (CALENDAR, date(2026, 12, 1)),
        (CALENDAR.with_days([CULTURE_DAY]), date(2026, 12, 2)),
    ],
    ids=["24/11 is a working day", "24/11 is a holiday"],
)
def test_does_one_more_holiday_cost_one_day(calendar: WorkCalendar, due: date) -> None:
    assert _due("KN-03", date(2026, 11, 20), calendar) == due


def test_do_days_of_a_suspension_not_count() -> None:
    pause = (date(2026, 7, 11), date(2026, 8, 10))
    assert _due("KN-04", date(2026, 7, 1), suspensions=[pause]) == date(2026, 9, 3)
    assert _due("KN-04", date(2026, 7, 1), PLAIN, suspensions=[pause]) == date(2026, 8, 31)


# Which row.


@pytest.mark.parametrize(
    ("rule", "start", "found", "days", "unit"),
    [
        ("KN-03", date(2026, 6, 30), "KN-03a", 10, "calendar"),
        ("KN-03", date(2026, 7, 1), "KN-03b", 7, "working"),
        ("KN-03c", date(2026, 6, 30), "KN-03c", 10, "calendar"),
        ("KN-03c", date(2026, 7, 1), "KN-03c", 7, "working"),
        ("KN-10", date(2026, 6, 30), "KN-10a", 10, "calendar"),
        ("KN-10", date(2026, 7, 1), "KN-10a", 7, "working"),
        ("KN-02", date(2026, 7, 1), "KN-02", 15, "calendar"),
        ("KN-02b", date(2026, 7, 1), "KN-02b", 10, "calendar"),
        ("kn-04", date(2026, 7, 1), "KN-04", 30, "calendar"),
    ],
)
def test_which_row_does_a_code_mean_on_a_day(
    rule: str, start: date, found: str, days: int, unit: str
) -> None:
    explanation = deadline(rule, start, CALENDAR)
    assert (explanation.rule, explanation.days, explanation.unit) == (found, days, unit)


def test_does_acceptance_across_the_first_of_july_2026_follow_the_day_of_receipt() -> None:
    assert _due("KN-03", date(2026, 6, 30)) == date(2026, 7, 10)
    assert _due("KN-03", date(2026, 7, 1)) == date(2026, 7, 10)


@pytest.mark.parametrize(
    ("rule", "flags", "found", "days"),
    [
        ("KN-04", {"complex": True}, "KN-05", 45),
        ("KN-04", {"specially_complex": True}, "KN-05", 45),
        ("KN-04", {"remote": True}, "KN-06", 45),
        ("KN-04", {"remote": True, "complex": True}, "KN-07", 60),
        ("KN-05", {"remote": True}, "KN-07", 60),
        ("KN-06", {"complex": True}, "KN-07", 60),
        ("KN-07", {}, "KN-07", 60),
        ("KN-11", {"complex": True}, "KN-12", 60),
        ("KN-11", {"remote": True}, "KN-13", 60),
        ("KN-11", {"remote": True, "complex": True}, "KN-14", 70),
        ("KN-09", {}, "KN-09", 30),
        ("KN-09", {"remote": True}, "KN-09", 45),
        ("KN-17", {"remote": True}, "KN-17", 45),
        ("KN-18", {"remote": True}, "KN-18", 45),
        ("KN-02b", {"dismissal": True}, "KN-02b", 30),
    ],
)
def test_do_flags_move_within_the_family(rule: str, flags: Flags, found: str, days: int) -> None:
    explanation = deadline(rule, date(2026, 3, 2), CALENDAR, **flags)
    assert (explanation.rule, explanation.days) == (found, days)


@pytest.mark.parametrize(
    ("rule", "flags", "code"),
    [
        ("KN-21", {}, "no_term"),
        ("TC-04", {}, "no_term"),
        ("PA-02", {}, "no_term"),
        ("PA-03", {}, "no_term"),
        ("XX-01", {}, "unknown_rule"),
        ("KN-08", {"complex": True}, "flag_not_applicable"),
        ("KN-08", {"remote": True}, "flag_not_applicable"),
        ("TC-06", {"remote": True}, "flag_not_applicable"),
        ("KN-04", {"dismissal": True}, "flag_not_applicable"),
        ("KN-09", {"complex": True}, "flag_not_applicable"),
        ("KN-04", {"extensions": 1}, "extensions_not_allowed"),
        ("TC-06", {"extensions": 1}, "extensions_not_allowed"),
        ("TC-06", {"extensions": 2, "complex": True}, "extensions_not_allowed"),
        ("TC-06", {"extensions": 3, "specially_complex": True}, "extensions_not_allowed"),
        ("TC-06", {"extensions": -1}, "extensions_not_allowed"),
        (
            "TC-06",
            {"suspensions": [(date(2026, 4, 2), date(2026, 4, 1))]},
            "suspension_backwards",
        ),
        (
            "TD-05",
            {"suspensions": [(date(2026, 4, 1), date(2026, 4, 2))]},
            "suspension_not_applicable",
        ),
    ],
)
def test_is_what_the_law_does_not_give_refused(rule: str, flags: Flags, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        deadline(rule, date(2026, 3, 2), CALENDAR, **flags)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("rule", "start", "why", "edge"),
    [
        ("KN-03a", date(2026, 8, 3), "held_until", date(2026, 6, 30)),
        ("KN-03b", date(2026, 6, 1), "holds_from", date(2026, 7, 1)),
        ("KN-19", date(2019, 5, 20), "holds_from", date(2026, 7, 1)),
    ],
)
def test_does_a_row_asked_for_outside_its_dates_say_so_first(
    rule: str, start: date, why: str, edge: date
) -> None:
    explanation = deadline(rule, start, CALENDAR)
    first = explanation.steps[0]
    assert (explanation.rule, first.what) == (rule, StepKind.NOT_IN_FORCE)
    assert (first.why, first.on) == (why, edge)
    assert replay(explanation, CALENDAR) == explanation.due


def test_is_a_rule_with_a_term_always_answered() -> None:
    for code in codes():
        if code not in {"KN-21", "TC-04", "PA-02", "PA-03"}:
            backward = term(code, date(2026, 8, 3)).backward if code != "KN-03a" else False
            due = _due(code, date(2026, 8, 3))
            assert due < date(2026, 8, 3) if backward else due > date(2026, 8, 3)


# Extensions of a denunciation.


@pytest.mark.parametrize(
    ("flags", "days", "due"),
    [
        ({}, 30, date(2026, 4, 1)),
        ({"complex": True}, 30, date(2026, 4, 1)),
        ({"complex": True, "extensions": 1}, 60, date(2026, 5, 4)),
        ({"specially_complex": True, "extensions": 2}, 90, date(2026, 6, 1)),
    ],
)
def test_is_an_extended_denunciation_one_period(flags: Flags, days: int, due: date) -> None:
    explanation = deadline("TC-06", date(2026, 3, 2), CALENDAR, **flags)
    assert explanation.days == days
    assert _due("TC-06", date(2026, 3, 2), **flags) == due


def test_does_the_other_setting_roll_after_each_extension() -> None:
    # Day 30 from 2 April 2026 is Saturday 2 May.
    flags: Flags = {"complex": True, "extensions": 1}
    assert _due("TC-06", date(2026, 4, 2), **flags) == date(2026, 6, 1)
    assert _due("TC-06", date(2026, 4, 2), **flags, roll="each") == date(2026, 6, 3)


def test_does_an_extension_add_its_article() -> None:
    plain = deadline("TC-06", date(2026, 3, 2), CALENDAR, complex=True)
    longer = deadline("TC-06", date(2026, 3, 2), CALENDAR, complex=True, extensions=1)
    assert plain.law() == "Luật Tố cáo 25/2018/QH14, điều 30 khoản 1"
    assert longer.law() == "Luật Tố cáo 25/2018/QH14, điều 30 khoản 1, điều 30 khoản 2"


# Counting back.


@pytest.mark.parametrize(
    ("rule", "event", "last"),
    [
        ("KN-19", date(2026, 12, 25), date(2026, 12, 18)),
        ("KN-19", date(2026, 12, 23), date(2026, 12, 18)),
        ("KN-19", date(2026, 12, 16), date(2026, 12, 11)),
        ("TD-05", date(2026, 11, 30), date(2026, 11, 23)),
        ("TD-05", date(2026, 9, 4), date(2026, 8, 25)),
        ("TD-06", date(2026, 8, 24), date(2026, 8, 18)),
        ("TD-07", date(2026, 9, 3), date(2026, 8, 28)),
    ],
)
def test_is_the_last_permitted_day_counted_back_and_rolled_earlier(
    rule: str, event: date, last: date
) -> None:
    assert _due(rule, event) == last


# Properties, against a slow count of single days.

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    CALENDAR.with_days,
    st.lists(st.builds(CalendarDay, DAYS, st.sampled_from(DayKind), st.just("x")), max_size=25),
)
# Suspensions as (days after the start, length), near enough to matter.
PAUSES = st.lists(st.tuples(st.integers(-10, 110), st.integers(0, 40)), max_size=3)
ALLOWANCES = st.builds(Allowance, st.integers(0, 95), st.sampled_from(DayUnit))


def _placed(start: date, gaps: list[tuple[int, int]]) -> list[Pause]:
    return [(start + after * ONE, start + (after + length) * ONE) for after, length in gaps]


def _slow_due(
    start: date,
    allowance: Allowance,
    calendar: WorkCalendar,
    extensions: tuple[int, ...],
    pauses: list[Pause],
    roll: Roll,
) -> date:
    def paused(day: date) -> bool:
        return any(begin <= day < end for begin, end in pauses)

    def counts(day: date) -> bool:
        working = allowance.unit == "working"
        return not paused(day) and (not working or calendar.is_working(day))

    day = start
    parts = [allowance.days, *extensions]
    for part in parts if roll is Roll.EACH else [sum(parts)]:
        left = part
        while left:
            day += ONE
            left -= counts(day)
        while paused(day) or not calendar.is_working(day):
            day += ONE
    return day


@settings(max_examples=250)
@given(
    DAYS,
    ALLOWANCES,
    CALENDARS,
    st.sampled_from([(), (30,), (30, 30), (7,)]),
    PAUSES,
    st.sampled_from(Roll),
)
def test_do_arithmetic_walking_replay_and_slow_count_agree(
    start: date,
    allowance: Allowance,
    calendar: WorkCalendar,
    extensions: tuple[int, ...],
    gaps: list[tuple[int, int]],
    roll: Roll,
) -> None:
    pauses = _placed(start, gaps)
    due = due_date(start, allowance, calendar, extensions=extensions, pauses=pauses, roll=roll)
    explanation = explain(
        "x", (), start, allowance, calendar, extensions=extensions, pauses=pauses, roll=roll
    )
    assert due == _slow_due(start, allowance, calendar, extensions, pauses, roll)
    assert due == explanation.due == replay(explanation, calendar)
    assert explanation.days == allowance.days + sum(extensions)
    assert due >= start
    assert calendar.is_working(due)


@settings(max_examples=100)
@given(DAYS, st.integers(0, 40), st.sampled_from(DayUnit), CALENDARS)
def test_does_counting_back_agree_with_a_slow_count(
    event: date, days: int, unit: DayUnit, calendar: WorkCalendar
) -> None:
    allowance = Allowance(days, unit, backward=True)
    day, left = event, days
    while left:
        day -= ONE
        left -= unit == "calendar" or calendar.is_working(day)
    while not calendar.is_working(day):
        day -= ONE
    assert due_date(event, allowance, calendar) == day
    explanation = explain("x", (), event, allowance, calendar)
    assert explanation.due == day == replay(explanation, calendar)


@settings(max_examples=100)
@given(DAYS, ALLOWANCES, CALENDARS, PAUSES, DAYS)
def test_do_more_days_holidays_or_pauses_never_give_an_earlier_date(
    start: date,
    allowance: Allowance,
    calendar: WorkCalendar,
    gaps: list[tuple[int, int]],
    holiday: date,
) -> None:
    pauses = _placed(start, gaps)
    due = due_date(start, allowance, calendar, pauses=pauses)
    longer = Allowance(allowance.days + 1, allowance.unit)
    fewer_workdays = calendar.with_days([CalendarDay(holiday, DayKind.HOLIDAY, "x")])
    assert due_date(start, longer, calendar, pauses=pauses) >= due
    assert due_date(start, allowance, fewer_workdays, pauses=pauses) >= due
    assert due_date(start, allowance, calendar) <= due
    assert due_date(start + ONE, allowance, calendar, pauses=pauses) >= due


@settings(max_examples=100)
@given(DAYS, st.integers(1, 60), CALENDARS, st.integers(0, 1), st.integers(0, 40))
def test_does_a_pause_of_n_working_days_move_a_working_term_by_exactly_n(
    start: date, days: int, calendar: WorkCalendar, after: int, length: int
) -> None:
    allowance = Allowance(days, DayUnit.WORKING)
    due = due_date(start, allowance, calendar)
    begin = start + (1 + after * (due - start - ONE).days) * ONE
    end = begin + length * ONE
    lost = calendar.working_days_between(begin - ONE, end - ONE)
    paused = due_date(start, allowance, calendar, pauses=[(begin, end)])
    assert paused == calendar.add_working(due, lost)


@pytest.mark.parametrize("unit", DayUnit)
def test_are_impossible_terms_refused(unit: DayUnit) -> None:
    with pytest.raises(RuleBroken, match="term_invalid"):
        Allowance(-1, unit)
    end_of_time = date(9999, 12, 20)
    with pytest.raises(RuleBroken, match="date_out_of_range"):
        due_date(end_of_time, Allowance(30, unit), CALENDAR)
    with pytest.raises(RuleBroken, match="date_out_of_range"):
        explain("x", (), end_of_time, Allowance(30, unit), CALENDAR)


def test_does_a_suspension_that_takes_the_last_day_move_it() -> None:
    # Day 10 is Saturday 28 November; the Monday after is the day of the suspension decision.
    start, allowance = date(2026, 11, 18), Allowance(10, DayUnit.CALENDAR)
    pause = (date(2026, 11, 30), date(2026, 12, 5))
    assert due_date(start, allowance, CALENDAR, pauses=[pause]) == date(2026, 12, 7)


def test_does_a_suspension_before_the_start_or_after_the_end_change_nothing() -> None:
    start, allowance = date(2026, 3, 2), Allowance(10, DayUnit.CALENDAR)
    before = (date(2026, 2, 1), date(2026, 2, 10))
    after = (date(2026, 3, 13), date(2026, 4, 10))
    due = due_date(start, allowance, CALENDAR, pauses=[after, before])
    assert due == due_date(start, allowance, CALENDAR) == date(2026, 3, 12)


# The term of a case for the figures.


@pytest.mark.parametrize(
    ("kind", "instance", "complexity", "remote", "extensions", "rule", "days", "due"),
    [
        ("complaint", 1, "normal", False, 0, "KN-04", 30, date(2019, 4, 3)),
        ("complaint", 1, "complex", False, 0, "KN-05", 45, date(2019, 4, 18)),
        ("complaint", 1, "special", False, 0, "KN-05", 45, date(2019, 4, 18)),
        ("complaint", 1, "normal", True, 0, "KN-06", 45, date(2019, 4, 18)),
        ("complaint", 1, "special", True, 0, "KN-07", 60, date(2019, 5, 3)),
        ("complaint", 2, "normal", False, 0, "KN-11", 45, date(2019, 4, 18)),
        ("complaint", 2, "complex", True, 0, "KN-14", 70, date(2019, 5, 13)),
        ("denunciation", 1, "normal", False, 0, "TC-06", 30, date(2019, 4, 3)),
        ("denunciation", 2, "complex", True, 1, "TC-06", 60, date(2019, 5, 3)),
        ("denunciation", 1, "special", False, 2, "TC-06", 90, date(2019, 6, 3)),
        ("petition", 1, "normal", False, 0, OFFICE_STANDARD, 10, date(2019, 3, 11)),
        ("reflection", 1, "complex", True, 0, OFFICE_STANDARD, 10, date(2019, 3, 11)),
    ],
)
def test_to_which_date_do_the_figures_hold_a_case(
    kind: str,
    instance: int,
    complexity: str,
    remote: bool,
    extensions: int,
    rule: str,
    days: int,
    due: date,
) -> None:
    received, accepted = date(2019, 2, 25), date(2019, 3, 4)
    case = (kind, instance, complexity, remote, received, accepted, extensions, CALENDAR)
    explanation = case_deadline(*case)
    assert explanation is not None
    assert case_due(*case) == explanation.due == due
    assert (explanation.rule, explanation.days) == (rule, days)
    assert replay(explanation, CALENDAR) == due
    assert bool(explanation.law()) is (rule != OFFICE_STANDARD)


def test_has_a_complaint_a_date_before_it_is_accepted() -> None:
    for kind in ("complaint", "denunciation"):
        case = (kind, 1, "normal", False, date(2019, 3, 1), None, 0, CALENDAR)
        assert case_due(*case) is None
        assert case_deadline(*case) is None


def test_is_the_standard_for_petitions_a_setting_and_a_suspension_taken_out() -> None:
    case = ("petition", 1, "normal", False, date(2019, 3, 1), None, 0, CALENDAR)
    assert case_due(*case, petition_days=5) == date(2019, 3, 8)
    pause = (date(2019, 3, 4), date(2019, 3, 6))
    assert case_due(*case, petition_days=5, pauses=[pause]) == date(2019, 3, 12)


def test_does_the_roll_of_extensions_reach_the_figures() -> None:
    case = ("denunciation", 1, "complex", False, date(2026, 4, 1), date(2026, 4, 2), 1, CALENDAR)
    assert case_due(*case) == date(2026, 6, 1)
    assert case_due(*case, roll="each") == date(2026, 6, 3)


def test_has_a_row_without_days_no_allowance() -> None:
    with pytest.raises(RuleBroken) as refusal:
        allowance_of(term("PA-02", date(2026, 1, 5)))
    assert refusal.value.code == "no_term"


# Standing.


@pytest.mark.parametrize(
    ("due", "answered", "today", "suspended", "expected"),
    [
        (None, None, date(2026, 11, 23), False, "no_term"),
        (None, date(2026, 11, 20), date(2026, 11, 23), False, "answered"),
        (None, None, date(2026, 11, 23), True, "suspended"),
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 23), False, "answered"),
        (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23), True, "answered_late"),
        (date(2026, 11, 20), None, date(2026, 11, 23), False, "overdue"),
        (date(2026, 11, 23), None, date(2026, 11, 23), False, "due_soon"),
        (date(2026, 11, 26), None, date(2026, 11, 23), False, "due_soon"),
        (date(2026, 11, 27), None, date(2026, 11, 23), False, "in_time"),
        (date(2026, 11, 25), None, date(2026, 11, 20), False, "due_soon"),
        (date(2026, 11, 26), None, date(2026, 11, 20), False, "in_time"),
    ],
)
def test_how_does_a_term_stand_today(
    due: date | None, answered: date | None, today: date, suspended: bool, expected: str
) -> None:
    assert standing(due, answered, today, CALENDAR, suspended=suspended) == expected


@settings(max_examples=100)
@given(DAYS, DAYS, st.integers(0, 6))
def test_is_the_border_of_soon_the_same_for_lists_and_cases(
    today: date, due: date, soon: int
) -> None:
    expected = today <= due and CALENDAR.working_days_between(today, due) <= soon
    assert (standing(due, None, today, CALENDAR, soon) == "due_soon") is expected
    assert (today <= due <= due_soon_until(today, CALENDAR, soon)) is expected
