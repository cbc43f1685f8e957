"""Until when the citizen may say how the result was, and say otherwise."""

from __future__ import annotations

from datetime import date

from citizenfeedback.domain.verdicts import GivenVerdict, may_say
from citizenfeedback.domain.vocabulary import Verdict

SENT = date(2026, 8, 5)
SAID = GivenVerdict(Verdict.PARTLY, date(2026, 8, 10))


def test_may_it_be_said_otherwise_only_for_a_while() -> None:
    assert may_say(None, SENT, date(2027, 8, 5), 30)
    assert SAID.last_change(30) == date(2026, 9, 9)
    assert may_say(SAID, SENT, date(2026, 9, 9), 30)
    assert not may_say(SAID, SENT, date(2026, 9, 10), 30)


def test_is_it_asked_anew_of_a_new_answer() -> None:
    again = date(2026, 10, 1)
    assert not SAID.holds_for(again)
    assert may_say(SAID, again, date(2026, 12, 1), 30)
