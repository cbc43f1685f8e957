"""Is a later difference of a closed window told apart from a row that was changed in secret?"""

from __future__ import annotations

from datetime import date

import pytest

from citizenfeedback.domain.closing import Touched, check_closable, explained, unexplained
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.indicators import INDICATORS, Measure, Over
from citizenfeedback.domain.windows import Window

MAY = Window(date(2026, 5, 1), date(2026, 5, 31))


def documents(count: int = 4) -> dict[str, dict[str, float | None]]:
    """Every figure, the counts as given."""
    made: dict[str, dict[str, float | None]] = {}
    for key, indicator in INDICATORS.items():
        made[key] = {"value": 4.5 if indicator.measure is Measure.MEAN else count}
        if indicator.measure is Measure.RATE:
            made[key] = {"value": 50.0, "numerator": count, "denominator": 2 * count}
    return made


def test_a_window_is_closed_after_its_last_day() -> None:
    """Is the last day itself too early?"""
    check_closable(MAY, date(2026, 6, 1))
    with pytest.raises(RuleBroken, match="window_not_over"):
        check_closable(MAY, date(2026, 5, 31))


def test_untouched_rows_must_give_the_frozen_figures_exactly() -> None:
    """Does every kind of number show a difference of one, and none where all is as it was?"""
    frozen = documents()
    assert unexplained(frozen, documents(), Touched()) == ()
    changed = set(unexplained(frozen, documents(5), Touched()))
    means = {key for key, one in INDICATORS.items() if one.measure is Measure.MEAN}
    assert changed == set(INDICATORS) - means


def test_corrections_explain_as_much_as_there_are_of_them() -> None:
    """Do two touched cases explain a difference of two, of cases only?"""
    frozen, touched = documents(), Touched(cases=2)
    over_cases = {key for key, one in INDICATORS.items() if one.over is Over.CASES}
    found = set(unexplained(frozen, documents(6), touched))
    assert not {key for key in found & over_cases if INDICATORS[key].measure is Measure.COUNT}
    assert "receptions.turns" in found
    assert "ratings.count" in found
    assert "cases.accepted" in unexplained(frozen, documents(7), touched)


def test_amounts_of_touched_rows_may_differ_by_any_sum() -> None:
    """May one corrected visit move the people by more than one, but not the visits?"""
    found = unexplained(documents(), documents(9), Touched(visits=1))
    assert "receptions.people" not in found
    assert "receptions.turns" in found


def test_a_mean_of_nothing_is_no_number() -> None:
    """Is a mean compared where there is one on both sides only?"""
    assert explained(None, None, 0)
    assert not explained(None, 4.5, 3)
    frozen = documents()
    frozen["ratings.mean"] = {"value": None}
    assert unexplained(frozen, documents(), Touched()) == ("ratings.mean",)
