"""The office's own choices come from its settings."""

from __future__ import annotations

from citizenfeedback.config import Settings, env_name
from citizenfeedback.domain.policy import Policy


def test_is_the_default_policy_the_default_of_the_settings() -> None:
    from dataclasses import fields

    values = {env_name(one): getattr(Settings(), one.name) for one in fields(Settings)}
    assert Policy.from_values(values) == Policy()


def test_are_the_values_of_an_office_taken() -> None:
    values = {
        "PETITION_DAYS": "15",
        "DENUNCIATION_ROLL": "each",
        "GROUP_THRESHOLD": 4,
        "RATINGS_MINIMUM": 9,
        "REMINDER_DAYS": "3",
        "AGE_DAYS": "20,30,40",
    }
    assert Policy.from_values(values) == Policy(15, "each", 4, 9, 3, (20, 30, 40))
