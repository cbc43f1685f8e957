"""Which sets of statistics forms there are."""

from __future__ import annotations

from datetime import date

import pytest

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.law.form_sets import FORM_SETS, form_set, replaced_by
from citizenfeedback.domain.law.statistics import CURRENT


def test_a_set_is_found_by_its_circular_and_none_else() -> None:
    """Is the set in force first, and one of no circular refused?"""
    assert list(FORM_SETS) == ["06/2025", "01/2024", "02/2021"]
    assert form_set("06/2025") is CURRENT
    with pytest.raises(NotFound):
        form_set("03/2013")


@pytest.mark.parametrize(
    ("code", "last", "newer"),
    [
        ("01/2024", date(2025, 9, 29), None),
        ("01/2024", date(2025, 9, 30), "06/2025"),
        ("02/2021", date(2025, 9, 29), None),
        ("02/2021", date(2026, 1, 1), "06/2025"),
        ("06/2025", date(2026, 1, 1), None),
        ("06/2025", date(2019, 12, 31), None),
    ],
)
def test_a_set_is_replaced_from_the_day_on_which_a_newer_one_is_in_force(
    code: str, last: date, newer: str | None
) -> None:
    """Is it known which set a window asks for in vain (law.md 3.3)?"""
    found = replaced_by(form_set(code), last)
    assert (found and found.code) == newer
