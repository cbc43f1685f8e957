"""Which sets of statistics forms there are."""

from __future__ import annotations

import pytest

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.law.form_sets import FORM_SETS, form_set
from citizenfeedback.domain.law.statistics import CURRENT


def test_a_set_is_found_by_its_circular_and_none_else() -> None:
    """Is the set in force first, and one of no circular refused?"""
    assert list(FORM_SETS) == ["06/2025", "01/2024", "02/2021"]
    assert form_set("06/2025") is CURRENT
    with pytest.raises(NotFound):
        form_set("03/2013")
