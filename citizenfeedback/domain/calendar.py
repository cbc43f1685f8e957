"""The working calendar: which days an office works, and counting in them.

A working day is Monday to Friday unless the calendar says holiday or compensatory day off, plus
the make-up days it names (Bộ luật Lao động 2019, articles 111 and 112, and the yearly notices). A
date without an entry is an ordinary weekday or weekend day. No lunar date is computed here: the
rows come from an editable table.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import DayKind

_WEEK = 7
_WORKDAYS_A_WEEK = 5
_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from its weekday, and why.

    `decreed` is false while the notice of the year or the law behind the day is missing; `counts`
    is false for a day that is only talked about and must not move a term yet.
    """

    date: date
    kind: DayKind
    name: str
    name_en: str = ""
    basis: str = ""
    decreed: bool = True
    counts: bool = True


class DayOff(NamedTuple):
    """Why nobody works on a day: `weekend`, or the kind and name of the calendar entry."""

    why: str
    name: str = ""
    name_en: str = ""
    decreed: bool = True


WEEKEND = DayOff("weekend")


def _weekdays_up_to(ordinal: int) -> int:
    """How many Mondays to Fridays there are from 1 January of year 1 (a Monday) on."""
    weeks, rest = divmod(ordinal, _WEEK)
    return _WORKDAYS_A_WEEK * weeks + min(rest, _WORKDAYS_A_WEEK)


@dataclass(frozen=True)
class WorkCalendar:
    """The days of one office; made once from rows, then only asked.

    Of two rows for the same date the later one stands.
    """

    days: tuple[CalendarDay, ...] = ()
    _entries: dict[date, CalendarDay] = field(init=False, repr=False, compare=False)
    _changed: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _shift: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the rows and note, for each date that differs, how many working days it shifts."""
        entries = {day.date: day for day in self.days}
        changes = sorted(
            (day.date.toordinal(), 1 if day.kind == DayKind.MAKEUP_WORKDAY else -1)
            for day in entries.values()
            if day.counts
            and (day.kind == DayKind.MAKEUP_WORKDAY) is (day.date.weekday() >= _WORKDAYS_A_WEEK)
        )
        object.__setattr__(self, "days", tuple(sorted(entries.values(), key=lambda d: d.date)))
        object.__setattr__(self, "_entries", entries)
        object.__setattr__(self, "_changed", tuple(ordinal for ordinal, _ in changes))
        object.__setattr__(
            self, "_shift", (0, *accumulate(difference for _, difference in changes))
        )

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[date, str, str]]) -> "WorkCalendar":
        """The calendar of plain rows (date, kind, name)."""
        return cls(tuple(CalendarDay(on, DayKind(kind), name) for on, kind, name in rows))

    def with_days(self, days: Iterable[CalendarDay]) -> "WorkCalendar":
        """The same calendar with these days put in, each replacing what stood on its date."""
        return WorkCalendar((*self.days, *days))

    def entry(self, day: date) -> CalendarDay | None:
        """The row of a date, if it has one, counting or not."""
        return self._entries.get(day)

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""
        entry = self._entries.get(day)
        if entry is None or not entry.counts:
            return day.weekday() < _WORKDAYS_A_WEEK
        return entry.kind == DayKind.MAKEUP_WORKDAY

    def day_off(self, day: date) -> DayOff | None:
        """Why nobody works on this day; None on a working day."""
        if self.is_working(day):
            return None
        entry = self._entries.get(day)
        if entry is None or not entry.counts:
            return WEEKEND
        return DayOff(str(entry.kind), entry.name, entry.name_en, entry.decreed)

    def makeup(self, day: date) -> CalendarDay | None:
        """The row that makes a Saturday or Sunday a working day, if there is one."""
        if day.weekday() < _WORKDAYS_A_WEEK or not self.is_working(day):
            return None
        return self._entries[day]

    def _index(self, ordinal: int) -> int:
        """How many working days there are up to and including this day."""
        return _weekdays_up_to(ordinal) + self._shift[bisect_right(self._changed, ordinal)]

    def _at(self, index: int, near: int) -> date:
        """The working day with this number; `near` is a day before it, to search from."""
        low, reach = near, 16
        while (high := low + reach) < _LAST and self._index(high) < index:
            low, reach = high, reach * 2
        days = range(low, min(high, _LAST) + 1)
        place = bisect_left(days, index, key=self._index)
        if place == len(days):
            raise RuleBroken("date_out_of_range")
        return date.fromordinal(days[place])

    def working_days_between(self, after: date, until: date) -> int:
        """Working days after the first date, up to and including the second."""
        return self._index(until.toordinal()) - self._index(after.toordinal())

    def add_working(self, day: date, number: int) -> date:
        """The working day that is `number` working days after (before, if negative) this day.

        The day itself is not counted; zero gives the day back, working or not.
        """
        if number == 0:
            return day
        ordinal = day.toordinal()
        if number > 0:
            return self._at(self._index(ordinal) + number, ordinal)
        index = self._index(ordinal - 1) + number + 1
        if index < 1:
            raise RuleBroken("date_out_of_range")
        low, reach = ordinal, 16
        while self._index(low) >= index:
            low, reach = max(low - reach, 0), reach * 2
        return self._at(index, low)

    def roll_forward(self, day: date) -> date:
        """The day itself if the office works, else the next day on which it does."""
        return day if self.is_working(day) else self.add_working(day, 1)

    def roll_backward(self, day: date) -> date:
        """The day itself if the office works, else the last day before on which it did."""
        return day if self.is_working(day) else self.add_working(day, -1)
