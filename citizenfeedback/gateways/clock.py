"""The only reader of the clock; every rule and service is handed the time it works with."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Where the province's days begin and end."""


def local_date(moment: datetime) -> date:
    """The day on which `moment` falls in the province."""
    return moment.astimezone(LOCAL_ZONE).date()


class Clock(Protocol):
    """Tells the time to the front rooms."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...

    def today(self) -> date:
        """The present day in the province."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The present day in the province."""
        return local_date(self.now())


@dataclass
class SetClock:
    """A clock that stands where it is put; for tests and for making the demonstration's year."""

    moment: datetime

    def now(self) -> datetime:
        """The moment the clock was put to."""
        return self.moment

    def today(self) -> date:
        """The day of that moment in the province."""
        return local_date(self.moment)


def monotonic() -> float:
    """Seconds that never run backwards, for measuring how long something took."""
    return time.monotonic()
