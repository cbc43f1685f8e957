"""The spans of days that reports cover; both ends are included.

The statutory windows run from the 15th to the 14th, never by calendar quarters (Thông tư
06/2025/TT-TTCP, article 7.1, the same in 01/2024), so a window is always a pair of days.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from citizenfeedback.domain.errors import RuleBroken

_DAY = timedelta(days=1)
_YEAR = 12
_CUT = 15


class LegalPeriod(StrEnum):
    """The periods of the statutory reports."""

    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


# Months that a window lasts, and the months (after 15 December before the year) it may begin.
_LENGTH = {
    LegalPeriod.QUARTER: 3,
    LegalPeriod.HALF: 6,
    LegalPeriod.NINE_MONTHS: 9,
    LegalPeriod.YEAR: 12,
}


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The days from `first` to `last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.last < self.first:
            raise RuleBroken("window_ends_before_it_begins", first=self.first, last=self.last)

    def __contains__(self, day: date | None) -> bool:
        """Whether a day is known and lies in the window."""
        return day is not None and self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days the window has."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int | None:
        """How many months the window lasts; None when it is no whole number of months."""
        after = self.last + _DAY
        if after.day != self.first.day:
            return None
        return (after.year - self.first.year) * _YEAR + after.month - self.first.month

    def whole_months(self) -> tuple[date, date]:
        """The first days of the first calendar month inside and of the first one after.

        Equal dates, or a later first one, mean that no whole calendar month lies inside.
        """
        start = self.first if self.first.day == 1 else _shifted(self.first.replace(day=1), 1)
        return start, (self.last + _DAY).replace(day=1)


def month_window(year: int, month: int) -> Window:
    """One calendar month."""
    return Window(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def last_month(today: date) -> Window:
    """The calendar month before this one."""
    before = today.replace(day=1) - _DAY
    return month_window(before.year, before.month)


def months_of(window: Window) -> tuple[Window, ...]:
    """The calendar months of a window, the first and the last cut to it."""
    parts = []
    start = window.first
    while start <= window.last:
        end = min(month_window(start.year, start.month).last, window.last)
        parts.append(Window(start, end))
        start = end + _DAY
    return tuple(parts)


def previous_window(window: Window) -> Window:
    """The window of the same length that ends the day before this one begins."""
    months = window.months
    if months is None:
        return Window(window.first - timedelta(days=window.days), window.first - _DAY)
    return Window(_shifted(window.first, -months), window.first - _DAY)


def year_before(window: Window) -> Window:
    """The same window a year earlier; 29 February becomes the 28th."""
    if window.months is None:
        return Window(_shifted(window.first, -_YEAR), _shifted(window.last, -_YEAR))
    return Window(_shifted(window.first, -_YEAR), _shifted(window.last + _DAY, -_YEAR) - _DAY)


def legal_window(period: LegalPeriod, year: int, number: int = 1) -> Window:
    """A statutory window of a year; `number` says which quarter (1 to 4)."""
    start = date(year - 1, _YEAR, _CUT)
    if period is LegalPeriod.QUARTER:
        start = _shifted(start, 3 * (number - 1))
    return Window(start, _shifted(start, _LENGTH[period]) - _DAY)


def last_legal_window(today: date, period: LegalPeriod = LegalPeriod.QUARTER) -> Window:
    """The newest statutory window of this period that is over."""
    numbers = range(1, 5) if period is LegalPeriod.QUARTER else (1,)
    windows = [
        legal_window(period, year, number)
        for year in (today.year - 1, today.year, today.year + 1)
        for number in numbers
    ]
    return max(window for window in windows if window.last < today)


def _shifted(day: date, months: int) -> date:
    """The same day of another month; the month's last day where it has no such day."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
