"""Screens: codes that are typed, clocks that are wrong, silence that is noticed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.devices import (
    ASKED_HERE,
    CODE_LENGTH,
    DeviceFacts,
    DeviceState,
    device_state,
    new_code,
    open_now,
    read_code,
    shown_code,
    tap_time,
)
from citizenfeedback.domain.intake import LIMITS, required_fields
from citizenfeedback.domain.vocabulary import CaseKind, Channel

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOMENTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 - the strategy adds the zone itself
    datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def test_is_a_code_read_however_it_is_typed() -> None:
    code = new_code(lambda count: bytes(range(24, 24 + count)))
    assert len(code) == CODE_LENGTH
    assert read_code(f" {shown_code(code).lower()} ") == code
    assert read_code("o-i l") == "011"


def test_is_a_tap_of_a_right_clock_left_as_it_is() -> None:
    found = tap_time(NOW - MINUTE, timedelta(), NOW - 2 * MINUTE, NOW)
    assert (found.at, found.doubtful) == (NOW - MINUTE, False)


def test_is_a_clock_that_is_off_put_right_and_marked() -> None:
    day = timedelta(days=1)
    found = tap_time(NOW - day - MINUTE, day, NOW - 2 * MINUTE, NOW)
    assert (found.at, found.doubtful) == (NOW - MINUTE, True)


@given(st.lists(MOMENTS, max_size=20), st.timedeltas(timedelta(-9999), timedelta(9999)))
def test_does_no_clock_put_taps_out_of_order(told: list[datetime], drift: timedelta) -> None:
    before = NOW - timedelta(days=30)
    for one in told:
        at = tap_time(
            datetime(2026, 1, 1, tzinfo=UTC) if one.year > 2090 else one, drift, before, NOW
        ).at
        assert before <= at <= NOW
        before = at


def state(seen: timedelta | None, *, is_open: bool = True, **more: datetime | None) -> DeviceState:
    values = {"code_expires_at": None, "enrolled_at": NOW - timedelta(days=9), "revoked_at": None}
    last = None if seen is None else NOW - seen
    return device_state(DeviceFacts(**(values | more), last_seen_at=last), NOW, is_open=is_open)


def test_is_silence_noticed_sooner_while_the_counter_is_open() -> None:
    assert state(MINUTE) is DeviceState.ALIVE
    assert state(20 * MINUTE) is DeviceState.SILENT
    assert state(20 * MINUTE, is_open=False) is DeviceState.ALIVE
    assert state(timedelta(days=5), is_open=False) is DeviceState.SILENT


def test_are_screens_that_never_were_or_no_longer_are_told_apart() -> None:
    later = NOW + MINUTE
    assert state(None, enrolled_at=None, code_expires_at=later) is DeviceState.WAITING
    assert state(None, enrolled_at=None, code_expires_at=NOW) is DeviceState.CODE_EXPIRED
    assert state(MINUTE, revoked_at=NOW) is DeviceState.REVOKED


def test_is_a_counter_without_hours_never_said_to_be_open() -> None:
    assert open_now(time(9), time(8), time(17), working_day=True)
    assert not open_now(time(9), time(8), time(17), working_day=False)
    assert not open_now(time(9), None, time(17), working_day=True)


def test_asks_a_screen_for_all_that_the_law_asks_and_never_takes_a_denunciation() -> None:
    assert set(ASKED_HERE) == set(CaseKind) - {CaseKind.DENUNCIATION}
    for kind, entries in ASKED_HERE.items():
        by_the_point = {"respondent"}
        assert set(required_fields(kind, Channel.KIOSK)) - by_the_point <= set(entries)
        assert set(entries) <= set(LIMITS)
