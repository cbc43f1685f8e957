"""Is only the right answer taken, for one draft, in time, and is it cheap to check?"""

import hashlib
from datetime import timedelta

import pytest

from citizenfeedback.domain.effort import LASTS, Task, done, hashed, task
from tests.conftest import NOON

MOST = 40


def keyed(purpose: str, text: str) -> str:
    return hashlib.sha256(f"{purpose}|{text}".encode()).hexdigest()


def solved(asked: Task) -> int:
    """What the device does: try one number after the other."""
    return next(one for one in range(asked.most) if hashed(asked.salt, one) == asked.target)


@pytest.mark.parametrize("draft", ["a", "b", "c"])
def test_is_the_one_answer_taken_and_no_other(draft: str) -> None:
    asked = task(keyed, draft, MOST, now=NOON)
    right = solved(asked)
    taken = [
        number
        for number in range(MOST)
        if done(keyed, draft, f"{asked.until}:{number}", MOST, now=NOON)
    ]
    assert taken == [right]


def test_does_an_answer_hold_for_its_draft_and_its_time_alone() -> None:
    asked = task(keyed, "a", 10**9, now=NOON)  # no luck with so many numbers
    number = int(keyed("effort", f"a:{asked.until}:{10**9}")[:16], 16) % 10**9
    answer = f"{asked.until}:{number}"
    assert done(keyed, "a", answer, 10**9, now=NOON + LASTS)
    assert not done(keyed, "a", answer, 10**9, now=NOON + LASTS + timedelta(seconds=1))
    assert not done(keyed, "b", answer, 10**9, now=NOON)
    assert not done(keyed, "a", answer, 10**8, now=NOON)
    assert not done(keyed, "a", f"{asked.until + 1}:{number}", 10**9, now=NOON)
    assert not done(keyed, "a", f"{asked.until}:{number}", 10**9, now=NOON - timedelta(hours=1))


@pytest.mark.parametrize("odd", ["", ":", "1", "x:y", "-1:2", "9" * 400 + ":1", "1:" + "9" * 400])
def test_is_something_else_no_answer(odd: str) -> None:
    assert not done(keyed, "a", odd, MOST, now=NOON)
