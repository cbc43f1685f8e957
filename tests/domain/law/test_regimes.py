"""Is there exactly one regime for every day, and the right one?"""

from datetime import date

import pytest

from citizenfeedback.domain.law.regimes import REGIMES, in_force, regime_on


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date.min, "R2019"),
        (date(2025, 6, 30), "R2019"),
        (date(2025, 7, 1), "R2025"),
        (date(2025, 9, 29), "R2025"),
        (date(2025, 9, 30), "R2025b"),
        (date(2026, 6, 30), "R2025b"),
        (date(2026, 7, 1), "R2026"),
        (date.max, "R2026"),
    ],
)
def test_which_regime_holds_on_a_day(day: date, key: str) -> None:
    regime = regime_on(day)
    assert regime.key == key
    assert regime.has_districts is (key == "R2019")
    assert sum(in_force(r.effective_from, r.effective_to, day) for r in REGIMES) == 1
