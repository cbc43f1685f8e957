"""Does the ledger of a clock come to the right date, and refuse what cannot happen?"""

from collections.abc import Iterable
from datetime import date

import pytest

from citizenfeedback.domain.clocks import Clock, ClockEntry, read_clock
from citizenfeedback.domain.deadlines import Allowance, Roll, allowance_of, deadline, replay
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.law.terms import DayUnit, term
from citizenfeedback.domain.vocabulary import ClockEffect

CALENDAR = shipped_calendar()
ROW = term("TC-06", date(2026, 4, 2))


def _start(on: date) -> ClockEntry:
    return ClockEntry(ClockEffect.START, on, ROW.code, ROW.provisions, allowance_of(ROW))


def _on(effect: str, day: date, days: int = 0) -> ClockEntry:
    return ClockEntry(ClockEffect(effect), day, days=days)


def _read(entries: Iterable[ClockEntry], roll: Roll = Roll.ONCE) -> Clock:
    clock = read_clock(entries, CALENDAR, roll=roll)
    assert clock is not None
    return clock


def test_is_there_nothing_before_a_start() -> None:
    assert read_clock([], CALENDAR) is None


def test_does_a_running_clock_give_the_date_of_the_rule() -> None:
    clock = _read([_start(date(2026, 4, 2))])
    assert clock.due == deadline("TC-06", date(2026, 4, 2), CALENDAR).due
    assert (clock.started_on, clock.suspended_on, clock.stopped_on) == (
        date(2026, 4, 2),
        None,
        None,
    )


def test_has_a_suspended_clock_no_date_until_it_goes_on() -> None:
    entries = [_start(date(2026, 7, 1)), _on("suspend", date(2026, 7, 11))]
    clock = _read(entries)
    assert clock.due is None
    assert clock.suspended_on == date(2026, 7, 11)
    resumed = _read([*entries, _on("resume", date(2026, 8, 10))])
    assert resumed.due == date(2026, 9, 3)
    assert resumed.explanation is not None
    assert replay(resumed.explanation, CALENDAR) == resumed.due


def test_do_extensions_lengthen_and_does_a_stop_keep_the_date() -> None:
    entries = [
        _start(date(2026, 4, 2)),
        _on("extend", date(2026, 4, 20), days=30),
        _on("stop", date(2026, 5, 25)),
    ]
    clock = _read(entries)
    assert (clock.due, clock.stopped_on) == (date(2026, 6, 1), date(2026, 5, 25))
    assert _read(entries, Roll.EACH).due == date(2026, 6, 3)


def test_does_a_new_start_after_a_stop_count_afresh() -> None:
    entries = [
        _start(date(2026, 4, 2)),
        _on("extend", date(2026, 4, 20), days=30),
        _on("stop", date(2026, 4, 25)),
        _start(date(2026, 8, 3)),
    ]
    clock = _read(entries)
    assert (clock.due, clock.stopped_on) == (date(2026, 9, 3), None)


@pytest.mark.parametrize(
    ("effects", "code"),
    [
        (["suspend"], "clock_not_started"),
        (["start", "start"], "clock_running"),
        (["start", "resume"], "clock_running"),
        (["start", "suspend", "suspend"], "clock_suspended"),
        (["start", "stop", "resume"], "clock_stopped"),
        (["start", "stop", "extend"], "clock_stopped"),
    ],
)
def test_is_an_impossible_entry_refused(effects: list[str], code: str) -> None:
    days = (date(2026, 4, 2 + n) for n in range(9))
    entries = [
        _start(day) if effect == "start" else _on(effect, day)
        for effect, day in zip(effects, days, strict=False)
    ]
    with pytest.raises(RuleBroken) as refusal:
        _read(entries)
    assert refusal.value.code == code


def test_are_entries_out_of_order_or_without_a_term_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_clock([_start(date(2026, 4, 2)), _on("stop", date(2026, 4, 1))], CALENDAR)
    assert refusal.value.code == "clock_out_of_order"
    with pytest.raises(RuleBroken) as refusal:
        read_clock([ClockEntry(ClockEffect.START, date(2026, 4, 2), "PA-02")], CALENDAR)
    assert refusal.value.code == "no_term"


def test_is_a_standard_of_the_office_a_clock_like_any_other() -> None:
    entry = ClockEntry(
        ClockEffect.START,
        date(2026, 11, 20),
        "office_standard",
        allowance=Allowance(10, DayUnit.WORKING),
    )
    assert _read([entry]).due == date(2026, 12, 4)
