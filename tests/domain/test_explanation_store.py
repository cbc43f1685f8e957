"""What was promised can be read again exactly as it was given."""

from __future__ import annotations

from datetime import date

import pytest

from citizenfeedback.domain.deadlines import deadline, replay
from citizenfeedback.domain.explanation_store import keep, recall
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.law.terms import codes


@pytest.mark.parametrize("rule", ["KN-03", "KN-07", "TC-01", "TC-06", "KN-19", "TD-05"])
def test_is_an_explanation_the_same_after_it_was_kept(rule: str) -> None:
    calendar = shipped_calendar()
    given = deadline(rule, date(2026, 8, 28), calendar)
    again = recall(keep(given))
    assert again == given
    assert replay(again, calendar) == given.due


def test_do_suspensions_and_extensions_survive() -> None:
    calendar = shipped_calendar()
    given = deadline(
        "TC-06",
        date(2026, 7, 1),
        calendar,
        complex=True,
        extensions=1,
        suspensions=[(date(2026, 7, 11), date(2026, 8, 10))],
    )
    assert recall(keep(given)) == given
    assert "TC-06" in codes()
