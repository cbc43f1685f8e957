"""Does the ledger of a clock come to the right date, and refuse what cannot happen?"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from citizenfeedback.documents.deadline_text import explain as explain_in_words
from citizenfeedback.domain.calendar import CalendarDay, WorkCalendar
from citizenfeedback.domain.clocks import (
    Clock,
    ClockEntry,
    extending,
    read_clock,
    recounting,
    starting,
    stored_entry,
)
from citizenfeedback.domain.deadlines import (
    OFFICE_STANDARD,
    Allowance,
    Explanation,
    Roll,
    allowance_of,
    deadline,
    replay,
)
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanation_store import keep, recall
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.law.terms import DayUnit, term
from citizenfeedback.domain.vocabulary import ClockEffect, Complexity, DayKind

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


# Ten thousand histories, against an oracle that goes day by day and knows nothing of the code.


ACTS_OF_A_LIFE = (
    *("extend", "transfer", "suspend", "resume", "change of rule", "calendar change"),
    *("withdraw", "reopen", "reclassify", "correct"),
)


def _calendar(chance: random.Random, start: date) -> WorkCalendar:
    """The shipped or an empty calendar, with up to a dozen days decreed otherwise."""
    days = [
        CalendarDay(start + timedelta(days=chance.randrange(200)), kind, f"ngày {number}")
        for number, kind in enumerate(chance.choices(list(DayKind), k=chance.randrange(12)))
    ]
    return chance.choice([CALENDAR, WorkCalendar()]).with_days(days)


@dataclass
class _Life:
    """A random life of a clock, as its ledger, and how often each act was met in it."""

    chance: random.Random
    met: Counter[str]
    entries: list[ClockEntry]

    def begin(self, start: date) -> None:
        """Start a run on its day zero, under a random term."""
        term = Allowance(self.chance.randrange(1, 61), self.chance.choice(list(DayUnit)))
        self.entries.append(ClockEntry(ClockEffect.START, start, "x", allowance=term))

    def work(self, on: date) -> date:
        """Up to five acts in a row; the day of the last one. No suspension is left open."""
        suspended = False
        for _ in range(self.chance.randrange(6)):
            on += timedelta(days=self.chance.randrange(30))
            act = self.chance.choice(("extend", "transfer", "change of rule", "pause", "pause"))
            if act == "pause":
                act, suspended = ("resume", False) if suspended else ("suspend", True)
            elif self.chance.random() < 0.2:
                act = "calendar change"
            self._note(act, on)
        if suspended:
            self._note(self.chance.choice(("resume", "withdraw")), on)
        return on

    def end_and_begin_again(self, on: date) -> date:
        """A stop, and what comes after it: reopened, of another kind, or an end taken back."""
        if self.entries[-1].effect is not ClockEffect.STOP:
            self._note("withdraw", on)
        run = self.entries[max(n for n, one in enumerate(self.entries) if one.effect == "start") :]
        again = self.chance.choice(("reopen", "reclassify", "correct"))
        self.met[again] += 1
        later = on + timedelta(days=self.chance.randrange(20))
        # A reopening counts afresh; another kind from receipt; a correction with its pauses.
        self.begin(later if again == "reopen" else run[0].on)
        if again == "correct":
            self.entries += _kept_pauses(run)
        return later

    def _note(self, act: str, on: date) -> None:
        self.met[act] += 1
        days = self.chance.choice([7, 30]) if act == "extend" else 0
        effect = {
            "change of rule": ClockEffect.RECOUNT,
            "calendar change": ClockEffect.RECOUNT,
            "withdraw": ClockEffect.STOP,
        }.get(act) or ClockEffect(act)
        entry = ClockEntry(effect, on, days=days)
        if act == "change of rule":
            term = Allowance(self.chance.randrange(1, 61), self.chance.choice(list(DayUnit)))
            entry = ClockEntry(effect, on, "y", allowance=term)
        self.entries.append(entry)


def _kept_pauses(run: list[ClockEntry]) -> list[ClockEntry]:
    """The suspensions of a run, each with the day on which it ended."""
    kept = [one for one in run if one.effect in ("suspend", "resume", "stop")]
    ended = [one for one in kept if one.effect != "stop" or kept.index(one) % 2]
    return [
        ClockEntry(ClockEffect.RESUME, one.on) if one.effect == "stop" else one for one in ended
    ]


def _history(chance: random.Random, met: Counter[str]) -> list[ClockEntry]:
    """A random life of a clock, with up to two ends that were not the last word."""
    start = date(2026, 1, 1) + timedelta(days=chance.randrange(500))
    life = _Life(chance, met, [])
    life.begin(start)
    on = start
    if chance.random() < 0.3:
        for _ in range(chance.randrange(1, 3)):
            on = life.end_and_begin_again(life.work(on))
    life.work(on)
    return life.entries


def _oracle(entries: list[ClockEntry], calendar: WorkCalendar) -> date:
    """The due date by the words of the law: day zero, then one day after the other."""
    newest = max(number for number, entry in enumerate(entries) if entry.effect == "start")
    entries = entries[newest:]
    start = entries[0].on
    unit, days = "", 0
    lost: set[date] = set()
    since: date | None = None
    listed = {day.date: day.kind for day in calendar.days if day.counts}
    for entry in entries:
        if entry.allowance is not None:
            extended = sum(one.days for one in entries if one.effect == "extend")
            unit, days = str(entry.allowance.unit), entry.allowance.days + extended
        if entry.effect == "suspend":
            since = entry.on
        if entry.effect in ("resume", "stop") and since is not None:
            lost |= {since + timedelta(days=n) for n in range((entry.on - since).days)}
            since = None

    def at_work(day: date) -> bool:
        if day in listed:
            return listed[day] == "makeup_workday"
        return day.isoweekday() < 6

    day, left = start, days
    while left:
        day += timedelta(days=1)
        if day not in lost and (unit == "calendar" or at_work(day)):
            left -= 1
    while day in lost or not at_work(day):
        day += timedelta(days=1)
    return day


def test_do_the_printed_steps_of_ten_thousand_histories_give_the_date() -> None:
    """Each on two calendars: the one before and the one after the calendar was changed."""
    chance, met = random.Random(20261123), Counter[str]()
    for number in range(10_000):
        entries = _history(chance, met)
        calendars = [_calendar(chance, entries[0].on)]
        if number % 4 == 0:
            calendars.append(_calendar(chance, entries[0].on))
        for calendar in calendars:
            clock = read_clock(entries, calendar)
            assert clock is not None
            explanation = clock.explanation
            assert explanation is not None, entries
            expected = _oracle(entries, calendar)
            assert explanation.due == expected, (number, entries)
            assert replay(explanation, calendar) == expected, (number, entries)
        if number % 50 == 0:
            kept = recall(keep(explanation))
            assert kept == explanation
            assert all(text for _, text in told(kept))
    assert min(met[act] for act in ACTS_OF_A_LIFE) > 500, met


def told(explanation: Explanation) -> list[tuple[date, str]]:
    """The steps as they are printed; "x" and "y" stand for no rule of the law."""
    return explain_in_words(replace(explanation, rule="KN-04"))


def test_is_a_change_of_rule_counted_from_the_same_day_zero() -> None:
    entries = [starting("KN-04", date(2026, 7, 1)), _on("transfer", date(2026, 7, 9))]
    entries.append(recounting("KN-05", date(2026, 7, 20), start=date(2026, 7, 1)))
    clock = _read(entries)
    assert clock.explanation is not None
    assert (clock.explanation.rule, clock.explanation.start) == ("KN-05", date(2026, 7, 1))
    assert clock.due == deadline("KN-05", date(2026, 7, 1), CALENDAR).due


def test_does_a_stored_entry_read_as_it_was_made() -> None:
    on = date(2026, 7, 1)
    made = (
        starting("KN-03", on),
        starting(OFFICE_STANDARD, on, days=10),
        extending(Complexity.SPECIAL, on),
        extending(Complexity.NORMAL, on),
        recounting("KN-07", on, start=on, days=50),
        ClockEntry(ClockEffect.STOP, on),
    )
    for entry in made:
        assert stored_entry(entry.effect, on, entry.rule, entry.days_given, start=on) == entry


def test_does_a_stop_end_a_suspension_but_not_before_it() -> None:
    entries = [_start(date(2026, 7, 1)), _on("suspend", date(2026, 7, 11))]
    stopped = _read([*entries, _on("stop", date(2026, 8, 10))])
    assert stopped.due == date(2026, 9, 3)
    with pytest.raises(RuleBroken) as refusal:
        _read([*entries, _on("resume", date(2026, 7, 10))])
    assert refusal.value.code == "clock_out_of_order"
