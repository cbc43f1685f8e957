"""What an office may choose within the law: values of its settings, read by rules and services."""

from collections.abc import Mapping
from dataclasses import dataclass

POLICY_SETTINGS = (
    "PETITION_DAYS",
    "DENUNCIATION_ROLL",
    "GROUP_THRESHOLD",
    "RATINGS_MINIMUM",
    "REMINDER_DAYS",
    "AGE_DAYS",
)
"""The names of the settings that make a policy."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The office's own choices.

    `petition_days` is the office's service standard for petitions and reflections, in working
    days; no article sets it. `denunciation_roll` says whether an extended term moves off a day on
    which nobody works once at its end or after each extension (`law.md` leaves it open).
    `reminder_days` are the working days in
    which a reminder from above is answered where the law names none; `age_days` the days after
    receipt on which an unprocessed submission is raised, a step higher each time.
    """

    petition_days: int = 10
    denunciation_roll: str = "once"
    group_threshold: int = 5
    ratings_minimum: int = 5
    reminder_days: int = 5
    age_days: tuple[int, int, int] = (30, 40, 45)

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> "Policy":
        """Read the policy from settings by their names in capitals (`app.config`)."""
        return cls(
            petition_days=int(str(values["PETITION_DAYS"])),
            denunciation_roll=str(values["DENUNCIATION_ROLL"]),
            group_threshold=int(str(values["GROUP_THRESHOLD"])),
            ratings_minimum=int(str(values["RATINGS_MINIMUM"])),
            reminder_days=int(str(values["REMINDER_DAYS"])),
            age_days=_three(values["AGE_DAYS"]),
        )


def _three(value: object) -> tuple[int, int, int]:
    """Three rising numbers of days."""
    if isinstance(value, tuple):
        first, second, third = value
    else:
        first, second, third = (int(part) for part in str(value).split(","))
    return first, second, third
