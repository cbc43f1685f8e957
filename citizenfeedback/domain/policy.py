"""What an office may choose within the law: values of its settings, read by rules and services."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """The office's own choices.

    `petition_days` is the office's service standard for petitions and reflections, in working
    days; no article sets it. `denunciation_roll` says whether an extended term moves off a day on
    which nobody works once at its end or after each extension (`law.md` leaves it open).
    """

    petition_days: int = 10
    denunciation_roll: str = "once"
    group_threshold: int = 5
    ratings_minimum: int = 5

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> "Policy":
        """Read the policy from settings by their names in capitals (`app.config`)."""
        return cls(
            petition_days=int(str(values["PETITION_DAYS"])),
            denunciation_roll=str(values["DENUNCIATION_ROLL"]),
            group_threshold=int(str(values["GROUP_THRESHOLD"])),
            ratings_minimum=int(str(values["RATINGS_MINIMUM"])),
        )
