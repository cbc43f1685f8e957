"""Is guessing slowed for whoever guesses, and for nobody else, even over a restart?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.services.opening import PLACE, open_with_code
from citizenfeedback.services.slowing import FORGOTTEN_AFTER, forget_failures
from tests.conftest import NOON
from tests.services.desk import Desk, open_desk

pytestmark = pytest.mark.both_databases
WRONG = ("ABCD-1234-EFGH-5678", "0000-0000-0000-0000", "x")


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def test_does_the_sixth_wrong_code_wait_and_only_on_that_device(desk: Desk, keys: Keys) -> None:
    code = desk.file().access_code
    minutes = [0.0]

    def tried(typed: str, device: str = "a") -> object:
        now = NOON + timedelta(minutes=minutes[0])
        try:
            return open_with_code(keys, typed, device=device, place="ward", now=now)
        except NotFound:
            return "wrong"
        except RuleBroken as refused:
            return refused.values["minutes"]

    case_id = tried(code)
    assert [tried(WRONG[number % 3]) for number in range(5)] == ["wrong"] * 5
    assert (tried(WRONG[0]), tried(code)) == (1, 1)
    assert tried(code, device="b") == case_id
    minutes[0] = 1.01
    assert tried(code) == case_id
    assert tried(WRONG[0]) == "wrong"
    assert tried(code) == 2
    minutes[0] = 40
    for _ in range(3):
        tried(WRONG[0])
        minutes[0] += 16
    assert tried(code) == case_id  # never longer than a quarter of an hour
    forget_failures(now=NOON + FORGOTTEN_AFTER + timedelta(hours=2))
    assert [tried(WRONG[0]) for _ in range(5)] == ["wrong"] * 5


def test_does_a_flood_from_one_place_slow_wrong_codes_and_no_right_one(
    desk: Desk, keys: Keys
) -> None:
    code = desk.file().access_code
    for number in range(PLACE.tries):
        with pytest.raises(NotFound):
            open_with_code(keys, WRONG[0], device=str(number), place="ward", now=NOON)
    with pytest.raises(RuleBroken, match="code_wait"):
        open_with_code(keys, WRONG[0], device="new", place="ward", now=NOON)
    assert open_with_code(keys, code, device="new", place="ward", now=NOON)
    with pytest.raises(NotFound):
        open_with_code(keys, WRONG[0], device="new", place="elsewhere", now=NOON)
