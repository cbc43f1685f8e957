"""The daily anchor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from citizenfeedback.jobs import anchor_chains
from tests.conftest import NOON


def test_there_is_one_anchor_a_day(at: Any) -> None:
    said = [anchor_chains.run(at(NOON + timedelta(hours=hours))) for hours in (0, 1, 24)]
    assert said == ["anchored", "", "anchored"]
