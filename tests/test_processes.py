"""Connections are spread over the processes, and nobody at the door waits for one that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from select import select
from typing import Any

import pytest
from waitress.wasyncore import close_all, poll

from citizenfeedback import processes
from citizenfeedback.processes import EvenShares


class Door:
    """A server as far as sharing goes: what it has open, and whether it would take one more."""

    def __init__(self, connections: int = 0, *, full: bool = False) -> None:
        self.active_channels: dict[int, object] = dict.fromkeys(range(connections))
        self.full = full

    def readable(self) -> bool:
        return not self.full


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still until a test moves it."""
    time = [0.0]
    monkeypatch.setattr(processes, "monotonic", lambda: time[0])
    return time


@pytest.fixture
def channels() -> Iterator[dict[int, Any]]:
    """What the loops wait for."""
    waited_for: dict[int, Any] = {}
    yield waited_for
    close_all(waited_for)


def asked(*doors: Door) -> list[bool]:
    return [door.readable() for door in doors]


def test_does_the_process_with_fewer_connections_take_the_next(channels: dict[int, Any]) -> None:
    shares, few, many = EvenShares(2), Door(1), Door(2)
    shares.keep(0, [few], channels)
    shares.keep(1, [many], channels)
    asked(few, many)  # now both counts are known
    assert asked(few, many) == [True, False]
    few.active_channels[7] = None
    assert asked(few, many) == [True, True]
    few.active_channels[8] = None
    assert asked(few, many) == [False, True]


def test_is_nobody_left_waiting_for_a_process_that_is_gone(
    clock: list[float], channels: dict[int, Any]
) -> None:
    shares, left = EvenShares(2), Door(5)  # the other one never came
    shares.keep(0, [left], channels)
    assert asked(left) == [False]
    clock[0] += processes.LET_GO_SECONDS * 2
    assert asked(left) == [True]
    assert asked(left) == [False]


def test_does_a_full_process_take_none(channels: dict[int, Any]) -> None:
    shares, full = EvenShares(1), Door(full=True)
    shares.keep(0, [full], channels)
    assert asked(full) == [False]


def test_do_all_sockets_of_a_process_count(channels: dict[int, Any]) -> None:
    shares, first, second, other = EvenShares(2), Door(1), Door(1), Door(1)
    shares.keep(0, [first, second], channels)
    shares.keep(1, [other], channels)
    asked(first, other)
    assert asked(first, second, other) == [False, False, True]


def test_is_one_that_sleeps_woken_when_its_turn_has_come(channels: dict[int, Any]) -> None:
    shares, first, second = EvenShares(2), Door(), Door()
    shares.keep(0, [first], channels)
    (bell,) = channels
    shares.keep(1, [second], channels)
    asked(first, second)
    assert select([bell], [], [], 0)[0] == []
    second.active_channels[7] = None
    asked(second)
    assert select([bell], [], [], 0)[0] == [bell], "the other's number changed"
    poll(0, channels)
    assert select([bell], [], [], 0)[0] == [], "heard once"
    for _ in range(50_000):
        second.active_channels.clear()
        asked(second)
        second.active_channels[7] = None
        asked(second)  # a bell that nobody hears is no reason to wait
