"""Screens in offices: the code that enrols one, its clock, its silence, what it may deliver.

A screen keeps each tap with its own time and number and delivers when it can. Its clock may be
wrong, so the time of a tap is what the screen says, moved by how far its clock is off when it
delivers, and never before the tap that came before it, never after the delivery.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from citizenfeedback.domain.numbers import ALPHABET
from citizenfeedback.domain.vocabulary import CaseKind

CODE_LENGTH = 10
CODE_LASTS = timedelta(hours=24)
"""How long the code that enrols a screen may be used, once."""

LANGUAGES = ("vi", "en")
MOST_ENTRIES = 100
"""How many entries of its queue a screen delivers at a time."""

HIGHEST_NUMBER = 2**31 - 1
DRIFT_TOLERATED = timedelta(minutes=2)
"""A clock off by more than this is shown as wrong, and a tap moved by more is marked."""

SILENT_WHEN_OPEN = timedelta(minutes=15)
SILENT_EVER = timedelta(days=4)
"""Longer than a weekend with a holiday: a screen that is off at night is not silent."""


ASKED_HERE: Mapping[CaseKind, tuple[str, ...]] = MappingProxyType(
    {
        CaseKind.REFLECTION: ("words", "name", "phone"),
        CaseKind.PETITION: ("words", "name", "address", "phone"),
        CaseKind.COMPLAINT: ("words", "name", "address", "id_no", "phone"),
    }
)
"""What may be sent from a screen, and what is asked for, one entry at a time.

The office is known by the point. A denunciation is not here: whoever stands behind would see it.
"""


class DeviceState(StrEnum):
    """How a screen stands, for whoever looks after it."""

    WAITING = "waiting"
    CODE_EXPIRED = "code_expired"
    ALIVE = "alive"
    SILENT = "silent"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """What the state of a screen depends on."""

    code_expires_at: datetime | None
    enrolled_at: datetime | None
    revoked_at: datetime | None
    last_seen_at: datetime | None


def new_code(random: Callable[[int], bytes]) -> str:
    """A code to enrol a screen with, from a source of random bytes; 32 letters, no bias."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random(CODE_LENGTH))


def read_code(text: str) -> str:
    """The code as it was made, however it was typed."""
    plain = "".join(letter for letter in text.upper() if letter.isalnum())
    return plain.replace("O", "0").replace("I", "1").replace("L", "1")


def shown_code(code: str) -> str:
    """The code in groups, for reading aloud and typing."""
    return f"{code[:5]}-{code[5:]}"


def device_state(facts: DeviceFacts, now: datetime, *, is_open: bool) -> DeviceState:
    """How a screen stands; silence counts sooner while its counter is open."""
    if facts.revoked_at is not None:
        return DeviceState.REVOKED
    if facts.enrolled_at is None:
        expired = facts.code_expires_at is None or facts.code_expires_at <= now
        return DeviceState.CODE_EXPIRED if expired else DeviceState.WAITING
    quiet = now - (facts.last_seen_at or facts.enrolled_at)
    if quiet > (SILENT_WHEN_OPEN if is_open else SILENT_EVER):
        return DeviceState.SILENT
    return DeviceState.ALIVE


def open_now(at: time, opens: time | None, closes: time | None, *, working_day: bool) -> bool:
    """Whether a counter should be in service; one without hours is never said to be."""
    return working_day and opens is not None and closes is not None and opens <= at <= closes


@dataclass(frozen=True, slots=True)
class TapTime:
    """When a tap happened, and whether that had to be put right by more than is tolerated."""

    at: datetime
    doubtful: bool


def tap_time(told: datetime, drift: timedelta, not_before: datetime, received: datetime) -> TapTime:
    """When a tap happened by the clock of the office.

    `drift` is what must be added to the screen's clock; `not_before` is the tap before it (or the
    enrolment). A clock set to another year neither loses a tap nor puts it out of order: its time
    is then the nearest one possible.
    """
    moved = told + drift
    at = min(max(moved, not_before), received)
    return TapTime(at, abs(at - told) > DRIFT_TOLERATED)
