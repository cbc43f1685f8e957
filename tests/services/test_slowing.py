"""How long a key that keeps failing must wait, and when it is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.services.slowing import (
    FORGOTTEN_AFTER,
    Patience,
    forget_key,
    minutes_to_wait,
    note_failure,
)
from citizenfeedback.services.transaction import reading, transaction
from tests.conftest import NOON

pytestmark = pytest.mark.both_databases
LIMIT = Patience(tries=3, longest=timedelta(minutes=8))


def waits(times: int, *, after: timedelta = timedelta()) -> list[int]:
    """The minutes to wait after each failure."""
    found = []
    for _ in range(times):
        with transaction() as session:
            note_failure(session, {"key": LIMIT}, NOON + after)
        found.append(minutes_to_wait(reading(), ("key", "other"), NOON + after))
    return found


def test_is_each_wait_twice_the_last_up_to_the_longest(session: Session) -> None:
    assert waits(7) == [0, 0, 1, 2, 4, 8, 8]
    assert minutes_to_wait(reading(), ("other",), NOON) == 0
    assert minutes_to_wait(reading(), ("key",), NOON + timedelta(minutes=7, seconds=1)) == 1
    assert minutes_to_wait(reading(), ("key",), NOON + timedelta(minutes=8)) == 0


def test_does_a_key_begin_anew_when_it_got_it_right_or_a_day_went_by(session: Session) -> None:
    assert waits(3)[-1] == 1
    with transaction() as writing:
        forget_key(writing, "key")
    assert waits(3) == [0, 0, 1]
    assert waits(2, after=FORGOTTEN_AFTER + timedelta(hours=1)) == [0, 0]


def test_are_keys_that_must_wait_told_with_their_count(session: Session) -> None:
    with transaction() as writing:
        told = [note_failure(writing, {"a": LIMIT, "b": Patience(1, LIMIT.longest)}, NOON)]
        told.append(note_failure(writing, {"a": LIMIT}, NOON))
        told.append(note_failure(writing, {"a": LIMIT}, NOON))
    assert told == [{"b": 1}, {}, {"a": 3}]
