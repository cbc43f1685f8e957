"""What a job is: a name, how often, and a function that does one small piece and says what it did.

A job may run twice or late: it takes the time it works with from its context and must not mind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citizenfeedback.gateways import Gateways


@dataclass(frozen=True, kw_only=True)
class JobContext:
    """What a job works with: the time it is for, the gateways, and the settings as values."""

    now: datetime
    today: date
    gateways: Gateways
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Job:
    """One line of the schedule. `run` returns what it did in a few words, blank for nothing."""

    name: str
    every_seconds: int
    run: Callable[[JobContext], str]
