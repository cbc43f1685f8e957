"""The morning's reminders: nothing to say is said with nothing."""

from __future__ import annotations

from typing import Any

from citizenfeedback.jobs import remind_staff
from tests.conftest import NOON


def test_an_office_without_cases_reminds_nobody(at: Any) -> None:
    assert remind_staff.run(at(NOON)) == ""
