"""Files that belong to nothing go, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs import remove_strays
from tests.conftest import NOON


@pytest.mark.usefixtures("session")
def test_what_a_crash_left_behind_goes_once(at: Any, gateways: Gateways) -> None:
    much_later = at(NOON + timedelta(days=36_500))  # the file system keeps its own clock
    remove_strays.run(much_later)  # the tests before undid their rows, not their files
    gateways.files.put(b"mo coi")
    assert remove_strays.run(much_later) == "1 stray files removed"
    assert remove_strays.run(much_later) == ""
