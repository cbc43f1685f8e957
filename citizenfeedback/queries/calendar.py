"""The working calendar of this installation, read once a change."""

from sqlalchemy import inspect, select

from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.models.base import db
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.models.prepared import Look

CALENDAR_VERSION = "calendar_version"
"""Name of the fact that gets a new random value with every change of the calendar."""

_FACTS = InstallationFact.__table__
# Made once: it runs on every page that counts a term.
_VERSION = Look(select(_FACTS.c.value).where(_FACTS.c.key == CALENDAR_VERSION))

_kept: dict[str, WorkCalendar] = {}


def work_calendar() -> WorkCalendar:
    """Return the calendar with all its rows; kept in memory until its version changes."""
    found = _VERSION.first(db.session.connection())
    return calendar_of(None if found is None else found.value)


def calendar_of(version: str | None) -> WorkCalendar:
    """Return the calendar that has this version now."""
    if version is not None and version in _kept:
        return _kept[version]
    calendar = WorkCalendar(calendar_days())
    if version is not None:
        forget()
        _kept[version] = calendar
    return calendar


def forget() -> None:
    """Keep no calendar in memory: the next one is read."""
    _kept.clear()


def office_calendar() -> WorkCalendar:
    """Return the calendar of the installation; the shipped one while there is no database yet."""
    if not inspect(db.engine).has_table(CalendarDay.__tablename__):
        return shipped_calendar()
    return work_calendar()


def calendar_days(year: int | None = None) -> tuple[Day, ...]:
    """Return the rows of the calendar, of one year or of all, by date."""
    rows = db.session.execute(
        select(
            CalendarDay.date,
            CalendarDay.kind,
            CalendarDay.name,
            CalendarDay.name_en,
            CalendarDay.basis,
            CalendarDay.decreed,
            CalendarDay.counts,
        ).order_by(CalendarDay.date)
    )
    return tuple(
        Day(row.date, row.kind, row.name, row.name_en, row.basis, row.decreed, row.counts)
        for row in rows
        if year is None or row.date.year == year
    )
